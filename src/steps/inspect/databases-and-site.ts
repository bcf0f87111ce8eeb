import type { Application } from '../../app/application.ts';
import { pending } from '../../app/ledger.ts';
import { isError } from '../../finding.ts';
import type { HealthBefore } from '../../plan/facts.ts';
import type { Site } from '../../plan/site.ts';
import { ledgerDatabase, openDatabases } from '../database/databases.ts';
import { scopeOf } from '../database/due.ts';
import { usuallyAllowed } from '../database/rights.ts';
import { healthBefore } from '../health/before.ts';
import { clockOf, databaseStates, type Clock } from './database-state.ts';
import type { ServerFacts } from './facts.ts';
import type { Purpose } from './topics/place.ts';

/** What the databases and the site itself say. */
export interface DatabasesAndSite {
  /** Nothing is left to deploy: commit, ledger and session handler are those of the new code. */
  readonly alreadyLive: boolean;
  /** Absent where there is no health address, or the site is visited later. */
  readonly health?: HealthBefore;
}

/**
 * The databases first. While sshd looks up the name of the site nothing else goes through, which may take ten seconds. A
 * database would meanwhile close a connection that has not logged in.
 */
export async function askDatabasesAndSite(
  site: Site,
  facts: ServerFacts,
  live: Application,
  purpose: Purpose,
  signal: AbortSignal,
): Promise<DatabasesAndSite> {
  const [clock, closed] = await Promise.all([
    clockOf(site, signal),
    openDatabases(site, live, signal),
  ]);
  // Without .env they are known to be open.
  if (facts.environment !== 'absent') site.find(...closed);
  const [visited] = await Promise.all([
    visitUnlessLive(site, facts, live, purpose, signal),
    closed.length > 0 ? null : askDatabases(site, live, clock, purpose, signal),
  ]);
  return visited;
}

/** What is live already is visited once, when it is confirmed. */
async function visitUnlessLive(
  site: Site,
  facts: ServerFacts,
  live: Application,
  purpose: Purpose,
  signal: AbortSignal,
): Promise<DatabasesAndSite> {
  const alreadyLive = purpose === 'deploy' && (await isLive(site, facts, live, signal));
  if (alreadyLive) return { alreadyLive };
  const health = await healthBefore(site, live, purpose, signal);
  return { alreadyLive, ...(health === null ? {} : { health }) };
}

/** What the databases say; findings go to the site. */
async function askDatabases(
  site: Site,
  live: Application,
  clock: Clock,
  purpose: Purpose,
  signal: AbortSignal,
): Promise<void> {
  site.find(...(await databaseStates(site, live, clock, signal)));
  if (purpose === 'doctor') await rightsOf(site, live, signal);
}

/** A doctor knows no commit, but what most of them need. */
async function rightsOf(site: Site, live: Application, signal: AbortSignal): Promise<void> {
  const database = await ledgerDatabase(site, live, signal);
  const { ready, findings } = await usuallyAllowed(site, live, database);
  site.isReady(...ready);
  site.find(...findings);
}

/** The commit is checked out, the ledger has all its migrations, no handler is pinned: nothing to do but to look. */
async function isLive(
  site: Site,
  { tree: { clone }, others }: ServerFacts,
  live: Application,
  signal: AbortSignal,
): Promise<boolean> {
  if ('problem' in clone || clone.head !== site.config.commit || others.pinned !== '') return false;
  if (site.findings.some(isError)) return false;
  const database = await ledgerDatabase(site, live, signal);
  const rows = await database.ledger(live.ledger.table);
  return pending(live.migrations, rows, scopeOf(site, live)).length === 0;
}
