import { waitForRemoteProcesses } from '../plan/remote-processes.ts';
import type { Site } from '../plan/site.ts';
import { unwind, walk, type Walked } from '../plan/walk.ts';
import type { Outcome, Report } from '../report/report.ts';
import { finish } from '../steps/finish.ts';
import { deed } from './deploy.ts';
import { conclude } from './conclude.ts';

/**
 * The post phase after a run that left something: rolls back what the journal calls begun.
 * A deploy that had reached `finish` was live and proved; that one is finished instead.
 * @param main how main ended; null when it was killed before it could say so
 */
export async function recover(
  site: Site,
  main: Outcome | null,
  signal: AbortSignal,
): Promise<Report> {
  await waitForRemoteProcesses(site, site.journal.now.id, signal);
  if (site.journal.now.begun.includes('finish')) {
    return conclude(site, await walk([finish], site, signal), 'deployed');
  }
  site.log.say(
    main === null
      ? 'The run was stopped in the middle: rolling back what it had begun.'
      : 'The deploy could not be rolled back completely: trying the rest once more.',
  );
  const failure = new Error('the run was stopped in the middle');
  const walked: Walked = {
    steps: [],
    failure: undefined,
    undone: await unwind(deed, site, failure),
  };
  return conclude(site, walked, main === null ? 'cancelled' : 'rolled-back');
}
