import { askCanary, readCanary } from '../app/ask.ts';
import type { Application, Migration } from '../app/application.ts';
import { added, pending, type Scope } from '../app/ledger.ts';
import { readMigrateOutput, type MigrateFault } from '../app/migrate-output.ts';
import type { DescribedTable } from '../config/settings-tables.ts';
import { errorFinding, isError, warningFinding, type Finding } from '../finding.ts';
import type { LedgerRow } from '../schema/database.ts';
import type { Match } from '../schema/rule.ts';
import { without, thingWords, type Scratch, type Thing } from '../schema/scratch.ts';
import { command, type Command, type Output } from '../server/command.ts';
import { judgeCanary } from '../app/canary.ts';
import { judgeMigrated } from '../schema/migrated.ts';
import { verifyTried, type TableTried } from './table.ts';

/** Where migrations are tried: one throw-away database, and PHP that is steered to it. */
export interface TrialContext {
  readonly scratch: Scratch;
  readonly application: Application;
  /** Runs PHP of the checkout; `program` by its arguments. */
  readonly php: (command: Command) => Promise<Output>;
  readonly phpName: string;
  readonly root: string;
  readonly nonce: string;
  readonly namespaces: Scope['namespaces'];
  readonly match: Match;
  /** Tables that the settings of the repository describe. */
  readonly tables: readonly DescribedTable[];
  /** What was in the database before anything ran; it stays. */
  readonly before: readonly Thing[];
}

/** `php spark migrate`, and whether the ledger has what had to run. */
export async function migrate(trial: TrialContext): Promise<readonly Finding[]> {
  const { scratch, application, namespaces } = trial;
  const { table } = application.ledger;
  const before = await scratch.database.ledger(table);
  const due = dueOf(trial, before);
  const all = namespaces === 'all' ? ['--all'] : [];
  const fault = await spark(trial, 'migrate', ...all);
  const rows = added(before, await scratch.database.ledger(table));
  return judgeMigrated(due, rows, fault);
}

/** What a run has to do with this ledger. */
export function dueOf(
  { application: { migrations, namespace }, namespaces }: TrialContext,
  rows: Parameters<typeof pending>[1],
): readonly Migration[] {
  return pending(migrations, rows, { namespaces, namespace });
}

/** The session table as a deploy proves it: by its rules, then by a session through the application's own handler. */
export async function proveTable(trial: TrialContext): Promise<TableTried> {
  const { application, scratch, match, phpName, root, nonce } = trial;
  const tried = await verifyTried(application, scratch.database, match);
  if (tried.result !== 'judged' || tried.findings.some(isError)) return tried;
  const flown = readCanary(await trial.php(askCanary(phpName, root, nonce)), nonce);
  return { ...tried, findings: [...tried.findings, ...judgeCanary(flown, application.session)] };
}

/** `php spark migrate:rollback` to before the first batch, and whether anything is left. */
export async function rollBack(trial: TrialContext): Promise<readonly Finding[]> {
  const { scratch, application, before } = trial;
  const { table, lockTable } = application.ledger;
  // In production it asks back without -f. Its exit status is 0 whatever happened.
  const fault = await spark(trial, 'migrate:rollback', '-b', '0', '-f');
  const rows = await scratch.database.ledger(table);
  if (rows.length > 0 || fault !== null) return [failed(rows, fault, application.migrations)];
  const own = [table, lockTable].flatMap((name) => (name === null ? [] : [name]));
  const left = without(await scratch.contents(), before).filter(({ name }) => !own.includes(name));
  return left.length === 0 ? [] : [incomplete(left, application.migrations)];
}

function failed(
  rows: readonly LedgerRow[],
  fault: MigrateFault | null,
  migrations: readonly Migration[],
): Finding {
  const names = rows.map((row) => row.class).join(', ');
  const inMigration = fault?.at?.file.includes('Database/Migrations/') === true ? fault.at : null;
  const last = migrations.findLast(({ class: name }) => name === rows.at(-1)?.class);
  const at = inMigration ?? (last && { file: last.path, line: last.line });
  const said = fault?.message ?? 'it said nothing, but the ledger still has the rows';
  return {
    ...errorFinding(
      'rollback-failed',
      `php spark migrate:rollback could not roll back ${names || 'what had run'}: ${said}. A deploy that fails after these migrations could not take them back either.`,
      'Let down() roll back what up() does, in the reverse order: $this->forge->dropTable(...);',
    ),
    ...(at === undefined ? {} : { at }),
  };
}

function incomplete(left: readonly Thing[], migrations: readonly Migration[]): Finding {
  const empty = migrations.find(({ down }) => down.empty) ?? migrations.at(-1);
  return {
    ...warningFinding(
      'rollback-incomplete',
      `After php spark migrate:rollback the database still has ${left.map(thingWords).join(', ')}. The method down() does not roll back what up() makes, so that a failed deploy keeps it and the next migrate meets it.`,
      left.map(({ name }) => `$this->forge->dropTable('${name}', true);   // in down()`).join('\n'),
    ),
    ...(empty === undefined ? {} : { at: { file: empty.path, line: empty.line } }),
  };
}

async function spark(
  trial: TrialContext,
  name: string,
  ...options: readonly string[]
): Promise<MigrateFault | null> {
  const args = ['spark', name, ...options, '--no-header'];
  const ran = await trial.php(command(trial.phpName, args, { cwd: trial.root }));
  return readMigrateOutput(ran, trial.root);
}
