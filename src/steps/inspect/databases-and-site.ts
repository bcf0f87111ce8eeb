import type { Application } from '../../app/application.ts';
import { pending } from '../../app/ledger.ts';
import { isError } from '../../finding.ts';
import type { Clock } from '../../plan/facts.ts';
import type { Site } from '../../plan/site.ts';
import { ledgerDatabase, openDatabases } from '../database/databases.ts';
import { scopeOf } from '../database/due.ts';
import { usuallyAllowed } from '../database/rights.ts';
import { healthBefore } from '../health/before.ts';
import { databaseStates } from './database-state.ts';
import { goesOn } from './begin-stage.ts';
import type { ServerFacts } from './facts.ts';
import type { Purpose } from './topics/place.ts';

/**
 * What the databases and the site itself say; findings go to the site. The databases first. While sshd looks up the name
 * of the site nothing else goes through, which may take ten seconds. A database would meanwhile close a connection that
 * has not logged in. A deploy that goes on visits the site later, and asks what the databases are like.
 * @returns whether nothing is left to deploy: commit, ledger and session handler are those of the new code
 */
export async function askDatabasesAndSite(
  site: Site,
  facts: ServerFacts,
  live: Application,
  { purpose, clock }: { readonly purpose: Purpose; readonly clock: Promise<Clock> },
  signal: AbortSignal,
): Promise<boolean> {
  const later = goesOn(site, facts);
  const [known, closed] = await Promise.all([clock, openDatabases(site, live, signal)]);
  // Without .env they are known to be open.
  if (facts.environment !== 'absent') site.find(...closed);
  const [alreadyLive] = await Promise.all([
    purpose === 'deploy' && isLive(site, facts, live, signal),
    closed.length > 0 || later ? null : askDatabases(site, live, known, purpose, signal),
    purpose === 'deploy' ? null : healthBefore(site, live, purpose, signal),
  ]);
  return alreadyLive;
}

/** A deploy that goes on visits the site later. One that is refused does it now: all problems are said at once. */
export async function visitWhereRefused(
  site: Site,
  { releases }: ServerFacts,
  asked: { readonly live: Application } | null,
  purpose: Purpose,
  signal: AbortSignal,
): Promise<void> {
  if (purpose !== 'deploy' || asked === null || !site.findings.some(isError)) return;
  await healthBefore(site, asked.live, releases.current === 'first' ? 'first' : purpose, signal);
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
  { tree: { clone }, others, releases }: ServerFacts,
  live: Application,
  signal: AbortSignal,
): Promise<boolean> {
  if (releases.current === 'first') return false;
  if ('problem' in clone || clone.head !== site.config.commit || others.pinned !== '') return false;
  if (site.findings.some(isError)) return false;
  const database = await ledgerDatabase(site, live, signal);
  const rows = await database.ledger(live.ledger.table);
  return pending(live.migrations, rows, scopeOf(site, live)).length === 0;
}
