import { Cancelled, ConnectionLost, LockLost } from '../server/failures.ts';
import type { StepWithFacts } from './facts.ts';
import { hostsOf, type Fleet } from './fleet.ts';
import type { Host } from './host.ts';
import { Recorder } from './recorder.ts';
import { booted, endOwnCommands, waitForRemoteProcesses } from './remote-processes.ts';
import type { StepResult, StepRun, StepUndone, UndoResult } from './results.ts';
import type { Site } from './site.ts';
import type { Step } from './step.ts';

export interface Walked {
  readonly steps: readonly StepRun[];
  /** What stopped the walk; undefined when every step is done. */
  readonly failure: unknown;
  readonly undone: readonly StepUndone[];
}

/** How a part of a longer walk differs from a whole one. */
export interface Part {
  /** All steps that may have begun, to be rolled back with those of this part. */
  readonly whole: readonly Step[];
  /** More steps follow, so the journal stays open. */
  readonly goesOn: boolean;
}

/**
 * Runs the steps in order, each on all hosts before the next begins. The first failure, an error among the findings, or
 * an abort of the signal rolls everything back that had begun, newest first, on all hosts. Each host's journal says what
 * is begun before it begins.
 * Never throws for a failing step: the result says so.
 */
export async function walk(
  steps: readonly Step[],
  fleet: Fleet,
  signal: AbortSignal,
  { whole, goesOn }: Part = { whole: steps, goesOn: false },
): Promise<Walked> {
  const done: StepRun[] = [];
  for (const step of steps) {
    const ended = await runOnFleet(step, fleet, signal);
    done.push(...ended.map(({ run }) => run));
    const stopped = ended.find(({ run }) => run.result !== 'done');
    if (stopped === undefined) continue;
    const lost = ended.filter((one) => one.failure instanceof LockLost).map(({ host }) => host);
    const left = fleet.filter((host) => !lost.includes(host));
    return {
      steps: done,
      failure: stopped.failure,
      undone: await unwind(whole, left, stopped.failure),
    };
  }
  for (const host of fleet) {
    host.log.close();
    if (!goesOn) await host.journal.note({ closed: true });
  }
  return { steps: done, failure: undefined, undone: [] };
}

/** How a step ended on one host. */
interface Ended {
  readonly host: Host;
  readonly run: StepRun;
  readonly failure: unknown;
}

async function runOnFleet(
  step: Step,
  fleet: Fleet,
  signal: AbortSignal,
): Promise<readonly Ended[]> {
  const hosts = hostsOf(step, fleet).filter((host) => step.applies?.(host) ?? true);
  const ended = await Promise.all(hosts.map(async (host) => runStep(step, host, signal)));
  // What one host found out for all of them, the steps after it need on each.
  for (const host of fleet) {
    if (!hosts.includes(host)) host.learnFrom(fleet[0], step.name);
  }
  return ended;
}

async function runStep(step: Step, host: Host, signal: AbortSignal): Promise<Ended> {
  const { name, title, changesSite } = step;
  const began = host.log.seconds;
  const recorder = new Recorder();
  const ended = (result: StepResult['result'], failure?: unknown): Ended => {
    const seconds = host.log.seconds - began;
    const { name: server } = host.server;
    const run = { server, name, title, seconds, result, changesSite, ...recorder.recorded };
    return { host, run, failure };
  };
  try {
    signal.throwIfAborted();
    host.log.group(title);
    host.journal.begin(name);
    const site = host.site<StepWithFacts>(step.needs, recorder);
    host.learn(name, await step.run(site, signal));
    site.stopAtErrors();
    return ended('done');
  } catch (failure) {
    return ended(failure instanceof Cancelled ? 'cancelled' : 'failed', failure);
  }
}

/** Seconds for rolling everything back: what the runner leaves a cancelled job, less what we need to say so. */
const cancelledBudget = 6;

/**
 * Rolls back every step that the hosts' journals call begun, newest first, each on all hosts before the next. A failing
 * undo does not keep the others from theirs, but for those that finishing it needs.
 * @param failure why it is rolled back: a cancelled job leaves less time than a broken connection
 */
export async function unwind(
  steps: readonly Step[],
  hosts: readonly Host[],
  failure: unknown,
): Promise<StepUndone[]> {
  const rollbacks = await Promise.all(hosts.map(async (host) => prepared(host, failure)));
  for (const step of steps.toReversed()) {
    await Promise.all(rollbacks.map(async (rollback) => rollBackOne(step, rollback)));
  }
  await Promise.all(rollbacks.map(close));
  return rollbacks.flatMap(({ undone }) => undone);
}

/** The rollback of one host, as far as it has come. */
interface Rollback {
  readonly host: Host;
  readonly signal: AbortSignal;
  readonly undone: StepUndone[];
}

/** The lock is another deploy's by now: nothing is touched any more, so it was the last thing that was tried. */
function lockIsLost({ undone }: Rollback): boolean {
  const last = undone.at(-1)?.result;
  return typeof last === 'object' && last.failed instanceof LockLost;
}

async function prepared(host: Host, failure: unknown): Promise<Rollback> {
  const { config, journal, log } = host;
  const cancelled = failure instanceof Cancelled;
  const seconds = cancelled ? cancelledBudget : config['step-timeout'];
  const signal = AbortSignal.timeout(seconds * 1000);
  journal.rollingBack((failed) => {
    log.say(`The journal could not be written: ${String(failed)}`);
  });
  if (!cancelled && journal.now.begun.length > 0)
    await steady(host, failure instanceof ConnectionLost, signal);
  return { host, signal, undone: [] };
}

async function rollBackOne(step: Step, rollback: Rollback): Promise<void> {
  const { host, signal, undone } = rollback;
  if (lockIsLost(rollback) || !host.journal.now.begun.includes(step.name)) return;
  const kept = undone.some(isStranded) && step.keptWhenStranded === true;
  undone.push(await rollBack(step, host, kept, signal));
}

async function close(rollback: Rollback): Promise<void> {
  if (lockIsLost(rollback)) return;
  const { host, undone } = rollback;
  host.log.close();
  await host.journal.note({ closed: !undone.some(isStranded) });
}

/** Whether the rollback of a step failed. */
export function isStranded({ result }: UndoResult): boolean {
  return typeof result === 'object';
}

async function rollBack(
  step: Step,
  host: Host,
  kept: boolean,
  signal: AbortSignal,
): Promise<StepUndone> {
  const recorder = new Recorder();
  const began = host.log.seconds;
  const site = host.site([], recorder);
  const result = kept ? 'kept' : await undo(step, host, site, signal);
  const byHand = 'byHand' in step ? { remedy: step.byHand(site), finding: step.stranded } : null;
  const seconds = typeof step.undo === 'string' ? {} : { seconds: host.log.seconds - began };
  const { name: server } = host.server;
  return { server, name: step.name, result, byHand, ...seconds, ...recorder.recorded };
}

async function undo(
  step: Step,
  host: Host,
  site: Site,
  signal: AbortSignal,
): Promise<UndoResult['result']> {
  const { undo: rollback, name, title } = step;
  if (typeof rollback === 'string') return rollback;
  host.log.group(`Rolling back: ${title}`);
  try {
    const facts = await rollback(site, signal).catch(async (failed: unknown) => {
      if (!(failed instanceof ConnectionLost)) throw failed;
      await steady(host, true, signal);
      return rollback(site, signal);
    });
    host.learn(name, facts);
    const { begun, undone = [] } = host.journal.now;
    const left = begun.filter((other) => other !== name);
    await host.journal.note({ begun: left, undone: [...undone, name] });
    return 'undone';
  } catch (failed) {
    host.log.say(`This could not be rolled back: ${String(failed)}`);
    return { failed };
  }
}

/**
 * A server that goes down and comes up again is waited for: before its services are there nothing can be rolled back.
 * And where the connection was lost the last command may go on alone: its end comes first.
 */
async function steady(host: Host, lost: boolean, signal: AbortSignal, left = 3): Promise<void> {
  if (lost) host.log.say('The connection was lost; connecting again.');
  try {
    await booted(host, signal);
    if (lost) await endOwnCommands(host, signal);
    if (lost) await waitForRemoteProcesses(host, host.journal.now.id, signal);
  } catch (failed) {
    if (failed instanceof ConnectionLost && left > 0) await steady(host, true, signal, left - 1);
    else host.log.say(String(failed));
  }
}
