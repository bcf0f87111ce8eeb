import type { Fleet } from '../plan/fleet.ts';
import type { Step } from '../plan/step.ts';
import { walk } from '../plan/walk.ts';
import type { Report } from '../report/report.ts';
import { adoptSite } from '../steps/adopt.ts';
import { unlock } from '../steps/finish.ts';
import { inspectFor } from '../steps/inspect/inspect.ts';
import { lockStep } from '../steps/lock.ts';
import { conclude } from './conclude.ts';
import { lockAndResolve, underLock } from './deploy.ts';

/** The steps of an adoption, in their order. */
export const adoptSteps: readonly Step[] = [
  lockStep(lockAndResolve),
  underLock(inspectFor('adopt'), lockAndResolve),
  adoptSite,
  unlock,
];

/**
 * Makes release directories beside a site that is deployed in place, and says which line of the web server leads visitors
 * there. The live site is not touched; when a step fails, what was made is removed.
 */
export async function adopt(fleet: Fleet, signal: AbortSignal): Promise<Report> {
  // It is no release, and the list of releases does not get it.
  for (const { journal } of fleet) journal.announce({ onlyPlans: true });
  const report = conclude(fleet, await walk(adoptSteps, fleet, signal), 'passed');
  const checked = fleet.map(({ server, config }) => `Adopted ${server.name} ${config.base}`);
  const outcome = report.outcome === 'refused' ? 'failed' : report.outcome;
  return { ...report, checked: checked.join('; '), outcome };
}
