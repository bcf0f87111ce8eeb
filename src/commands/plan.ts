import { errorFinding } from '../finding.ts';
import type { Fleet } from '../plan/fleet.ts';
import { Stopped } from '../plan/results.ts';
import type { Site } from '../plan/site.ts';
import type { Step } from '../plan/step.ts';
import { unwind, walk } from '../plan/walk.ts';
import type { Source } from '../steps/push/source.ts';
import type { Report } from '../report/report.ts';
import { broughtBy } from '../report/plan.ts';
import { foretell, type ReadMigrations } from '../steps/foretell.ts';
import { inspectFor } from '../steps/inspect/inspect.ts';
import { lockStep, takeLock } from '../steps/lock.ts';
import { stage } from '../steps/stage.ts';
import { conclude } from './conclude.ts';
import { sendAndInspect, underLock } from './deploy.ts';

/**
 * The first half of a deploy, which leaves the live site alone, and what it foretells of the second.
 * @param source where the commit is sent from; null where the server fetches it
 */
export function planSteps(read: ReadMigrations, source: Source | null = null): readonly Step[] {
  const inspect =
    source === null
      ? [underLock(inspectFor('deploy'), lockForPlan)]
      : sendAndInspect(source, lockForPlan);
  return [lockStep(lockForPlan), ...inspect, stage, foretell(read)];
}

/**
 * What a deploy of this commit would do. The commit is staged under the lock, so that its own code answers, and then stage
 * and lock are removed again.
 */
export async function plan(
  fleet: Fleet,
  signal: AbortSignal,
  steps: readonly Step[],
): Promise<Report> {
  for (const { journal } of fleet) journal.announce({ onlyPlans: true });
  const walked = await walk(steps, fleet, signal, { whole: steps, goesOn: true });
  const failed = walked.failure !== undefined;
  const undone = failed ? walked.undone : await unwind(steps, fleet, new Error('it was a plan'));
  const report = conclude(fleet, { ...walked, undone }, 'passed');
  const checked = fleet.map(({ server, config, facts }) => {
    const what = facts.plan === undefined ? '' : ` would bring ${broughtBy(facts.plan)}`;
    return `A deploy of ${config.commit.slice(0, 10)} to ${server.name} ${config.path}${what}`;
  });
  const outcome = report.outcome === 'refused' ? 'failed' : report.outcome;
  return { ...report, checked: checked.join('; '), outcome };
}

/** What an earlier deploy left is for the next deploy to finish: a plan rolls nothing back. */
async function lockForPlan(site: Site, signal: AbortSignal): Promise<void> {
  const left = await takeLock(site, signal);
  const [first] = left;
  if (first === undefined) return;
  site.find(
    errorFinding(
      'unfinished-deploy',
      `A deploy ended in the middle and was not finished since (${first.owner}), so nobody can say what the next one would do.`,
      'Run the deploy. It finishes that one first.',
    ),
  );
  throw new Stopped('an earlier deploy was not finished');
}
