import { askApplication, readApplication } from '../app/ask.ts';
import type { Application } from '../app/application.ts';
import type { Site } from '../plan/site.ts';
import type { Undo } from '../plan/step.ts';
import { command } from '../server/command.ts';
import { CommandFailed } from '../server/failures.ts';
import { ask } from '../server/round.ts';
import { ledgerDatabase } from './databases.ts';
import { stageOf } from './paths.ts';

/** Takes exactly the batches of this deploy back, or says why they stay. Proved by the ledger. */
export const regress: Undo = async (site, signal) => {
  const { batchBefore, keepBatch, house } = site.journal.now;
  if (batchBefore === null) return;
  const application = await staged(site, signal);
  const database = await ledgerDatabase(site, application, signal);
  const newer = async (): Promise<number> =>
    (await database.ledger(application.ledger.table)).filter((row) => row.batch > batchBefore)
      .length;
  if ((await newer()) === 0) return;
  if (keepBatch !== null) {
    kept(site, keepBatch);
    return;
  }
  const back = ['spark', 'migrate:rollback', '-b', String(batchBefore), '-f', '--no-header'];
  const { ran } = await ask(
    site.server,
    { ran: command(site.config.php, back, { cwd: stageOf(house) }) },
    signal,
  );
  // Its exit status is 0 whatever happened (CodeIgniter 4.1 to 4.7).
  if ((await newer()) > 0) throw new CommandFailed(site.server.name, back.join(' '), ran);
  site.learned.takenBack.push(
    `The migrations of this deploy were regressed to batch ${batchBefore}.`,
  );
  site.journal.note({ batchBefore: null });
};

/** The application whose migrations ran; asked again when another process takes them back. */
async function staged(site: Site, signal: AbortSignal): Promise<Application> {
  if (site.learned.staged !== undefined) return site.learned.staged;
  const { nonce } = site.run;
  const tree = stageOf(site.journal.now.house);
  const question = { told: askApplication(site.config.php, tree, nonce) };
  const told = readApplication((await ask(site.server, question, signal)).told, nonce);
  if (!told.ok) throw new Error(`the staged application does not answer: ${told.failure.message}`);
  return told.application;
}

function kept(site: Site, reason: string): void {
  site.learned.takenBack.push(`The migrations of this deploy stay: ${reason}.`);
  site.find({
    name: 'batch-kept',
    severity: 'warning',
    message: `The migrations that ran stay in the database, because ${reason}.`,
    remedy: 'Look at the tables they made; the code that is live is the old one.',
  });
}
