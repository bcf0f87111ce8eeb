import { quote } from '../server/command.ts';
import { advice, toSee } from '../remedy.ts';
import { type Finding, isError, remedies } from '../finding.ts';
import { JournalBook, type Journal } from '../plan/journal.ts';
import { endOwnCommands, waitForRemoteProcesses } from '../plan/remote-processes.ts';
import type { Recorded, StepUndone } from '../plan/results.ts';
import type { Site } from '../plan/site.ts';
import type { Step } from '../plan/step.ts';
import { isStranded, unwind, walk } from '../plan/walk.ts';
import { perform } from '../server/round.ts';
import { finish } from '../steps/finish.ts';
import { forgetLeft, type Left } from '../steps/lock.ts';
import { write } from './write-down.ts';

/**
 * Finishes what earlier deploys left in the middle, before anything else is looked at and under our lock. Rolls it back,
 * or, where only the tidying up was missing, tidies up.
 * @param steps those that a deploy consists of
 * @throws Stopped when something of it could not be rolled back, with the finding recorded
 */
export async function resolveInterruptedDeploys(
  site: Site,
  left: readonly Left[],
  steps: readonly Step[],
  signal: AbortSignal,
): Promise<void> {
  const { stateDir } = site.journal.now;
  for (const { id, owner, journal } of left) {
    if (journal !== null) await resolve(site, owner, journal, steps, signal);
    if (!site.findings.some(isError))
      await perform(site.server, [forgetLeft(stateDir, id)], signal);
  }
  site.stopAtErrors();
}

async function resolve(
  site: Site,
  owner: string,
  journal: Journal,
  steps: readonly Step[],
  signal: AbortSignal,
): Promise<void> {
  site.log.say(`Unfinished: ${owner}`);
  // Its lock is ours now, so its journal is not written any more.
  const book = new JournalBook({ ...journal, locked: false }, async () => Promise.resolve());
  const old = site.otherDeploy(book);
  const isProved = journal.begun.includes('finish');
  if (!isProved) await endOwnCommands(old, signal);
  await waitForRemoteProcesses(site, journal.id, signal);
  if (isProved) {
    const { steps: finished, failure } = await walk([finish], [old], signal);
    takeOver(site, finished);
    if (failure !== undefined) throw new Error('it could not be tidied up', { cause: failure });
    say(site, owner, 'It was live and proved; it was tidied up first.');
    return;
  }
  const undone = await unwind(steps, [old], new Error('the run ended in the middle'));
  await old.databases.close();
  if (!undone.some(isStranded)) await write(old, 'rolled-back', ['unfinished-deploy']);
  report(site, owner, journal, undone);
}

/** What finishing it found out belongs into this report: there will be no other. */
function takeOver(site: Site, recorded: readonly Recorded[]): void {
  for (const { findings, rollbackNotes, unverified } of recorded) {
    site.find(...findings.map(stopsNothing));
    site.rolledBack(...rollbackNotes);
    site.notVerified(...unverified);
  }
}

/** A command for after a rollback that fails leaves nothing to roll back, and this deploy goes on. */
function stopsNothing(found: Finding): Finding {
  return found.name === 'own-command-failed' ? { ...found, severity: 'warning' } : found;
}

function report(
  site: Site,
  owner: string,
  { stateDir }: Journal,
  undone: readonly StepUndone[],
): void {
  takeOver(site, undone);
  for (const { name, result } of undone) {
    if (typeof result !== 'object') continue;
    site.find({
      name: 'unfinished-deploy',
      severity: 'error',
      message: `An earlier deploy ended in the middle (${owner}), and its step ${name} could not be rolled back: ${String(result.failed)}`,
      remedies: remedies([
        toSee('See what is there', `ls -la ${quote(stateDir)}`),
        advice('Then run the deploy again.'),
      ]),
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
