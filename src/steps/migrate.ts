import { counted } from '../count.ts';
import { asUser, inInputs } from '../remedy.ts';
import { freshPhp } from '../app/ask.ts';
import type { Application, Migration } from '../app/application.ts';
import { added, pending } from '../app/ledger.ts';
import { readMigrateOutput } from '../app/migrate-output.ts';
import type { MigrateFacts } from '../plan/facts.ts';
import type { Site } from '../plan/site.ts';
import type { Step } from '../plan/step.ts';
import { type Finding, remedies } from '../finding.ts';
import type { LedgerRow } from '../schema/database.ts';
import { judgeMigrated } from '../schema/migrated.ts';
import { waitForRemoteProcesses } from '../plan/remote-processes.ts';
import { command, type Command, type Output, quote } from '../server/command.ts';
import { ConnectionLost } from '../server/failures.ts';
import { query } from '../server/round.ts';
import { scopeOf } from './database/due.ts';
import { lockedRows } from './database/ledger-lock.ts';
import { regress } from './regress.ts';

/** Runs what is pending from the staged tree, while the old code serves, and believes the ledger alone. */
export const migrate: Step<'migrate', 'stage'> = {
  name: 'migrate',
  title: 'Migrate: from the staged tree, while the old code serves',
  needs: ['stage'],
  changesSite: true,
  on: 'once per database',
  // The new code needs its tables as long as it may be live.
  keptWhenStranded: true,
  async run(site, signal) {
    const { application, early } = site.facts.stage;
    // Even with nothing to migrate: what the ledger has may be of a deploy that is not over, and be rolled back yet.
    const { rows: before, tables } = await lockedRows(site, application, early.ledger, signal);
    const due = pendingMigrations(site, application, before);
    if (due.length === 0) {
      site.did('Nothing to migrate: the ledger has every migration of this commit.');
      return { classes: [], batch: null };
    }
    site.journal.announce({
      batchBefore: Math.max(0, ...before.map((row) => row.batch)),
      tables,
    });
    const ran = await run(site, signal);
    // A connection that was lost took the database's and its lock with it.
    const now = await lockedRows(site, application, null, signal);
    const rows = added(before, now.rows);
    const fault = ran === null ? null : readMigrateOutput(ran, site.release.staged);
    const wrong = judgeMigrated(due, rows, fault);
    // Its exit status is 0 all the same, so the log does not take it for a failure.
    if (wrong.length > 0 && ran !== null) site.log.say(printedBy(ran));
    site.find(...wrong);
    const made = now.tables.filter((name) => !tables.includes(name));
    return { ...inLedger(site, rows), made };
  },
  undo: regress,
  stranded: 'stranded-migrate',
  byHand: ({ config, journal: { now }, release }) => [
    asUser(
      config.target.user,
      'Roll the migrations of this deploy back',
      `cd ${quote(release.staged)} && ${quote(config.php)} spark migrate:rollback -b ${now.batchBefore ?? 0} -f`,
    ),
  ],
};

function inLedger(site: Site, rows: readonly LedgerRow[]): MigrateFacts {
  const classes = rows.map((row) => row.class);
  const batch = rows.length === 0 ? null : Math.max(...rows.map((row) => row.batch));
  if (batch !== null) {
    const names = classes.map((one) => one.replace(/^.*\\/, ''));
    site.did(
      `The ledger has ${counted(rows.length, 'new row')}, batch ${batch}: ${names.join(', ')}.`,
    );
  }
  return { classes, batch };
}

function pendingMigrations(
  site: Site,
  application: Application,
  rows: readonly LedgerRow[],
): readonly Migration[] {
  const { namespace, migrations } = application;
  if (site.config.namespaces === 'app') {
    const all = pending(migrations, rows, { namespaces: 'all', namespace });
    const others = all.filter((migration) => migration.namespace !== namespace);
    if (others.length > 0) site.find(otherNamespaces(others));
  }
  return pending(migrations, rows, scopeOf(site, application));
}

function otherNamespaces(others: readonly Migration[]): Finding {
  const names = [...new Set(others.map(({ namespace }) => namespace))].join(', ');
  return {
    name: 'other-namespaces-pending',
    severity: 'notice',
    message: `Migrations of other namespaces have not run: ${names}.`,
    remedies: remedies(inInputs('Let a deploy run them too', 'namespaces: all')),
  };
}

/**
 * Runs spark, once. When the connection is lost meanwhile it goes on alone; its end is waited for, and the ledger says
 * how it went.
 * @returns null when nobody heard what it said
 */
async function run(site: Site, signal: AbortSignal): Promise<Output | null> {
  try {
    return (await query(site.server, { ran: spark(site) }, signal)).ran;
  } catch (failure) {
    if (!(failure instanceof ConnectionLost)) throw failure;
    site.log.say('The connection was lost during the migration, which goes on alone: waiting.');
    await waitForRemoteProcesses(site, site.journal.now.id, signal);
    return null;
  }
}

const mostLines = 60;

/** What spark printed, for who looks for the reason. */
function printedBy({ stdout, stderr }: Output): string {
  const lines = `${stdout}${stderr}`.split('\n').filter((line) => line.trim() !== '');
  return [
    'php spark migrate printed:',
    ...lines.slice(0, mostLines).map((line) => `│ ${line}`),
  ].join('\n');
}

/** The command that runs what is pending, from the staged tree. */
export function spark(site: Site): Command {
  const all = site.config.namespaces === 'all' ? ['--all'] : [];
  return command(site.config.php, [...freshPhp, 'spark', 'migrate', '--no-header', ...all], {
    cwd: site.release.staged,
    survives: true,
  });
}
