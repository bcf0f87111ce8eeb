import { counted } from '../../count.ts';
import { remedies, type Finding } from '../../finding.ts';
import { inDatabase, inClone } from '../../remedy.ts';
import { compareColumns, type ColumnComparison } from '../../schema/column-comparison.ts';
import { expected, type Expectation } from '../../schema/expected.ts';
import { creation, creationName } from '../../schema/creation.ts';
import { commitFile } from '../../schema/migration.ts';
import { judgeTable, type Named } from '../../schema/judge.ts';
import type { Match } from '../../schema/rule.ts';
import { built } from '../catalog/built.ts';
import type { Catalog } from '../catalog/catalog.ts';
import {
  columnOf,
  resolved,
  indexOf,
  type Doubt,
  type ModelTable,
  type Place,
} from '../catalog/model.ts';
import type { Folded } from '../fold.ts';
import type { Project } from '../project/project.ts';
import type { WrittenSession } from '../project/session.ts';
import { readStatement } from '../sql/statement.ts';
import { isChanged, type Changes } from './changes.ts';
import { asCorrections } from './correction.ts';
import { costComment } from './lock-cost-words.ts';
import type { ServerVersion } from './lock-cost.ts';
import { found } from './names.ts';
import { nearMiss } from './near-miss.ts';

/** What is to be known of the table besides the migrations. */
export interface Wish {
  readonly match: Match;
  readonly server: ServerVersion | null;
}

/** What came of the session table. */
export interface TableVerdict {
  readonly findings: readonly Finding[];
  readonly columns: readonly ColumnComparison[];
}

/** Holds the session table that the migrations make against what the application's own settings need. */
export function judgeSessionTable(
  project: Project,
  session: WrittenSession,
  folded: Folded,
  { match, server }: Wish,
  changes: Changes | null,
): TableVerdict {
  const expectation = expected(session.configuration);
  const group = session.group ?? project.defaultGroup;
  const catalog = folded.catalogs.get(group);
  const entry = catalog?.tables.get(expectation.table);
  if (entry === undefined) {
    return {
      findings: absent(session, expectation, folded, catalog, project.leftOut),
      columns: [],
    };
  }
  const table = resolved(entry);
  if ('why' in table) return { findings: [unresolved(expectation, table)], columns: [] };
  const findings = judgeTable(expectation, built(table), match, (verdict) =>
    placeIn(table, verdict),
  );
  const costed = server === null ? findings : findings.map((one) => withCost(one, table, server));
  const isNew = changes?.files.get(table.place.file) === 'added';
  const reported = isNew ? asCorrections(costed, expectation, prefixOf(session)) : costed;
  return {
    findings: [...reported, ...conditional(catalog, expectation, changes)],
    columns: compareColumns(expectation, built(table), match),
  };
}

/** The line a verdict is about: its column, the primary key, else where the table is created. */
function placeIn(table: ModelTable, { name, column }: Named): Place {
  const own = column === undefined ? undefined : columnOf(table, column);
  const key = name === 'primary-key' ? indexOf(table, 'PRIMARY') : undefined;
  const { file, line } = own?.place ?? key?.place ?? table.place;
  return { file, line };
}

function withCost(finding: Finding, table: ModelTable, server: ServerVersion): Finding {
  const [first, ...alternatives] = finding.remedies ?? [];
  const [sql, ...others] = first?.[0]?.lines ?? [];
  if (sql?.startsWith('ALTER TABLE') !== true) return finding;
  const change = readStatement(sql);
  if (change.kind !== 'alter table') return finding;
  const cost = costComment(table, change.alterations, server);
  return { ...finding, remedies: remedies(inDatabase('', cost, sql, ...others), ...alternatives) };
}

function unresolved({ table }: Expectation, { place, why }: Doubt): Finding {
  return found(
    'session-table-unresolved',
    place,
    `What ${table} is like from here on, only running the migrations tells: ${why}. So the check has no verdict on it, neither right nor wrong.`,
    'Write names, types and lengths as plain values, or run the migrations against a throw-away database in the same job.',
  );
}

function absent(
  session: WrittenSession,
  expectation: Expectation,
  folded: Folded,
  catalog: Catalog | undefined,
  leftOut: Project['leftOut'],
): readonly Finding[] {
  const elsewhere = inOtherCatalog(expectation.table, catalog, folded.catalogs);
  if (elsewhere !== null) return [elsewhere];
  const doubt = whyPerhapsThere(folded, catalog) ?? inFurtherNamespaces(leftOut, session.place);
  return doubt === null
    ? [notCreated(session, expectation, catalog)]
    : [unresolved(expectation, doubt)];
}

function prefixOf({ configuration: { forgeTable, savePath } }: WrittenSession): string {
  return (forgeTable ?? '').slice(0, -savePath.length);
}

function notCreated(
  session: WrittenSession,
  expectation: Expectation,
  catalog: Catalog | undefined,
): Finding {
  const near = nearMiss(session, expectation.table, catalog);
  const message = `Sessions are kept in the table ${expectation.table}, and no migration creates it: every request that uses the session will fail with HTTP 500.`;
  if (near !== null) {
    return found('session-table-not-created', near.place, `${message} ${near.words}`);
  }
  return found(
    'session-table-not-created',
    session.place,
    message,
    inClone(
      'Let CodeIgniter write it',
      'php spark make:migration --session',
      'git add app/Database/Migrations',
      "git commit -m 'Create the session table' && git push",
    ),
    commitFile(creationName, creation(expectation, prefixOf(session))),
  );
}

/** What may create the table out of sight; null when nothing does. */
function whyPerhapsThere(
  { stoppedAt }: Folded,
  catalog: Catalog | undefined,
): { readonly place: Place; readonly why: string } | null {
  if (stoppedAt !== null) {
    const why = 'this migration stops, and those after it never run';
    return { place: stoppedAt, why };
  }
  const [unnamed] = catalog?.unnamed ?? [];
  if (unnamed !== undefined) {
    const why = `a table is created whose name is not known (${unnamed.why})`;
    return { place: unnamed.place, why };
  }
  const [unseen] = catalog?.unseen ?? [];
  if (unseen === undefined) return null;
  return { place: unseen.place, why: `no migration creates it itself, but ${unseen.why} may` };
}

/** Migrations that are not read may create it, and a deploy with namespaces: all runs them. */
function inFurtherNamespaces(
  { migrations, namespaces }: Project['leftOut'],
  place: Place,
): { readonly place: Place; readonly why: string } | null {
  if (migrations === 0) return null;
  const why = `${counted(migrations, 'migration')} of ${counted(namespaces, 'further namespace')} ${migrations === 1 ? 'is' : 'are'} not read (input namespaces: all reads them)`;
  return { place, why };
}

function inOtherCatalog(
  table: string,
  own: Catalog | undefined,
  catalogs: Folded['catalogs'],
): Finding | null {
  for (const [group, other] of catalogs) {
    const entry = other.tables.get(table);
    // Each catalog learns of everything out of sight, also of tables it never had.
    if (other === own || entry?.kind !== 'table') continue;
    return inOtherGroup(table, group, entry.table.place);
  }
  return null;
}

function inOtherGroup(table: string, group: string, at: Place): Finding {
  return found(
    'session-table-in-other-group',
    at,
    `The migration creates ${table} in the database of the group ${group}, but the session looks for it in another. Every request that uses the session will fail with HTTP 500.`,
    `public ?string $DBGroup = '${group}';   in app/Config/Session.php, or the same $DBGroup in the migration`,
  );
}

function conditional(
  catalog: Catalog | undefined,
  { table }: Expectation,
  changes: Changes | null,
): readonly Finding[] {
  const at = catalog?.conditional.get(table);
  // What servers have run already is the deploy's to compare.
  if (at === undefined || !isChanged(at.file, changes)) return [];
  return [
    found(
      'session-table-conditional',
      at,
      `${table} is only created if it is not there. On a server that already has a table of that name, an older one survives and the migration counts as run. The deploy compares the live table.`,
    ),
  ];
}
