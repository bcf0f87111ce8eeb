import { Cancelled, ConnectionLost, LockLost } from '../server/failures.ts';
import type { StepResult, UndoResult } from '../report/stages.ts';
import { booted, waitForRemoteProcesses } from './remote-processes.ts';
import type { Site } from './site.ts';
import type { Step } from './step.ts';

export interface Walked {
  readonly steps: readonly StepResult[];
  /** What stopped the walk; undefined when every step is done. */
  readonly failure: unknown;
  readonly undone: readonly UndoResult[];
}

/** How a part of a longer walk differs from a whole one. */
export interface Part {
  /** All steps that may have begun, to be rolled back with those of this part. */
  readonly whole: readonly Step[];
  /** More steps follow, so the journal stays open. */
  readonly goesOn: boolean;
}

/**
 * Walks the steps; the first failure, or an abort of the signal, turns round and rolls everything begun back, newest first.
 * The journal says what is begun before it begins. Never throws for a failing step: the result says so.
 */
export async function walk(
  steps: readonly Step[],
  site: Site,
  signal: AbortSignal,
  { whole, goesOn }: Part = { whole: steps, goesOn: false },
): Promise<Walked> {
  const results: StepResult[] = [];
  for (const step of steps) {
    const began = site.log.seconds;
    const note = (result: StepResult['result']): void => {
      results.push({
        name: step.name,
        title: step.title,
        seconds: site.log.seconds - began,
        result,
      });
    };
    try {
      signal.throwIfAborted();
      site.log.stage(step.title);
      await site.journal.note({ begun: [...site.journal.now.begun, step.name], closed: false });
      await step.run(site, signal);
      note('done');
    } catch (failure) {
      note(failure instanceof Cancelled ? 'cancelled' : 'failed');
      const undone = failure instanceof LockLost ? [] : await unwind(whole, site, failure);
      return { steps: results, failure, undone };
    }
  }
  site.log.close();
  if (!goesOn) await site.journal.note({ closed: true });
  return { steps: results, failure: undefined, undone: [] };
}

/** Seconds for taking everything back: what the runner leaves a cancelled job, less what we need to say so. */
const cancelledBudget = 6;

/**
 * Rolls back every step the journal calls begun, newest first. A failing undo does not keep the others from theirs, but
 * for those that finishing it needs.
 */
export async function unwind(
  steps: readonly Step[],
  site: Site,
  failure: unknown,
): Promise<UndoResult[]> {
  const seconds = failure instanceof Cancelled ? cancelledBudget : site.config['step-timeout'];
  const signal = AbortSignal.timeout(seconds * 1000);
  const results: UndoResult[] = [];
  site.journal.wayBack((failed) => {
    site.log.say(`The journal could not be written: ${String(failed)}`);
  });
  if (!(failure instanceof Cancelled))
    await steady(site, failure instanceof ConnectionLost, signal);
  for (const step of steps.toReversed()) {
    if (site.journal.now.begun.includes(step.name)) {
      const stranded = results.some(({ result }) => typeof result === 'object');
      const kept = stranded && step.keptWhenStranded === true;
      const result = kept ? 'kept' : await rollBack(step, site, signal);
      results.push({ name: step.name, result });
      if (typeof result === 'object' && result.failed instanceof LockLost) return results;
    }
  }
  site.log.close();
  const failed = results.some(({ result }) => typeof result === 'object');
  await site.journal.note({ closed: !failed });
  return results;
}

async function rollBack(
  step: Step,
  site: Site,
  signal: AbortSignal,
): Promise<UndoResult['result']> {
  if (typeof step.undo === 'string') return step.undo;
  site.log.stage(`Rolling back: ${step.title}`);
  const undo = step.undo;
  try {
    await undo(site, signal).catch(async (failed: unknown) => {
      if (!(failed instanceof ConnectionLost)) throw failed;
      await steady(site, true, signal);
      await undo(site, signal);
    });
    await site.journal.note({ begun: site.journal.now.begun.filter((name) => name !== step.name) });
    return 'undone';
  } catch (failed) {
    site.log.say(`This could not be rolled back: ${String(failed)}`);
    return { failed };
  }
}

/**
 * A server that goes down and comes up again is waited for: before its services are there nothing can be rolled back.
 * And where the connection was lost the last command may go on alone: its end comes first.
 */
async function steady(site: Site, lost: boolean, signal: AbortSignal, left = 3): Promise<void> {
  if (lost) site.log.say('The connection was lost; connecting again.');
  try {
    await booted(site, signal);
    if (lost) await waitForRemoteProcesses(site, site.journal.now.id, signal);
  } catch (failed) {
    if (failed instanceof ConnectionLost && left > 0) await steady(site, true, signal, left - 1);
    else site.log.say(String(failed));
  }
}
