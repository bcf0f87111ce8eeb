import type { Fleet } from '../plan/fleet.ts';
import type { Site } from '../plan/site.ts';
import type { Report } from '../report/report.ts';
import { choose, chooseCommit } from '../steps/choose.ts';
import { finish } from '../steps/finish.ts';
import { inspectFor } from '../steps/inspect/inspect.ts';
import { lockStep } from '../steps/lock.ts';
import { regressSince } from '../steps/regress-since.ts';
import { deploy, lockAndResolve, procedure, underLock, type Procedure } from './deploy.ts';

/** The procedure of a rollback: that of a deploy, once it is known under the lock which commit it is. */
export const rollbackProcedure: Procedure = {
  prove: procedure.prove,
  change: procedure.change,
  look: [lockStep(lockAndResolve), choose, underLock(inspectFor('deploy'), lockAndChoose)],
};

/** The same where input undo-migrations asks for the migrations since to go as well. */
export const withRegress: Procedure = {
  ...rollbackProcedure,
  change: [...procedure.change.slice(0, -1), regressSince, finish],
};

/** A deploy of a commit that was live before. Like any other it is proved, rolled back when a step fails, and written down. */
export async function rollback(fleet: Fleet, signal: AbortSignal): Promise<Report> {
  const [{ config }] = fleet;
  const steps = config['undo-migrations'] === 'always' ? withRegress : rollbackProcedure;
  return deploy(fleet, signal, steps);
}

async function lockAndChoose(site: Site, signal: AbortSignal): Promise<void> {
  await lockAndResolve(site, signal);
  await chooseCommit(site, signal);
}
