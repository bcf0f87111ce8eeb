import type { Host } from '../plan/host.ts';
import { waitForRemoteProcesses } from '../plan/remote-processes.ts';
import { unwind, walk } from '../plan/walk.ts';
import type { Outcome, Report } from '../report/report.ts';
import { finish } from '../steps/finish.ts';
import { deploySteps } from './deploy.ts';
import { conclude } from './conclude.ts';

/**
 * The post phase after a run that left something: rolls back what the journal calls begun.
 * A deploy that had reached `finish` was live and proved; that one is finished instead.
 * @param main how main ended; null when it was killed before it could say so
 */
export async function recover(
  host: Host,
  main: Outcome | null,
  signal: AbortSignal,
): Promise<Report> {
  await waitForRemoteProcesses(host, host.journal.now.id, signal);
  if (host.journal.now.begun.includes('finish')) {
    return conclude(host, await walk([finish], host, signal), 'deployed');
  }
  host.log.say(
    main === null
      ? 'The run was stopped in the middle: rolling back what it had begun.'
      : 'The deploy could not be rolled back completely: trying the rest once more.',
  );
  const undone = await unwind(deploySteps, host, new Error('the run was stopped in the middle'));
  const walked = { steps: [], failure: undefined, undone };
  return conclude(host, walked, main === null ? 'cancelled' : 'rolled-back');
}
