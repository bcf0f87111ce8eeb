import { errorFinding, type Finding } from '../finding.ts';
import type { Site } from '../plan/site.ts';
import type { Step } from '../plan/step.ts';
import { walk } from '../plan/walk.ts';
import type { Report } from '../report/report.ts';
import { confirmSite } from '../steps/confirm.ts';
import { ask } from '../server/round.ts';
import { askAgain, readOtherDeploys } from '../steps/inspect/topics/other-deploys.ts';
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

/** Is what is live right? Also a nightly drift check. It takes no lock, so it looks whether a deploy began meanwhile. */
export async function verify(site: Site, signal: AbortSignal): Promise<Report> {
  const steps = [inspect, ...questionsToTheLiveSite].map((step) =>
    step.name === 'confirm' ? { ...step, run: confirmUndisturbed } : step,
  );
  return conclude(site, await walk(steps, site, signal), 'already-live');
}

async function confirmUndisturbed(site: Site, signal: AbortSignal): Promise<void> {
  await confirmSite(site, live(site), signal);
  const { previous } = site.journal.now;
  const answers = await ask(site.server, askAgain(site.config), signal);
  const { holder } = readOtherDeploys(answers);
  const head = answers.head.stdout.trim();
  if (holder !== null || head !== previous) site.find(meanwhile(previous, head, holder?.owner));
  site.stopAtErrors();
}

function meanwhile(before: string, now: string, owner?: string): Finding {
  const [from, to] = [before.slice(0, 10), now.slice(0, 10)];
  return errorFinding(
    'deploy-meanwhile',
    owner === undefined
      ? `The live commit changed from ${from} to ${to} while the site was verified, so what was seen belongs to both.`
      : `A deploy began while the site was verified (${owner}), so what was seen may belong to two states.`,
    'Run verify again when the deploy is over; input lock-wait: 10m waits for it.',
  );
}

function live(site: Site): NonNullable<Site['learned']['live']> {
  if (site.learned.live === undefined) throw new Error('inspect has not answered yet');
  return site.learned.live;
}
