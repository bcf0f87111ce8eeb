import type { Application } from '../app/application.ts';
import { noCommands, type OwnCommands } from '../config/settings-commands.ts';
import { readSettingsFile } from '../config/settings-file.ts';
import type { DescribedTable } from '../config/settings-tables.ts';
import type { Finding } from '../finding.ts';
import type { Database } from '../schema/database.ts';
import type { Table } from '../schema/table.ts';
import type { Family } from '../static/catalog/columns.ts';
import { ruleNames } from '../static/judge/names.ts';
import { misdescribed } from './folded.ts';
import { judgeDescribed } from './judge.ts';
import { describe } from './print.ts';
import { wantedTable } from './wanted.ts';

/** What the text of `.ci4-deploy.yml` says of tables and commands, or what is wrong with the text. */
export function readLive(text: string): {
  readonly tables: readonly DescribedTable[];
  readonly commands: OwnCommands;
  readonly findings: readonly Finding[];
} {
  const settings = readSettingsFile(text, ruleNames);
  return 'tables' in settings
    ? { tables: settings.tables, commands: settings.commands, findings: [] }
    : { tables: [], commands: noCommands, findings: settings.map(misdescribed) };
}

/** What is wrong with the described tables in this database. */
export async function judgeTables(
  database: Database,
  { ledgerDatabase: { prefix } }: Application,
  tables: readonly DescribedTable[],
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const described of tables) {
    const wanted = wantedTable(described, prefix, familyOf(database));
    if (!('table' in wanted)) findings.push(misdescribed(wanted));
    else findings.push(...judgeDescribed(wanted, await database.table(wanted.table.name)));
  }
  return findings;
}

/** What `.ci4-deploy.yml` would say of tables of this database. */
export function printTables(tables: readonly Table[], prefix: string, database: Database): string {
  return describe(tables, prefix, familyOf(database));
}

/** What the server of this database is. */
function familyOf({ product }: Database): Family {
  return product.startsWith('MariaDB') ? 'MariaDB' : 'MySQL';
}
