import { errorFinding } from '../finding.ts';
import { inInputs } from '../remedy.ts';
import type { Fleet } from '../plan/fleet.ts';
import type { StepName } from '../plan/results.ts';
import type { Site } from '../plan/site.ts';
import type { Step } from '../plan/step.ts';
import { unwind, walk, type Walked } from '../plan/walk.ts';
import type { Source } from '../steps/push/source.ts';
import type { Report } from '../report/report.ts';
import { adoptSite } from '../steps/adopt.ts';
import { confirm } from '../steps/confirm.ts';
import { finish, unlock } from '../steps/finish.ts';
import { afterSwitch } from '../steps/own/after-switch.ts';
import { inStage } from '../steps/own/in-stage.ts';
import { copySessions } from '../steps/cutover/copy.ts';
import { cutOverSessions } from '../steps/cutover/cutover.ts';
import { inspectFor } from '../steps/inspect/inspect.ts';
import { lockStep, takeLock } from '../steps/lock.ts';
import { migrate } from '../steps/migrate.ts';
import { pushStep, sendCommit } from '../steps/push/push.ts';
import { regressSince } from '../steps/regress-since.ts';
import { stage } from '../steps/stage.ts';
import { switchOver } from '../steps/switch.ts';
import { verify } from '../steps/verify.ts';
import { conclude } from './conclude.ts';
import { resolveInterruptedDeploys } from './resolve-interrupted.ts';
import { proveLive } from './verify.ts';
import { writtenDown } from './write-down.ts';

/** The steps of a deploy, by what is known when they begin. */
export interface Procedure {
  /** The lock, and what the server is like: facts are asked under the lock. */
  readonly look: readonly Step[];
  /** What brings the commit live. Until `switch` the live site is untouched. */
  readonly change: readonly Step[];
  /** What is left where the commit is live already. */
  readonly prove: readonly Step[];
}

/** The procedure of a deploy. */
export const procedure: Procedure = {
  look: [lockStep(lockAndResolve), underLock(inspectFor('deploy'), lockAndResolve)],
  change: [
    ...[stage, inStage, migrate, verify, copySessions],
    ...[switchOver, cutOverSessions, afterSwitch, confirm, finish],
  ],
  prove: [proveLive, unlock],
};

/** The same where the commit is sent from the checkout of the job. */
export function pushProcedure(source: Source): Procedure {
  return {
    ...procedure,
    look: [lockStep(lockAndResolve), ...sendAndInspect(source, lockAndResolve)],
  };
}

/** Inspect has the commit for certain: where there was no lock to send it under, it is sent once there is one. */
export function sendAndInspect(
  source: Source,
  take: (site: Site, signal: AbortSignal) => Promise<void>,
): readonly Step[] {
  const takeAndSend = async (site: Site, signal: AbortSignal): Promise<void> => {
    await take(site, signal);
    await sendCommit(site, source, signal);
  };
  return [pushStep(source), underLock(inspectFor('deploy'), takeAndSend)];
}

/** All steps that may have begun, in their order. */
export const deploySteps: readonly Step[] = [...procedure.look, ...procedure.change];

/** The same with those that only a rollback or an adoption has: whatever was interrupted is rolled back by its journal. */
export const everyStep: readonly Step[] = [
  ...deploySteps.slice(0, -1),
  regressSince,
  adoptSite,
  finish,
];

/** Each step proved, everything rolled back when one fails. What is live already is only looked at. */
export async function deploy(
  fleet: Fleet,
  signal: AbortSignal,
  { look, change, prove }: Procedure = procedure,
): Promise<Report> {
  const whole = [...look, ...change];
  const begun = await walk(look, fleet, signal, { whole, goesOn: true });
  if (begun.failure !== undefined) return writtenDown(fleet, conclude(fleet, begun, 'deployed'));
  if (!agreed(fleet)) return disagreed(fleet, begun, whole);
  const alreadyLive = fleet.every(({ facts }) => facts.inspect?.alreadyLive === true);
  const left = alreadyLive ? prove : change;
  const walked = await walk(left, fleet, signal, { whole, goesOn: false });
  const steps = [...begun.steps, ...walked.steps];
  const report = conclude(fleet, { ...walked, steps }, alreadyLive ? 'already-live' : 'deployed');
  return writtenDown(fleet, report);
}

/** All hosts of a fleet get the same commit; a rollback finds on each which it is. */
function agreed(fleet: Fleet): boolean {
  return new Set(fleet.map(({ config }) => config.commit)).size === 1;
}

async function disagreed(fleet: Fleet, begun: Walked, whole: readonly Step[]): Promise<Report> {
  const commits = fleet.map(({ server, config }) => `${server.name}: ${config.commit}`);
  const found = errorFinding(
    'hosts-disagree',
    `The deploy before the live one is not the same on all hosts (${commits.join(', ')}).`,
    inInputs('Name the commit to go back to', `to: ${fleet[0].config.commit}`),
  );
  const undone = await unwind(whole, fleet, new Error('the hosts disagree'));
  const report = conclude(fleet, { ...begun, undone }, 'deployed');
  return writtenDown(fleet, {
    ...report,
    outcome: 'refused',
    findings: [found, ...report.findings],
  });
}

/**
 * A step that has the lock for certain when it is done. Where there was no place for a lock, the step usually finds out
 * why. When it finds nothing wrong, the lock is tried again, and then the step.
 * @param take takes the lock, or throws what keeps it from that
 */
export function underLock<Name extends StepName>(
  step: Step<Name, never>,
  take: (site: Site, signal: AbortSignal) => Promise<void>,
): Step<Name, never> {
  return {
    ...step,
    async run(site, signal) {
      const facts = await step.run(site, signal);
      if (site.journal.now.locked) return facts;
      await take(site, signal);
      return step.run(site, signal);
    },
  };
}

/** Takes the lock, and finishes what earlier deploys left. */
export async function lockAndResolve(site: Site, signal: AbortSignal): Promise<void> {
  await resolveInterruptedDeploys(site, await takeLock(site, signal), everyStep, signal);
}
