import type { Fleet } from '../plan/fleet.ts';
import { endOwnCommands, waitForRemoteProcesses } from '../plan/remote-processes.ts';
import { unwind, walk } from '../plan/walk.ts';
import type { Outcome, Report } from '../report/report.ts';
import { finish } from '../steps/finish.ts';
import { everyStep } from './deploy.ts';
import { conclude } from './conclude.ts';
import { writtenDown } from './write-down.ts';

/**
 * The post phase after a run that left something: rolls back what the journal calls begun.
 * A deploy that had reached `finish` was live and proved; that one is finished instead.
 * @param main how main ended; null when it was killed before it could say so
 */
export async function recover(
  fleet: Fleet,
  main: Outcome | null,
  signal: AbortSignal,
): Promise<Report> {
  const isProved = fleet.some(({ journal }) => journal.now.begun.includes('finish'));
  for (const host of fleet) {
    if (!isProved) await endOwnCommands(host, signal);
    await waitForRemoteProcesses(host, host.journal.now.id, signal);
  }
  if (isProved) {
    return conclude(fleet, await walk([finish], fleet, signal), 'deployed');
  }
  fleet[0].log.say(
    main === null
      ? 'The run was stopped in the middle: rolling back what it had begun.'
      : 'The deploy could not be rolled back completely: trying the rest once more.',
  );
  const undone = await unwind(everyStep, fleet, new Error('the run was stopped in the middle'));
  const walked = { steps: [], failure: undefined, undone };
  return writtenDown(fleet, conclude(fleet, walked, main === null ? 'cancelled' : 'rolled-back'));
}
