import { settled } from '../plan/settled.ts';
import type { Site } from '../plan/site.ts';
import { unwind, walk, type Walked } from '../plan/walk.ts';
import type { Report } from '../report/report.ts';
import { finish } from '../steps/finish.ts';
import { deed } from './deploy.ts';
import { conclude } from './conclude.ts';

/**
 * The post phase after a run that was killed: takes back what the journal calls begun.
 * A deploy that had reached `finish` was live and proved; that one is finished instead.
 */
export async function recover(site: Site, signal: AbortSignal): Promise<Report> {
  await settled(site, site.journal.now.id, signal);
  if (site.journal.now.begun.includes('finish')) {
    return conclude(site, await walk([finish], site, signal), 'deployed');
  }
  site.log.say('The run was stopped in the middle: taking back what it had begun.');
  const failure = new Error('the run was stopped in the middle');
  const walked: Walked = {
    steps: [],
    failure: undefined,
    undone: await unwind(deed, site, failure),
  };
  return conclude(site, walked, 'cancelled');
}
