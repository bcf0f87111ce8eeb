import type { Application, Migration } from '../app/application.ts';
import type { Finding } from '../finding.ts';
import { compareColumns, type ColumnComparison } from '../schema/column-comparison.ts';
import type { Database } from '../schema/database.ts';
import { expected } from '../schema/expected.ts';
import type { Match } from '../schema/rule.ts';
import { judgeTable, tableMissing, tableNotVisible } from '../schema/judge.ts';
import { prefixed } from '../schema/elsewhere.ts';

/** What the session table is like after the migrations ran. `elsewhere`: sessions are not kept in a table. */
export interface TableTried {
  readonly result: 'judged' | 'missing' | 'elsewhere';
  readonly findings: readonly Finding[];
  readonly columns: readonly ColumnComparison[];
}

/** Holds the table that the migrations really made against what the application needs. */
export async function verifyTried(
  application: Application,
  database: Database,
  match: Match,
): Promise<TableTried> {
  const { session } = application;
  if (!session.inDatabase || session.table === null) {
    return { result: 'elsewhere', findings: [], columns: [] };
  }
  const table = await database.table(session.table);
  const wanted = expected(session);
  const columns = compareColumns(wanted, table, match);
  const place = placeOf(application);
  if (table === 'absent') {
    const missing = tableMissing(wanted, false);
    const findings = [{ ...missing, ...place }, ...prefixed(application)];
    return { result: 'missing', findings, columns };
  }
  const findings =
    table === 'not visible'
      ? [tableNotVisible(wanted)]
      : judgeTable(wanted, table, match, () => place.at);
  return { result: 'judged', findings, columns };
}

/** The migration that seems to make the session table: its line is the best that running can tell. */
export function makerOf({ migrations, session }: Application): Migration | undefined {
  const names = [session.savePath, session.forgeTable ?? '', session.table ?? ''];
  return (
    migrations.findLast(({ down }) => down.drops.some((name) => names.includes(name))) ??
    migrations.findLast((one) => /session/i.test(one.class))
  );
}

function placeOf(application: Application): Pick<Finding, 'at'> {
  const maker = makerOf(application);
  return maker === undefined ? {} : { at: { file: maker.path, line: maker.line } };
}
