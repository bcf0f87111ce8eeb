import { quoted } from '../../schema/remedy.ts';
import { asUser, inDatabase, inRepository } from '../../remedy.ts';
import { setEnv } from '../../remedies/dotenv.ts';
import type { Application, Migration } from '../../app/application.ts';
import { key, olderThanNewest, pending, withoutFile, type Scope } from '../../app/ledger.ts';
import { errorFinding, warningFinding, type Finding } from '../../finding.ts';
import type { Site } from '../../plan/site.ts';
import type { LedgerRow } from '../../schema/database.ts';
import { ledgerDatabase } from './databases.ts';
import { allowed, rightsIn } from './rights.ts';
import { judgeSince, liveMigrations } from './since.ts';

/** What will run, and whether it can: asked before anything is touched. */
export async function foresee(
  site: Site,
  application: Application,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const database = await ledgerDatabase(site, application, signal);
  const { table, lockTable } = application.ledger;
  const [rows, running, rights] = await Promise.all([
    database.ledger(table),
    lockTable === null ? null : database.rowCount(lockTable),
    rightsIn(site, database),
  ]);
  const due = pending(application.migrations, rows, scopeOf(site, application));
  const at = { env: `${site.release.live}/.env`, user: site.config.target.user };
  const since = liveMigrations(site);
  return [
    ...judgeLedger(application, rows, due, { ...at, since }),
    ...(await judgeSince(site, application, rows, due, signal)),
    ...locked(application, running ?? 0),
    ...allowed(application, rights, due),
  ];
}

/** Which migrations a run of this deploy looks at. */
export function scopeOf({ config }: Site, { namespace }: Application): Scope {
  return { namespaces: config.namespaces, namespace };
}

/** The `.env` of the live tree, who may write it, and what the live code brought that a rollback goes away from. */
export interface LiveEnv {
  readonly env: string;
  readonly user: string;
  readonly since?: readonly Migration[];
}

/** The ledger of the database against the files of the commit, in both directions. */
export function judgeLedger(
  application: Application,
  rows: readonly LedgerRow[],
  due: readonly Migration[],
  at: LiveEnv,
): readonly Finding[] {
  return [
    ...switchedOff(application, due, at),
    ...recordedDifferently(application.ledger.table, rows, due),
    ...late(rows, due),
    ...orphans(rows, [...application.migrations, ...(at.since ?? [])]),
  ];
}

function* switchedOff(
  { ledger, ledgerDatabase: { debug } }: Application,
  due: readonly Migration[],
  { env, user }: LiveEnv,
): Generator<Finding> {
  if (due.length === 0) return;
  if (!ledger.enabled) {
    yield errorFinding(
      'migrations-disabled',
      `Migrations are switched off (migrations.enabled in .env, or app/Config/Migrations.php), but this commit has ${due.length} that did not run: php spark migrate would do nothing.`,
      asUser(
        user,
        'Switch them on in .env, which wins over the file',
        setEnv(env, 'migrations.enabled', 'true'),
      ),
      inRepository('Switch them on for every server, in app/Config/Migrations.php'),
    );
  }
  if (!debug) {
    yield warningFinding(
      'db-debug-off',
      'DBDebug of the database group is false: a query that fails in a migration raises nothing, and the ledger calls the migration done. Only the session table is proved after that.',
      inRepository('In app/Config/Database.php', "'DBDebug' => true,"),
      asUser(
        user,
        'In .env, for the group default',
        setEnv(env, 'database.default.DBDebug', 'true'),
      ),
    );
  }
}

/** The runner knows a migration by its version and class: recorded under others, it is not known. */
function* recordedDifferently(
  ledger: string,
  rows: readonly LedgerRow[],
  due: readonly Migration[],
): Generator<Finding> {
  for (const migration of due) {
    const other = rows.find((row) => digits(row.version) === migration.version);
    if (other === undefined) continue;
    yield {
      ...warningFinding(
        'migration-recorded-differently',
        `The ledger has version ${other.version} as ${other.class} (namespace ${other.namespace}). This commit has it as ${migration.class} (namespace ${migration.namespace}): to CodeIgniter that is another migration, and it runs again.`,
        inDatabase(
          'If it is the same one',
          `UPDATE ${quoted(ledger)} SET class = '${migration.class.replaceAll('\\', '\\\\')}', namespace = '${migration.namespace.replaceAll('\\', '\\\\')}' WHERE version = '${other.version}';`,
        ),
      ),
      at: { file: migration.path, line: migration.line },
    };
  }
}

function* late(rows: readonly LedgerRow[], due: readonly Migration[]): Generator<Finding> {
  for (const migration of olderThanNewest(due, rows)) {
    yield {
      ...warningFinding(
        'migration-older-than-newest',
        `${migration.class} is dated before migrations that ran already. It runs now, after them: in another order than on a new database.`,
        inRepository('Give its file a newer date, unless the order makes no difference.'),
      ),
      at: { file: migration.path, line: migration.line },
    };
  }
}

function* orphans(
  rows: readonly LedgerRow[],
  migrations: readonly Migration[],
): Generator<Finding> {
  const lost = withoutFile(rows, migrations).filter((row) => !recorded(row, migrations));
  if (lost.length === 0) return;
  const names = lost.slice(0, 10).map((row) => `${row.version} ${row.class}`);
  const more = lost.length > 10 ? ` and ${lost.length - 10} more` : '';
  yield {
    name: 'ledger-rows-without-file',
    severity: 'notice',
    message: `The ledger has migrations that this commit has no file for: ${names.join(', ')}${more}. php spark migrate does not mind; php spark migrate:rollback stops at them (gap in the migration sequence).`,
  };
}

/** The same version under another class is said already. */
function recorded(row: LedgerRow, migrations: readonly Migration[]): boolean {
  return migrations.some((one) => one.version === digits(row.version));
}

function digits(version: string): string {
  return key(version, '');
}

/** A runner that was killed leaves its row; the next one then says "skipping", and ends green. */
function locked({ ledger: { lockTable } }: Application, rows: number): readonly Finding[] {
  if (lockTable === null || rows === 0) return [];
  return [
    errorFinding(
      'migration-lock-held',
      `${lockTable} says that migrations are running in another process. If none is, a runner was killed and left its row: php spark migrate would skip everything, and end green.`,
      inDatabase('When no migration is running', `DELETE FROM ${quoted(lockTable)};`),
    ),
  ];
}
