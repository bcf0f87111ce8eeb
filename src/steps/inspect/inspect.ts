import type { Application } from '../../app/application.ts';
import type { Pool } from '../../app/pool.ts';
import type { Finding } from '../../finding.ts';
import type { Site } from '../../plan/site.ts';
import type { Step } from '../../plan/step.ts';
import { openDatabases } from '../database/databases.ts';
import { healthBefore } from '../health/before.ts';
import { servingPools } from '../served/pools.ts';
import { join } from '../tree/paths.ts';
import { databaseStates } from './database-state.ts';
import { askInside, notAsked } from './inside-fpm.ts';
import { largestSession } from './session-files.ts';
import { judge, look, type Facts } from './facts.ts';

/** Asks everything in one round, then the database, the site and PHP-FPM, and refuses, with all problems at once, before anything is touched. */
export const inspect: Step = {
  name: 'inspect',
  title: 'Inspect: what the server says',
  undo: 'nothing to undo',
  async run(site, signal) {
    const facts = await look(site, signal);
    site.find(...judge(facts, site.config));
    const live = facts.application.ok ? facts.application.application : undefined;
    // Without .env the application answers with its defaults, which say nothing about this site.
    if (live !== undefined && facts.environment === 'ok') {
      const closed = await openDatabases(site, live, signal);
      site.find(...closed);
      if (closed.length === 0) site.find(...(await databaseStates(site, live, signal)));
      site.find(...(await healthBefore(site, live, signal)));
      const bytes = await largestSession(site, live, signal);
      if (bytes !== null) site.learned.largestSession = bytes;
      site.find(...(await fromInside(site, facts, live, signal)));
    }
    site.stopAtErrors();
    await remember(site, facts, live);
  },
};

/** Only where PHP-FPM is up and its configuration tells its socket; elsewhere it is unverified. */
async function fromInside(
  site: Site,
  { fpm, web, tree: { clone } }: Facts,
  live: Application,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const { 'fpm-service': unit, path } = site.config;
  if (fpm === null) return [notAsked(site, 'input fpm-service is none', null)];
  if (fpm.active !== 'active' || 'problem' in clone) return [];
  if (fpm.settings === null) {
    return [notAsked(site, `the configuration of ${unit} cannot be read`, null)];
  }
  const { serving, findings, unverified } = servingPools(web, fpm.settings.pools, unit, path);
  site.learned.unverified.push(...unverified);
  if (serving.length === 0 && findings.length === 0) {
    return [notAsked(site, 'it has several pools', null)];
  }
  for (const { params } of serving) maskSecrets(site, params);
  return [...findings, ...(await askInside(site, live, serving, houseOf(clone), signal))];
}

function maskSecrets(site: Site, params: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(params)) {
    if (/pass|secret|token|key/i.test(name) && value !== '') site.mask(value);
  }
}

function houseOf({ gitDir }: { readonly gitDir: string }): string {
  return join(gitDir, 'ci4-deploy');
}

async function remember(site: Site, facts: Facts, live: Application | undefined): Promise<void> {
  const { clone } = facts.tree;
  if (live === undefined || 'problem' in clone) throw new Error('inspect passed without facts');
  site.learned.live = live;
  site.learned.settings = facts.settings;
  site.learned.user = facts.place.user;
  site.learned.pools = facts.fpm?.settings?.pools ?? [];
  site.learned.changed = facts.deploy?.commit.changed ?? [];
  await site.journal.note({
    stateDir: houseOf(clone),
    branch: clone.branch,
    // What only looks says what is live, whichever commit its workflow runs on.
    commit: facts.deploy === null ? clone.head : site.config.commit,
    previous: clone.head,
    writable: live.writable,
    pinned: facts.others.pinned,
    pools: distinctPools(site),
  });
  site.log.say(
    `CodeIgniter ${live.framework} on PHP ${live.php} at ${clone.head.slice(0, 10)}; sessions: ${live.session.driver}`,
  );
}

function distinctPools({ learned: { serving = [] } }: Site): readonly Pool[] {
  return [...new Map(serving.map(({ pool }) => [pool.listen, pool])).values()];
}
