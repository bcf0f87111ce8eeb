import { isError, errorFinding, type Finding } from '../finding.ts';
import type { Log } from '../log.ts';
import type { DatabaseTried } from '../report/report.ts';
import { without } from '../schema/scratch.ts';
import { judgeTables } from '../described/live.ts';
import { whyMigrationsStay } from '../app/rollback-policy.ts';
import { migrate, proveTable, rollBack, type TrialContext } from './attempt.ts';
import { migrateOverCi3 } from './ci3.ts';
import { makerOf } from './table.ts';

/** What the phases in one database found. */
export interface PhasesRun {
  readonly phases: DatabaseTried['phases'];
  readonly columns: DatabaseTried['columns'];
  readonly findings: readonly Finding[];
  readonly judged: boolean;
  readonly migrated: boolean;
}

/** Migrate, prove, roll back, migrate again; then, on clean ground, once over a table of CodeIgniter 3. */
export async function runPhases(trial: TrialContext, log: Log): Promise<PhasesRun> {
  const record = new PhaseRecorder(log);
  const migrated = await migrate(trial);
  const failed = migrated.some(isError);
  record.note('Migrate', failed ? 'failed' : 'as the ledger says', migrated);
  const table = await proveTable(trial);
  // After a migration that failed, a missing table is no news.
  const about = failed && table.result === 'missing' ? [] : table.findings;
  record.note('Session table', tableWords(table.result, about), about);
  if (!failed) {
    await describedTables(trial, record);
    await thereAndBack(trial, record);
    await trial.scratch.remove(without(await trial.scratch.contents(), trial.before));
    const over = await migrateOverCi3(trial);
    const news = table.findings.some(isError) ? [] : over.findings;
    record.note('Over a table of CodeIgniter 3', over.result, news);
  }
  const { phases, findings } = record;
  const judged = table.result === 'judged';
  return { phases, columns: table.columns, findings, judged, migrated: !failed };
}

async function describedTables(trial: TrialContext, record: PhaseRecorder): Promise<void> {
  const { tables, scratch, application } = trial;
  if (tables.length === 0) return;
  const found = await judgeTables(scratch.database, application, tables);
  record.note('Described tables', found.length === 0 ? 'as described' : 'not as described', found);
}

/** What each stage came to. */
class PhaseRecorder {
  readonly phases: { title: string; result: string }[] = [];
  readonly findings: Finding[] = [];
  readonly #log: Log;

  constructor(log: Log) {
    this.#log = log;
  }

  note(title: string, result: string, found: readonly Finding[] = []): void {
    this.phases.push({ title, result });
    this.findings.push(...found);
    this.#log.say(`${title}: ${result}`);
  }
}

async function thereAndBack(trial: TrialContext, record: PhaseRecorder): Promise<void> {
  const made = await contents(trial);
  const kept = reasonAgainst(trial);
  const back = kept === null ? await rollBack(trial) : [];
  record.note(
    'Rollback',
    kept ?? (back.length === 0 ? 'nothing is left' : 'something is left'),
    back,
  );
  if (kept !== null || back.length > 0) {
    record.note('Migrate again', 'not tried');
    return;
  }
  const again = await migrateAgain(trial, made);
  record.note('Migrate again', again.length === 0 ? 'the same as before' : 'not the same', again);
}

/** What was there before is nobody's to drop, whatever down() says: then nothing is rolled back. */
function reasonAgainst({ before, application }: TrialContext): string | null {
  if (before.length === 0) return null;
  const { migrations, ledgerDatabase } = application;
  const names = before.map(({ name }) => name);
  const reason = whyMigrationsStay(migrations, names, ledgerDatabase.prefix, 'auto');
  return reason === null ? null : `not tried: ${reason}`;
}

function tableWords(result: 'judged' | 'missing' | 'elsewhere', found: readonly Finding[]): string {
  if (result === 'elsewhere') return 'sessions are not in a table';
  if (result === 'missing') return 'missing';
  return found.some(isError) ? 'wrong' : 'right, and a session went through';
}

/** The tables, and what the session table is like, as text to compare. */
async function contents({ scratch, application: { session } }: TrialContext): Promise<string> {
  const table = session.table === null ? null : await scratch.database.table(session.table);
  return JSON.stringify([await scratch.contents(), table]);
}

async function migrateAgain(trial: TrialContext, before: string): Promise<readonly Finding[]> {
  const again = await migrate(trial);
  const [fault] = again.filter(isError);
  if (fault === undefined && (await contents(trial)) === before) return [];
  const what = fault?.message ?? 'the tables are not the same as after the first time.';
  const maker = makerOf(trial.application);
  const at = fault?.at ?? (maker && { file: maker.path, line: maker.line });
  return [
    {
      ...errorFinding(
        'migrate-again-differs',
        `After migrate:rollback, migrating again does not come out as the first time: ${what}`,
        'Let down() roll back everything that up() does.',
      ),
      ...(at === undefined ? {} : { at }),
    },
  ];
}
