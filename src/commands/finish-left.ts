import { isError } from '../finding.ts';
import { JournalBook, type Journal } from '../plan/journal.ts';
import { settled } from '../plan/settled.ts';
import type { Site } from '../plan/site.ts';
import { unwind, walk, type Walked } from '../plan/walk.ts';
import type { StepResult } from '../report/stages.ts';
import { Cancelled } from '../server/failures.ts';
import { perform } from '../server/round.ts';
import { leftBehind } from '../steps/left-behind.ts';
import { forgetLeft, releaseLock, silence, takeLock, type Left } from '../steps/lock.ts';
import { finish } from '../steps/finish.ts';
import type { Step } from '../plan/step.ts';

/**
 * Finishes what deploys before this one left in the middle, before anything else is looked at: takes it back, or, where
 * only the tidying up was missing, tidies up.
 * @param deed the steps that a deploy consists of
 * @returns null when the way is free; else how the attempt failed
 */
export async function finishLeft(
  site: Site,
  deed: readonly Step[],
  signal: AbortSignal,
): Promise<Walked | null> {
  const house = await leftBehind(site, silence, signal);
  if (house === null) return null;
  site.log.stage('Finish what a deploy before left');
  const began = site.log.seconds;
  try {
    await site.journal.note({ house });
    const left = await takeLock(site, signal);
    for (const one of left ?? []) await take(site, one, house, deed, signal);
    await perform(site.server, [releaseLock(house, site.journal.now.id)], signal);
    await site.journal.note({ locked: false });
    site.stopAtErrors();
    site.log.close();
    return null;
  } catch (failure) {
    site.log.close();
    const result = failure instanceof Cancelled ? 'cancelled' : 'failed';
    const seconds = site.log.seconds - began;
    const step: StepResult = { name: 'lock', title: 'Finish what was left', seconds, result };
    return { steps: [step], failure, undone: [] };
  }
}

async function take(
  site: Site,
  { id, owner, journal }: Left,
  house: string,
  deed: readonly Step[],
  signal: AbortSignal,
): Promise<void> {
  if (journal !== null) await settle(site, owner, journal, deed, signal);
  if (!site.findings.some(isError)) {
    await perform(site.server, [forgetLeft(house, id)], signal);
  }
}

async function settle(
  site: Site,
  owner: string,
  journal: Journal,
  deed: readonly Step[],
  signal: AbortSignal,
): Promise<void> {
  site.log.say(`Unfinished: ${owner}`);
  await settled(site, journal.id, signal);
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
  const failed = undone.find(({ result }) => typeof result === 'object');
  if (failed !== undefined && typeof failed.result === 'object') {
    site.find({
      name: 'unfinished-deploy',
      severity: 'error',
      message: `A deploy before this one ended in the middle (${owner}), and its step ${failed.name} could not be taken back: ${String(failed.result.failed)}`,
      remedy: `Look at ${journal.house} on the server, then run the deploy again.`,
    });
    return;
  }
  say(site, owner, 'What it had begun was taken back first.');
}

function say(site: Site, owner: string, how: string): void {
  site.find({
    name: 'unfinished-deploy',
    severity: 'warning',
    message: `A deploy before this one ended in the middle (${owner}). ${how}`,
  });
}
