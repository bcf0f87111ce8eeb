import { isError } from '../finding.ts';
import { JournalBook, type Journal } from '../plan/journal.ts';
import { waitForRemoteProcesses } from '../plan/remote-processes.ts';
import type { Site } from '../plan/site.ts';
import { unwind, walk } from '../plan/walk.ts';
import { perform } from '../server/round.ts';
import { forgetLeft, type Left } from '../steps/lock.ts';
import { finish } from '../steps/finish.ts';
import type { Step } from '../plan/step.ts';

/**
 * Finishes what earlier deploys left in the middle, before anything else is looked at and under our lock. Rolls it back,
 * or, where only the tidying up was missing, tidies up.
 * @param deed the steps that a deploy consists of
 * @throws Stopped when something of it could not be rolled back, with the finding recorded
 */
export async function resolveInterruptedDeploys(
  site: Site,
  left: readonly Left[],
  deed: readonly Step[],
  signal: AbortSignal,
): Promise<void> {
  const { stateDir } = site.journal.now;
  for (const { id, owner, journal } of left) {
    if (journal !== null) await settle(site, owner, journal, deed, signal);
    if (!site.findings.some(isError))
      await perform(site.server, [forgetLeft(stateDir, id)], signal);
  }
  site.stopAtErrors();
}

async function settle(
  site: Site,
  owner: string,
  journal: Journal,
  deed: readonly Step[],
  signal: AbortSignal,
): Promise<void> {
  site.log.say(`Unfinished: ${owner}`);
  await waitForRemoteProcesses(site, journal.id, signal);
  // Its lock is ours now, so its journal is not written any more.
  const book = new JournalBook({ ...journal, locked: false }, async () => Promise.resolve());
  const old = site.withJournal(book);
  if (journal.begun.includes('finish')) {
    const { failure } = await walk([finish], old, signal);
    if (failure !== undefined) throw new Error('it could not be tidied up', { cause: failure });
    say(site, owner, 'It was live and proved; it was tidied up first.');
    return;
  }
  const undone = await unwind(deed, old, new Error('the run ended in the middle'));
  await old.closeDatabases();
  // What rolling it back found out belongs into this report: there will be no other.
  site.find(...old.findings);
  site.learned.rollbackNotes.push(...old.learned.rollbackNotes);
  const failed = undone.find(({ result }) => typeof result === 'object');
  if (failed !== undefined && typeof failed.result === 'object') {
    site.find({
      name: 'unfinished-deploy',
      severity: 'error',
      message: `An earlier deploy ended in the middle (${owner}), and its step ${failed.name} could not be rolled back: ${String(failed.result.failed)}`,
      remedy: `Look at ${journal.stateDir} on the server, then run the deploy again.`,
    });
    return;
  }
  say(site, owner, 'What it had begun was rolled back first.');
}

function say(site: Site, owner: string, how: string): void {
  site.find({
    name: 'unfinished-deploy',
    severity: 'warning',
    message: `An earlier deploy ended in the middle (${owner}). ${how}`,
  });
}
