import { settingsFile } from '../config/settings-path.ts';
import type { DescribedTable } from '../config/settings-tables.ts';
import type { Finding } from '../finding.ts';
import { built } from '../static/catalog/built.ts';
import type { Catalog } from '../static/catalog/catalog.ts';
import { resolved } from '../static/catalog/model.ts';
import type { Family } from '../static/catalog/columns.ts';
import type { Folded } from '../static/fold.ts';
import type { Project } from '../static/project/project.ts';
import { judgeDescribed } from './judge.ts';
import { describedRules } from '../static/judge/described-names.ts';
import { wantedTable, type Wanted } from './wanted.ts';

/** Holds the tables that the migrations make against their descriptions. What cannot be known is called so. */
export function judgeFolded(
  tables: readonly DescribedTable[],
  { defaultGroup, groups }: Project,
  folded: Folded,
  family: Family,
): readonly Finding[] {
  if (folded.unjudged.has(defaultGroup)) return [];
  const prefix = groups.get(defaultGroup)?.prefix ?? '';
  const catalog = folded.catalogs.get(defaultGroup);
  return tables.flatMap((described) => {
    const wanted = wantedTable(described, prefix, family);
    if ('table' in wanted) return judgeOne(wanted, folded, catalog);
    // Which server it will be is not known; a live one tells.
    const known = wantedTable(described, prefix, 'MariaDB');
    return 'table' in known
      ? [unresolved(described.line, `${wanted.message}: set the input db-version`)]
      : [misdescribed(known)];
  });
}

/** The description itself is wrong. */
export function misdescribed({ line, message }: { line: number; message: string }): Finding {
  const at = { file: settingsFile, line };
  return { name: 'settings-file', severity: 'error', message: `${message}.`, at };
}

function judgeOne(
  wanted: Wanted,
  { stoppedAt }: Folded,
  catalog: Catalog | undefined,
): readonly Finding[] {
  const { name } = wanted.table;
  const entry = catalog?.tables.get(name);
  const table = entry === undefined ? undefined : resolved(entry);
  if (table !== undefined && !('why' in table)) return judgeDescribed(wanted, built(table));
  const stopped = stoppedAt === null ? undefined : 'a migration stops before';
  const why = table?.why ?? stopped ?? outOfSight(catalog);
  if (why === undefined) return judgeDescribed(wanted, 'absent');
  const message = `What ${name} is like, only running the migrations tells: ${why}`;
  return [unresolved(wanted.described.line, message)];
}

/** What may make tables that nobody sees. */
function outOfSight(catalog: Catalog | undefined): string | undefined {
  return catalog === undefined ? undefined : [...catalog.unnamed, ...catalog.unseen][0]?.why;
}

function unresolved(line: number, message: string): Finding {
  const name = 'described-table-unresolved';
  const at = { file: settingsFile, line };
  return { name, severity: describedRules[name], message: `${message}.`, at };
}
