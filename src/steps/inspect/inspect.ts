import type { Application } from '../../app/application.ts';
import type { Finding } from '../../finding.ts';
import type { Clock, InspectFacts } from '../../plan/facts.ts';
import type { Site } from '../../plan/site.ts';
import type { Step } from '../../plan/step.ts';
import { ledgerDatabase, openDatabases } from '../database/databases.ts';
import { linksUnknown } from '../served/links.ts';
import { servingPools } from '../served/pools.ts';
import { joinFpm } from '../../remedies/access.ts';
import { beginStage } from './begin-stage.ts';
import { clockOf } from './database-state.ts';
import { askDatabasesAndSite, visitWhereRefused } from './databases-and-site.ts';
import { askInside, noSettings, notAsked, type SeenInside } from './inside-fpm.ts';
import { readyLines } from './ready.ts';
import { isReadyForFirst, makeFirstRelease } from './first.ts';
import { largestSession } from './session-files.ts';
import { inInputs } from '../../remedy.ts';
import { poolsOf, sharingOf } from './sharing.ts';
import { judge, look, type ServerFacts } from './facts.ts';
import { adoptedUnknown } from './topics/adopted.ts';
import { envMissing } from './topics/environment.ts';
import { lacksExtensions } from './topics/php.ts';
import { isThere, type Purpose } from './topics/place.ts';
import { hasRelease } from './topics/releases.ts';
import { stateDirOf, writeDown, writeDownAnswers } from './write-down.ts';

/** Asks everything before anything is touched, and refuses with all problems at once. */
export function inspectFor(purpose: Purpose): Step<'inspect', never> {
  return {
    name: 'inspect',
    title: 'Inspect: what the server says',
    needs: [],
    changesSite: false,
    on: 'every host',
    run: async (site, signal) => inspect(site, purpose, signal),
    undo: 'nothing to undo',
  };
}

/**
 * Asks the server in one round, then the database, the site and PHP-FPM.
 * @throws Stopped when something is wrong, with all findings recorded
 */
export async function inspect(
  site: Site,
  purpose: Purpose,
  signal: AbortSignal,
): Promise<InspectFacts> {
  const facts = await lookAndJudge(site, purpose, signal);
  if (facts.application.ok) writeDown(site, facts, facts.application.application);
  const [asked, staged] = await bothEnded(
    askLive(site, facts, purpose, signal),
    beginStage(site, facts, signal),
  );
  await visitWhereRefused(site, facts, asked, purpose, signal);
  if (purpose === 'doctor') site.isReady(...readyLines(facts, asked, site.findings, site.config));
  site.stopAtErrors();
  const { clone } = facts.tree;
  if (asked === null || 'problem' in clone) throw new Error('inspect passed without facts');
  // It is open by now.
  const database = await ledgerDatabase(site, asked.live, signal);
  writeDownAnswers(site, asked, database.connection);
  return {
    ...{ ...asked, staged, settings: facts.settings, user: facts.place.user },
    changed: facts.deploy?.commit.changed ?? [],
    pools: facts.fpm?.settings?.pools ?? [],
  };
}

/** Where nothing is live, the release that a first deploy begins at is made, and looked at in its place. */
async function lookAtLive(site: Site, purpose: Purpose, signal: AbortSignal): Promise<ServerFacts> {
  const facts = await look(site, purpose, signal);
  if (isReadyForFirst(facts, site)) {
    await makeFirstRelease(site, sharingOf(facts, site.config), signal);
    return look(site, purpose, signal);
  }
  const { releases } = facts;
  // Its deploy was killed: nothing is live.
  const nothingLive = { ...releases, current: 'absent' as const };
  return releases.current === 'first' ? { ...facts, releases: nothingLive } : facts;
}

async function lookAndJudge(
  site: Site,
  purpose: Purpose,
  signal: AbortSignal,
): Promise<ServerFacts> {
  const facts = await lookAtLive(site, purpose, signal);
  const { clone } = facts.tree;
  // A refusal says too which commit is live. Of a first deploy none is.
  if (!('problem' in clone) && facts.releases.current !== 'first')
    site.journal.announce({ previous: clone.head });
  site.find(...judge(facts, site.config, site.run.repository));
  // Nothing else can be asked of a release that is not there.
  if (!hasRelease(facts.releases)) site.stopAtErrors();
  site.notVerified(...linksUnknown(facts.web, site.config), ...adoptedUnknown(facts.adopted));
  return facts;
}

/** Both are over, whatever came of them: what still goes on could not be rolled back. */
async function bothEnded<One, Other>(
  one: Promise<One>,
  other: Promise<Other>,
): Promise<[One, Other]> {
  await Promise.allSettled([one, other]);
  return Promise.all([one, other]);
}

/** What the running site itself says. */
interface Asked extends SeenInside {
  readonly live: Application;
  readonly alreadyLive: boolean;
  readonly clock: Clock;
  readonly largestSession: number;
}

/** An .env that is closed to us leaves the application with its defaults, which say nothing about this site: null then. */
async function askLive(
  site: Site,
  facts: ServerFacts,
  purpose: Purpose,
  signal: AbortSignal,
): Promise<Asked | null> {
  // Without mysqli every database would be called refused.
  const lacks = lacksExtensions(facts.php.php);
  if (!facts.application.ok || facts.environment === 'closed' || lacks) {
    site.find(...notAnswering(site, facts));
    site.notVerified(`The database, the sessions and PHP-FPM: ${whyNotAsked(facts)}.`);
    return null;
  }
  const live = facts.application.application;
  if (facts.environment === 'absent') {
    const closed = await openDatabases(site, live, signal);
    site.find(...withoutEnv(site, facts, closed));
    if (closed.length > 0) return null;
  }
  // Each takes its time, and none waits for another.
  const clock = clockOf(site, signal);
  const [now, alreadyLive, inside, bytes] = await Promise.all([
    clock,
    askDatabasesAndSite(site, facts, live, { purpose, clock }, signal),
    fromInside(site, facts, live, purpose, signal),
    clock.then(async () => largestSession(site, live, signal)),
  ]);
  return { ...inside, alreadyLive, clock: now, largestSession: bytes, live };
}

/** An application that does not answer without its .env: the file is what is missing. */
function notAnswering({ config }: Site, facts: ServerFacts): readonly Finding[] {
  const { environment, place } = facts;
  if (environment !== 'absent' || !isThere(place) || !isRoot(facts)) return [];
  return [envMissing(config, place.user, true)];
}

/** Whether .env would be at that path: it is not where the path lies inside of the application. */
function isRoot({ tree: { clone } }: ServerFacts): boolean {
  return 'problem' in clone || clone.top === clone.path;
}

function whyNotAsked(facts: ServerFacts): string {
  if (lacksExtensions(facts.php.php)) return 'PHP of the command line lacks an extension';
  return facts.environment === 'closed'
    ? 'without .env, which is closed to us, the application names others than its own'
    : 'the application does not answer on the command line';
}

/** Without .env the defaults of CodeIgniter lead to no database: then it is the file that is missing. */
function withoutEnv(
  { config }: Site,
  { environment, place }: ServerFacts,
  closed: readonly Finding[],
): readonly Finding[] {
  if (environment !== 'absent') return closed;
  return [envMissing(config, place.user, closed.length > 0)];
}

const unseen: SeenInside = { serving: [] };

/** Only where PHP-FPM is up and its configuration tells its socket; elsewhere it is unverified. */
async function fromInside(
  site: Site,
  server: ServerFacts,
  live: Application,
  purpose: Purpose,
  signal: AbortSignal,
): Promise<SeenInside> {
  const { fpm, web } = server;
  const { clone } = server.tree;
  const { 'fpm-service': unit } = site.config;
  const because = (why: string): SeenInside => {
    notAsked(site, why);
    return unseen;
  };
  if (fpm === null) return because('input fpm-service is none');
  if (fpm.active !== 'active') return unseen;
  if (fpm.settings === null) return noSettings(site, unit, fpm.runs);
  const { serving, findings, unverified } = servingPools(
    web,
    fpm.settings.pools,
    poolsOf(site.config, server.place),
  );
  site.notVerified(...unverified);
  if (serving.length === 0 && findings.length === 0) {
    const wishes = fpm.settings.pools.map(({ name }) => inInputs('', `fpm-pool: ${name}`));
    notAsked(site, 'it has several pools', { remedies: wishes });
    return unseen;
  }
  if ('problem' in clone) {
    mayNotAsk(site, server);
    return unseen;
  }
  for (const { params } of serving) maskSecrets(site, params);
  site.find(...findings);
  const sharing = sharingOf(server, site.config);
  const circumstances = { stateDir: stateDirOf(clone), purpose, sharing };
  return askInside(site, live, serving, circumstances, signal);
}

/** Without a clone there is no place for a question to PHP-FPM. That its socket is closed is known all the same. */
function mayNotAsk(site: Site, server: ServerFacts): void {
  const sharing = sharingOf(server, site.config);
  const { socketGroup } = sharing;
  if (socketGroup === null || server.place.groups.includes(socketGroup)) return;
  const why = `${sharing.user} is no member of ${socketGroup}`;
  notAsked(site, why, { remedies: [joinFpm(sharing)] });
}

function maskSecrets(site: Site, params: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(params)) {
    if (/pass|secret|token|key/i.test(name) && value !== '') site.mask(value);
  }
}
