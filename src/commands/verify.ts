import type { Site } from '../plan/site.ts';
import type { Step } from '../plan/step.ts';
import { walk } from '../plan/walk.ts';
import type { Report } from '../report/report.ts';
import { confirmSite } from '../steps/confirm.ts';
import { inspect } from '../steps/inspect/inspect.ts';
import { verifyLiveTables } from '../steps/database/described.ts';
import { lookAtCode } from '../steps/served/code.ts';
import { verifySessions } from '../steps/verify.ts';
import { conclude } from './conclude.ts';

/** The same questions as in a deploy, put to what is live; they change nothing. */
export const questionsToTheLiveSite: readonly Step[] = [
  {
    name: 'verify',
    title: 'Verify: the live table, and a session through the handler',
    async run(site, signal) {
      const application = live(site);
      await verifySessions(site, application, site.config.path, signal);
      await verifyLiveTables(site, application, signal);
      site.find(...(await lookAtCode(site, signal)));
      site.stopAtErrors();
    },
    undo: 'nothing to undo',
  },
  {
    name: 'confirm',
    title: 'Confirm: the live site as a visitor meets it',
    async run(site, signal) {
      await confirmSite(site, live(site), signal);
      site.stopAtErrors();
    },
    undo: 'nothing to undo',
  },
];

/** Is what is live right? Also a nightly drift check. */
export async function verify(site: Site, signal: AbortSignal): Promise<Report> {
  const walked = await walk([inspect, ...questionsToTheLiveSite], site, signal);
  return conclude(site, walked, 'already-live');
}

function live(site: Site): NonNullable<Site['learned']['live']> {
  if (site.learned.live === undefined) throw new Error('inspect has not answered yet');
  return site.learned.live;
}
