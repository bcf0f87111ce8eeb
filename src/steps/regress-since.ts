import { freshPhp } from '../app/ask.ts';
import { readMigrateOutput } from '../app/migrate-output.ts';
import { askApplication, readApplication } from '../app/ask.ts';
import { pending } from '../app/ledger.ts';
import { warningFinding, type Finding } from '../finding.ts';
import type { Site } from '../plan/site.ts';
import type { Step } from '../plan/step.ts';
import { asUser } from '../remedy.ts';
import type { Database } from '../schema/database.ts';
import { command, quote, type Command } from '../server/command.ts';
import { perform, query } from '../server/round.ts';
import { confirmSite } from './confirm.ts';
import { scopeOf } from './database/due.ts';
import { lockedLedger, lockedRows } from './database/ledger-lock.ts';
import { plannedBatches, type BatchSince } from './database/since.ts';
import { verifySessions } from './verify.ts';

/**
 * The migrations that ran since the commit of a rollback was live. It is live and proved by now, and does not need
 * them. Their own code rolls them back, from a copy beside the live tree. What is dropped is gone.
 */
export const regressSince: Step<'regress', 'inspect' | 'stage'> = {
  name: 'regress',
  title: 'Regress: the migrations since, batch by batch',
  needs: ['inspect', 'stage'],
  changesSite: true,
  on: 'once per database',
  async run(site, signal) {
    const { application } = site.facts.stage;
    const { database, rows } = await lockedRows(site, application, null, signal);
    const planned = await plannedBatches(site, application, rows, signal);
    if (typeof planned === 'string')
      throw new Error(`the ledger has changed meanwhile: ${planned}`);
    site.journal.announce({ regressed: planned.map(({ batch }) => batch) });
    const { previous } = site.journal.now;
    await perform(site.server, site.release.recall(previous), signal);
    for (const batch of planned) {
      if (!(await rollBatchBack(site, database, batch, application.ledger.table, signal))) break;
    }
    await proved(site, signal);
    return undefined;
  },
  async undo(site, signal) {
    const { regressed = [] } = site.journal.now;
    if (regressed.length > 0) await runAgain(site, signal);
    await perform(site.server, [site.release.prune().recalled], signal);
    return undefined;
  },
  stranded: 'stranded-regress',
  byHand: ({ config, release }) => [
    asUser(
      config.target.user,
      'Run the migrations of the newer code again',
      `cd ${quote(release.recalled)} && ${quote(config.php)} spark migrate${config.namespaces === 'all' ? ' --all' : ''}`,
      ...release.byHand.forget,
    ),
  ],
};

function spark({ config, release }: Site, ...args: readonly string[]): Command {
  return command(config.php, [...freshPhp, 'spark', ...args, '--no-header'], {
    cwd: release.recalled,
    survives: true,
  });
}

/** Proved by the ledger: the exit status is 0 whatever happened (CodeIgniter 4.1 to 4.7). */
async function rollBatchBack(
  site: Site,
  database: Database,
  { batch, classes }: BatchSince,
  ledger: string,
  signal: AbortSignal,
): Promise<boolean> {
  const rows = await database.ledger(ledger);
  const below = Math.max(0, ...rows.map((row) => row.batch).filter((one) => one < batch));
  const question = { ran: spark(site, 'migrate:rollback', '-b', String(below), '-f') };
  const { ran } = await query(site.server, question, signal);
  const left = (await database.ledger(ledger)).filter((row) => row.batch > below);
  const names = classes.join(', ');
  if (left.length === 0) {
    site.did(`Batch ${batch} was rolled back: ${names}.`);
    return true;
  }
  const fault = readMigrateOutput(ran, site.release.recalled);
  const why = fault?.message ?? 'php spark migrate:rollback said nothing';
  site.did(`Batch ${batch} stays, and all before it: ${names}.`);
  site.find(stays(batch, names, why));
  return false;
}

function stays(batch: number, names: string, why: string): Finding {
  return warningFinding(
    'migrations-not-rolled-back',
    `The old code is live, but batch ${batch} (${names}) could not be rolled back: ${why}. It stays, and so do those before it.`,
    'Look at the tables of these migrations; a down() that fails half-way leaves what it had done.',
  );
}

/** The old code with the tables as they are now. */
async function proved(site: Site<'inspect' | 'stage'>, signal: AbortSignal): Promise<void> {
  const { application, largestSession } = site.facts.stage;
  const where = { tree: site.release.live, largestSession, migrated: false };
  await verifySessions(site, application, where, signal);
  site.stopAtErrors();
  await confirmSite(site, application, signal);
}

/**
 * The newer code goes live again, and needs its tables. What they held is gone.
 * @throws Error when the ledger does not have all its migrations after that
 */
async function runAgain(site: Site, signal: AbortSignal): Promise<void> {
  const { config, server, release, run, journal } = site;
  await perform(server, release.recall(journal.now.previous), signal);
  const question = { reported: askApplication(config.php, release.recalled, run.nonce) };
  const reported = readApplication((await query(server, question, signal)).reported, run.nonce);
  if (!reported.ok) throw new Error(`the newer code does not answer: ${reported.failure.message}`);
  const { application } = reported;
  const database = await lockedLedger(site, application, signal);
  const left = async (): Promise<number> => {
    const rows = await database.ledger(application.ledger.table);
    return pending(application.migrations, rows, scopeOf(site, application)).length;
  };
  if ((await left()) === 0) return;
  const all = config.namespaces === 'all' ? ['--all'] : [];
  const { ran } = await query(server, { ran: spark(site, 'migrate', ...all) }, signal);
  if ((await left()) > 0) {
    const fault = readMigrateOutput(ran, release.recalled);
    throw new Error(`its migrations did not run again: ${fault?.message ?? 'spark said nothing'}`);
  }
  site.rolledBack('The migrations of the newer code ran again; what their tables held is gone.');
}
