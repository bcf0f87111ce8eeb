import { isError, errorFinding, type Finding } from '../finding.ts';
import type { Log } from '../report/log.ts';
import type { DatabaseTried } from '../report/report.ts';
import { without } from '../schema/scratch.ts';
import { migrate, proveTable, rollBack, type Bench } from './attempt.ts';
import { migrateOverCi3 } from './ci3.ts';
import { makerOf } from './table.ts';

/** What the stages in one database found. */
export interface StagesRun {
  readonly stages: DatabaseTried['stages'];
  readonly columns: DatabaseTried['columns'];
  readonly findings: readonly Finding[];
  readonly judged: boolean;
}

/** Migrate, prove, roll back, migrate again; then, on clean ground, once over a table of CodeIgniter 3. */
export async function runStages(bench: Bench, log: Log): Promise<StagesRun> {
  const stages: { title: string; result: string }[] = [];
  const findings: Finding[] = [];
  const note = (title: string, result: string, found: readonly Finding[] = []): void => {
    stages.push({ title, result });
    findings.push(...found);
    log.say(`${title}: ${result}`);
  };
  const migrated = await migrate(bench);
  note('Migrate', migrated.some(isError) ? 'failed' : 'as the ledger says', migrated);
  const table = await proveTable(bench);
  const { columns } = table;
  const judged = table.result === 'judged';
  // After a migration that failed, a missing table is no news.
  const failed = migrated.some(isError);
  const about = failed && table.result === 'missing' ? [] : table.findings;
  note('Session table', tableWords(table.result, about), about);
  if (failed) return { stages, columns, findings, judged };

  const made = await contents(bench);
  const back = await rollBack(bench);
  note('Rollback', back.length === 0 ? 'nothing is left' : 'something is left', back);
  if (back.length === 0) {
    const again = await migrateAgain(bench, made);
    note('Migrate again', again.length === 0 ? 'the same as before' : 'not the same', again);
  } else note('Migrate again', 'not tried: the rollback left something');

  await bench.scratch.remove(without(await bench.scratch.contents(), bench.before));
  const over = await migrateOverCi3(bench);
  note(
    'Over a table of CodeIgniter 3',
    over.result,
    table.findings.some(isError) ? [] : over.findings,
  );
  return { stages, columns, findings, judged };
}

function tableWords(result: 'judged' | 'missing' | 'elsewhere', found: readonly Finding[]): string {
  if (result === 'elsewhere') return 'sessions are not in a table';
  if (result === 'missing') return 'missing';
  return found.some(isError) ? 'wrong' : 'right, and a session went through';
}

/** The tables, and what the session table is like, as text to compare. */
async function contents({ scratch, application: { session } }: Bench): Promise<string> {
  const table = session.table === null ? null : await scratch.database.table(session.table);
  return JSON.stringify([await scratch.contents(), table]);
}

async function migrateAgain(bench: Bench, before: string): Promise<readonly Finding[]> {
  const again = await migrate(bench);
  const [fault] = again.filter(isError);
  if (fault === undefined && (await contents(bench)) === before) return [];
  const what = fault?.message ?? 'the tables are not the same as after the first time.';
  const maker = makerOf(bench.application);
  const at = fault?.at ?? (maker && { file: maker.path, line: maker.line });
  return [
    {
      ...errorFinding(
        'migrate-again-differs',
        `After migrate:rollback, migrating again does not come out as the first time: ${what}`,
        'Let down() take back everything that up() does.',
      ),
      ...(at === undefined ? {} : { at }),
    },
  ];
}
