import { errorFinding, type Finding } from '../finding.ts';
import type { Fleet } from '../plan/fleet.ts';
import type { Site } from '../plan/site.ts';
import type { Step } from '../plan/step.ts';
import { walk } from '../plan/walk.ts';
import type { Report } from '../report/report.ts';
import { confirmSite } from '../steps/confirm.ts';
import { query } from '../server/round.ts';
import { askAgain, readOtherDeploys } from '../steps/inspect/topics/other-deploys.ts';
import { inspectFor } from '../steps/inspect/inspect.ts';
import { verifyLiveTables } from '../steps/database/described.ts';
import { lookAtCode } from '../steps/served/code.ts';
import { canaryNow, verifySessions } from '../steps/verify.ts';
import { conclude } from './conclude.ts';

/** The same questions as in a deploy, put to what is live; they change nothing. */
export const verifyLive: Step<'verify', 'inspect'> = {
  name: 'verify',
  title: 'Verify: the live table, and a session through the handler',
  needs: ['inspect'],
  changesSite: false,
  on: 'once per database',
  async run(site, signal) {
    const { live, largestSession } = site.facts.inspect;
    const tree = site.release.live;
    const canary = live.session.inDatabase ? canaryNow(site, tree, signal) : null;
    const where = { tree, largestSession, migrated: false, canary };
    // None of them changes anything, and none waits for another.
    const [columns, printed, old] = await Promise.all([
      verifySessions(site, live, where, signal),
      verifyLiveTables(site, signal),
      lookAtCode(site, signal),
      canary,
    ]);
    site.find(...old);
    return { columns, ...printed };
  },
  undo: 'nothing to undo',
};

/** The live site as a visitor meets it. */
export const confirmLive: Step<'confirm', 'inspect'> = {
  name: 'confirm',
  title: 'Confirm: the live site as a visitor meets it',
  needs: ['inspect'],
  changesSite: false,
  on: 'every host',
  async run(site, signal) {
    await confirmSite(site, site.facts.inspect.live, signal);
    return undefined;
  },
  undo: 'nothing to undo',
};

/** Both at once, under the lock of a deploy that has nothing to do: neither changes anything, or waits for the other. */
export const proveLive: Step<'verify', 'inspect'> = {
  ...verifyLive,
  title: 'Verify: the live table, and the live site as a visitor meets it',
  on: 'every host',
  async run(site, signal) {
    const [verified, confirmed] = await Promise.allSettled([
      verifyLive.run(site, signal),
      confirmLive.run(site, signal),
    ]);
    if (verified.status === 'rejected') throw verified.reason;
    if (confirmed.status === 'rejected') throw confirmed.reason;
    return verified.value;
  },
};

// Verify takes no lock, so it looks whether a deploy began meanwhile.
const confirmUndisturbed: Step<'confirm', 'inspect'> = {
  ...confirmLive,
  async run(site, signal) {
    await confirmSite(site, site.facts.inspect.live, signal);
    site.find(...(await otherDeploys(site, signal)));
    return undefined;
  },
};

/** The steps of a verify, in their order. */
export const verifySteps: readonly Step[] = [inspectFor('verify'), verifyLive, confirmUndisturbed];

/** Is what is live right? Also a nightly drift check. */
export async function verify(fleet: Fleet, signal: AbortSignal): Promise<Report> {
  return conclude(fleet, await walk(verifySteps, fleet, signal), 'already-live');
}

async function otherDeploys(site: Site, signal: AbortSignal): Promise<readonly Finding[]> {
  const { previous } = site.journal.now;
  const answers = await query(site.server, askAgain(site.config, site.release), signal);
  const { holder } = readOtherDeploys(answers);
  const head = answers.head.stdout.trim();
  const changed = holder !== null || head !== previous;
  return changed ? [meanwhile(previous, head, holder?.owner)] : [];
}

function meanwhile(before: string, now: string, owner?: string): Finding {
  const [from, to] = [before.slice(0, 10), now.slice(0, 10)];
  return errorFinding(
    'deploy-meanwhile',
    owner === undefined
      ? `The live commit changed from ${from} to ${to} while the site was verified, so the answers belong to both.`
      : `A deploy began while the site was verified (${owner}), so the answers may belong to two states.`,
    'Run verify again when the deploy is over; input lock-wait: 10m waits for it.',
  );
}
