import type { Inside } from '../../app/inside.ts';
import type { Application } from '../../app/application.ts';
import type { Pool } from '../../app/pool.ts';
import { errorFinding, type Finding } from '../../finding.ts';
import { asRoot } from '../../remedy.ts';
import { quote } from '../../server/command.ts';
import type { Site } from '../../plan/site.ts';
import { moved } from '../../release/paths.ts';
import { shareWritable } from '../../remedies/access.ts';
import { inside } from '../fpm/ask.ts';
import { sharedWith } from '../inspect/sharing.ts';
import { judgeFpmDatabases, judgeStagedDatabases } from './databases.ts';

/** What the pools that serve the site see of the stage, in their order. */
export type SeenByPools = readonly (Inside | string)[];

/** Asks them, one after the other. */
export async function askStagedPools(
  site: Site<'inspect'>,
  signal: AbortSignal,
): Promise<SeenByPools> {
  const { stateDir } = site.journal.now;
  const seen: (Inside | string)[] = [];
  for (const serving of site.facts.inspect.serving) {
    seen.push(await inside(site, serving, stateDir, site.release.staged, signal));
  }
  return seen;
}

/** The databases of the new code: those of the live tree, and those that PHP-FPM takes the new code to. */
export function judgeStagedConnections(
  site: Site<'inspect'>,
  application: Application,
  pools: SeenByPools,
): readonly Finding[] {
  const { live, changed } = site.facts.inspect;
  return [
    ...judgeStagedDatabases(live.connections, application.connections, changed, site.release.live),
    ...fromFpm(site, application, pools),
  ];
}

/** Where PHP-FPM does not answer for the stage, the live tree is asked after the switch. */
function fromFpm(
  site: Site<'inspect'>,
  application: Application,
  pools: SeenByPools,
): readonly Finding[] {
  const compared = { tree: 'the new code', unit: site.config['fpm-service'] };
  return site.facts.inspect.serving.flatMap((serving, at) => {
    const answer = pools[at] ?? '';
    if (typeof answer === 'string') return [];
    const unread = judgeUnread(site, serving.pool, answer);
    if (unread !== null) return [unread];
    if ('failure' in answer.session || !answer.readsEnv) return [];
    const { connections } = answer.session;
    return [
      ...judgeClosed(site, serving.pool, answer.closed),
      ...judgeFpmDatabases(connections, application.connections, serving, compared),
    ];
  });
}

/** The command line has booted it, so its files are there: PHP-FPM is kept from them. */
function judgeUnread(
  { release, facts, config }: Site<'inspect'>,
  pool: Pool,
  { session, readsEnv }: Inside,
): Finding | null {
  if (release.name === undefined) return null;
  const failed = 'failure' in session && session.failure.phase === 'paths';
  if (readsEnv && !failed) return null;
  const { user } = facts.inspect;
  const group = `"$(stat -c %G ${quote(`${config.path}/app/Config/App.php`)})"`;
  return errorFinding(
    'release-closed-to-fpm',
    `${pool.user}, who runs PHP-FPM, could not read ${release.staged}${failed ? '' : '/.env'}. Files of a new release belong to ${user}, and have group and mode of those of the live release.`,
    asRoot(
      `${user} becomes a member of the group of these files, and can give it. That counts from the next login on.`,
      `sudo usermod -aG ${group} ${quote(user)}`,
    ),
  );
}

/** A release is what visitors get, with folders of its own. They have the rights of those of the live release. */
function judgeClosed(
  { release, facts }: Site<'inspect'>,
  pool: Pool,
  closed: readonly string[],
): readonly Finding[] {
  if (release.name === undefined || closed.length === 0) return [];
  const { live, user } = facts.inspect;
  const sharing = { path: live.root, user, ...sharedWith(pool) };
  const places = closed.map((place) => moved(place, release.staged, live.root));
  return [
    errorFinding(
      'writable-closed-to-fpm',
      `${pool.user}, who runs PHP-FPM, could not write to ${closed.join(', ')}. Folders of a new release belong to ${user}, and have group and mode of those of the live release.`,
      shareWritable(sharing, places),
    ),
  ];
}
