import type { Application } from '../app/application.ts';
import type { DescribedTable } from '../config/settings-tables.ts';
import type { Finding } from '../finding.ts';
import type { Database } from '../schema/database.ts';
import type { Family } from '../static/catalog/columns.ts';
import { misdescribed } from './folded.ts';
import { judgeDescribed } from './judge.ts';
import { wantedTable } from './wanted.ts';

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

/** What the server of this database is. */
export function familyOf({ product }: Database): Family {
  return product.startsWith('MariaDB') ? 'MariaDB' : 'MySQL';
}
