import { pending } from '../app/ledger.ts';
import type { Site } from '../plan/site.ts';
import type { Step } from '../plan/step.ts';
import { walk } from '../plan/walk.ts';
import type { Report } from '../report/report.ts';
import { confirm } from '../steps/confirm.ts';
import { carry } from '../steps/handover/carry.ts';
import { handOver } from '../steps/handover/flip.ts';
import { ledgerDatabase } from '../steps/database/databases.ts';
import { finish } from '../steps/finish.ts';
import { inspect } from '../steps/inspect/inspect.ts';
import { lock } from '../steps/lock.ts';
import { migrate } from '../steps/migrate.ts';
import { stage } from '../steps/stage.ts';
import { switchOver } from '../steps/switch.ts';
import { verify } from '../steps/verify.ts';
import { conclude } from './conclude.ts';
import { finishLeft } from './finish-left.ts';
import { questionsToTheLiveSite } from './verify.ts';

/** Everything that changes the server, in order. Until `switch` the live site is untouched. */
export const deed: readonly Step[] = [
  lock,
  stage,
  migrate,
  verify,
  carry,
  switchOver,
  handOver,
  confirm,
  finish,
];

/** The whole procedure: what was left unfinished, inspect, then the deed, each step proved, everything taken back when one fails. */
export async function deploy(site: Site, signal: AbortSignal): Promise<Report> {
  const unfinished = await finishLeft(site, deed, signal);
  if (unfinished !== null) return conclude(site, unfinished, 'deployed');
  const looked = await walk([inspect], site, signal);
  if (looked.failure !== undefined) return conclude(site, looked, 'deployed');
  const live = await isLive(site, signal);
  const steps = live ? questionsToTheLiveSite : deed;
  const walked = await walk(steps, site, signal);
  const all = { ...walked, steps: [...looked.steps, ...walked.steps] };
  return conclude(site, all, live ? 'already-live' : 'deployed');
}

/** The commit is checked out and the ledger has all its migrations: nothing to do but to look. */
async function isLive(site: Site, signal: AbortSignal): Promise<boolean> {
  const { commit, previous } = site.journal.now;
  const { live } = site.learned;
  if (commit !== previous || live === undefined) return false;
  const database = await ledgerDatabase(site, live, signal);
  const rows = await database.ledger(live.ledger.table);
  const scope = { namespaces: site.config.namespaces, namespace: live.namespace };
  return pending(live.migrations, rows, scope).length === 0;
}
