import { isError, errorFinding, type Finding } from '../finding.ts';
import type { Log } from '../report/log.ts';
import type { DatabaseTried } from '../report/report.ts';
import { without } from '../schema/scratch.ts';
import { judgeTables } from '../steps/database/described.ts';
import { reasonToKeep } from '../steps/way-back.ts';
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
  const record = new Minutes(log);
  const migrated = await migrate(bench);
  const failed = migrated.some(isError);
  record.note('Migrate', failed ? 'failed' : 'as the ledger says', migrated);
  const table = await proveTable(bench);
  // After a migration that failed, a missing table is no news.
  const about = failed && table.result === 'missing' ? [] : table.findings;
  record.note('Session table', tableWords(table.result, about), about);
  if (!failed) {
    await describedTables(bench, record);
    await thereAndBack(bench, record);
    await bench.scratch.remove(without(await bench.scratch.contents(), bench.before));
    const over = await migrateOverCi3(bench);
    const news = table.findings.some(isError) ? [] : over.findings;
    record.note('Over a table of CodeIgniter 3', over.result, news);
  }
  const { stages, findings } = record;
  return { stages, columns: table.columns, findings, judged: table.result === 'judged' };
}

async function describedTables(bench: Bench, record: Minutes): Promise<void> {
  const { tables, scratch, application } = bench;
  if (tables.length === 0) return;
  const found = await judgeTables(scratch.database, application, tables);
  record.note('Described tables', found.length === 0 ? 'as described' : 'not as described', found);
}

/** What each stage came to. */
class Minutes {
  readonly stages: { title: string; result: string }[] = [];
  readonly findings: Finding[] = [];
  readonly #log: Log;

  constructor(log: Log) {
    this.#log = log;
  }

  note(title: string, result: string, found: readonly Finding[] = []): void {
    this.stages.push({ title, result });
    this.findings.push(...found);
    this.#log.say(`${title}: ${result}`);
  }
}

async function thereAndBack(bench: Bench, record: Minutes): Promise<void> {
  const made = await contents(bench);
  const kept = reasonAgainst(bench);
  const back = kept === null ? await rollBack(bench) : [];
  record.note(
    'Rollback',
    kept ?? (back.length === 0 ? 'nothing is left' : 'something is left'),
    back,
  );
  if (kept !== null || back.length > 0) {
    record.note('Migrate again', 'not tried');
    return;
  }
  const again = await migrateAgain(bench, made);
  record.note('Migrate again', again.length === 0 ? 'the same as before' : 'not the same', again);
}

/** What was there before is nobody's to drop, whatever down() says: then nothing is rolled back. */
function reasonAgainst({ before, application }: Bench): string | null {
  if (before.length === 0) return null;
  const { migrations, ledgerDatabase } = application;
  const names = before.map(({ name }) => name);
  const reason = reasonToKeep(migrations, names, ledgerDatabase.prefix, 'auto');
  return reason === null ? null : `not tried: ${reason}`;
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
