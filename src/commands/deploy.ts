import type { Host } from '../plan/host.ts';
import type { Site } from '../plan/site.ts';
import type { Step } from '../plan/step.ts';
import { walk } from '../plan/walk.ts';
import type { Report } from '../report/report.ts';
import { confirm } from '../steps/confirm.ts';
import { finish, unlock } from '../steps/finish.ts';
import { carry } from '../steps/handover/carry.ts';
import { cutOverSessions } from '../steps/handover/cutover.ts';
import { inspect, inspectFor } from '../steps/inspect/inspect.ts';
import { lockStep, takeLock } from '../steps/lock.ts';
import { migrate } from '../steps/migrate.ts';
import { stage } from '../steps/stage.ts';
import { switchOver } from '../steps/switch.ts';
import { verify } from '../steps/verify.ts';
import { conclude } from './conclude.ts';
import { resolveInterruptedDeploys } from './resolve-interrupted.ts';
import { confirmLive, verifyLive } from './verify.ts';

const lock = lockStep(lockAndResolve);

const inspectUnderLock: Step<'inspect', never> = {
  ...inspectFor('deploy'),
  // Where there was no place for a lock although nothing is wrong there, the lock itself has to say why.
  async run(site, signal) {
    const facts = await inspect(site, 'deploy', signal);
    if (site.journal.now.locked) return facts;
    await lockAndResolve(site, signal);
    return inspect(site, 'deploy', signal);
  },
};

const untilWeKnow: readonly Step[] = [lock, inspectUnderLock];

const changes: readonly Step[] = [
  stage,
  migrate,
  verify,
  carry,
  switchOver,
  cutOverSessions,
  confirm,
  finish,
];

const onlyLook: readonly Step[] = [verifyLive, confirmLive, unlock];

/** The whole procedure in order: facts are asked under the lock, and until `switch` the live site is untouched. */
export const deploySteps: readonly Step[] = [...untilWeKnow, ...changes];

/** Each step proved, everything rolled back when one fails. What is live already is only looked at. */
export async function deploy(host: Host, signal: AbortSignal): Promise<Report> {
  const begun = await walk(untilWeKnow, host, signal, { whole: deploySteps, goesOn: true });
  if (begun.failure !== undefined) return conclude(host, begun, 'deployed');
  const alreadyLive = host.facts.inspect?.alreadyLive === true;
  const rest = { whole: deploySteps, goesOn: false };
  const walked = await walk(alreadyLive ? onlyLook : changes, host, signal, rest);
  const steps = [...begun.steps, ...walked.steps];
  return conclude(host, { ...walked, steps }, alreadyLive ? 'already-live' : 'deployed');
}

async function lockAndResolve(site: Site, signal: AbortSignal): Promise<void> {
  await resolveInterruptedDeploys(site, await takeLock(site, signal), deploySteps, signal);
}
