import { pending } from '../app/ledger.ts';
import type { Site } from '../plan/site.ts';
import type { Step } from '../plan/step.ts';
import { walk } from '../plan/walk.ts';
import type { Report } from '../report/report.ts';
import { confirm } from '../steps/confirm.ts';
import { carry } from '../steps/handover/carry.ts';
import { cutOverSessions } from '../steps/handover/cutover.ts';
import { ledgerDatabase } from '../steps/database/databases.ts';
import { finish, unlock } from '../steps/finish.ts';
import { inspect } from '../steps/inspect/inspect.ts';
import { lockStep, takeLock } from '../steps/lock.ts';
import { migrate } from '../steps/migrate.ts';
import { stage } from '../steps/stage.ts';
import { switchOver } from '../steps/switch.ts';
import { verify } from '../steps/verify.ts';
import { conclude } from './conclude.ts';
import { resolveInterruptedDeploys } from './resolve-interrupted.ts';
import { questionsToTheLiveSite } from './verify.ts';

const lock = lockStep(lockAndFinish);

/** The whole procedure in order: facts are asked under the lock, and until `switch` the live site is untouched. */
export const deed: readonly Step[] = [
  lock,
  inspect,
  stage,
  migrate,
  verify,
  carry,
  switchOver,
  cutOverSessions,
  confirm,
  finish,
];

const toDeploy = deed.slice(2);

/** Each step proved, everything rolled back when one fails. What is live already is only looked at. */
export async function deploy(site: Site, signal: AbortSignal): Promise<Report> {
  const seen = { live: false };
  const look: Step = {
    ...inspect,
    async run(own, until) {
      await inspectUnderLock(own, until);
      seen.live = await isLive(own, until);
    },
  };
  const part = { whole: deed, goesOn: true };
  const begun = await walk([lock, look], site, signal, part);
  if (begun.failure !== undefined) return conclude(site, begun, 'deployed');
  const left = seen.live ? [...questionsToTheLiveSite, unlock] : toDeploy;
  const walked = await walk(left, site, signal, { whole: deed, goesOn: false });
  const steps = [...begun.steps, ...walked.steps];
  return conclude(site, { ...walked, steps }, seen.live ? 'already-live' : 'deployed');
}

/** Where there was no place for a lock although nothing is wrong there, the lock itself has to say why. */
async function inspectUnderLock(site: Site, signal: AbortSignal): Promise<void> {
  await inspect.run(site, signal);
  if (site.journal.now.locked) return;
  await lockAndFinish(site, signal);
  await inspect.run(site, signal);
}

async function lockAndFinish(site: Site, signal: AbortSignal): Promise<void> {
  await resolveInterruptedDeploys(site, await takeLock(site, signal), deed, signal);
}

/** The commit is checked out, the ledger has all its migrations, no handler is pinned: nothing to do but to look. */
async function isLive(site: Site, signal: AbortSignal): Promise<boolean> {
  const { commit, previous, pinned } = site.journal.now;
  const { live } = site.learned;
  if (commit !== previous || live === undefined || pinned !== '') return false;
  const database = await ledgerDatabase(site, live, signal);
  const rows = await database.ledger(live.ledger.table);
  const scope = { namespaces: site.config.namespaces, namespace: live.namespace };
  return pending(live.migrations, rows, scope).length === 0;
}
