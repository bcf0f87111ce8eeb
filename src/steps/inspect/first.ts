import type { Config } from '../../config/config.ts';
import { errorFinding, type Finding } from '../../finding.ts';
import { Stopped } from '../../plan/results.ts';
import type { Site } from '../../plan/site.ts';
import { fetchFirst, makeFirst } from '../../release/directories/first.ts';
import { sharedPaths } from '../../release/directories/layout.ts';
import type { Sharing } from '../../remedies/access.ts';
import { bySsh, deployKey, makeRepository } from '../../remedies/clone.ts';
import { asUser, inInputs } from '../../remedy.ts';
import { quote, succeeded } from '../../server/command.ts';
import { ComposerFailed } from '../../server/failures.ts';
import { perform, queryLasting } from '../../server/round.ts';
import type { ServerFacts } from './facts.ts';
import { composerMissing } from './topics/composer.ts';

/** Whether this command makes the first release where there is none. A plan removes it again. */
export function mayBeFirst({ command }: Config): boolean {
  return command === 'deploy' || command === 'plan';
}

/** Whether nothing is live there, and everything is there that a first release needs. */
export function isReadyForFirst({ releases }: ServerFacts, { config, journal }: Site): boolean {
  const { current, closed, missing, occupied } = releases;
  if (!journal.now.locked || !mayBeFirst(config)) return false;
  if (current !== 'first' && (current !== 'absent' || occupied.length > 0)) return false;
  return closed.length === 0 && !missing.includes('.env');
}

/**
 * Makes the release that a first deploy begins at, under its lock.
 * @throws Stopped where the commit or its dependencies do not come, with the finding recorded
 */
export async function makeFirstRelease(
  site: Site,
  sharing: Sharing,
  signal: AbortSignal,
): Promise<void> {
  const { config, server } = site;
  if (config.source === 'fetch') await fetchCommit(site, sharing.user, signal);
  const fpm = { group: sharing.fpmGroup ?? '', user: sharing.fpmUser ?? '' };
  const made = await perform(server, makeFirst(config, sharedPaths(config), fpm), signal);
  if (made.at(-1)?.stdout.trim() === 'composer.lock' && config.composer !== 'never')
    await installDependencies(site, signal);
  site.did(`Nothing is live in ${config.base}: this is the first deploy there.`);
}

async function fetchCommit(site: Site, user: string, signal: AbortSignal): Promise<void> {
  const { config, run, server } = site;
  const url = bySsh(run.repository);
  const { fetched } = await queryLasting(
    server,
    { fetched: fetchFirst(config, config.remote, url) },
    signal,
  );
  if (succeeded(fetched)) return;
  stop(site, notFetched(config, { user, url, problem: fetched.stderr }));
}

function notFetched(
  { base, clone, commit, remote, branch }: Config,
  { user, url, problem }: { readonly user: string; readonly url: string; readonly problem: string },
): Finding {
  const first = problem.split('\n').find((line) => line.trim() !== '') ?? '';
  const byPush = inInputs('Or let the job send it: the server then needs no key', 'source: push');
  const message = `The server cannot fetch commit ${commit} from ${url || remote} for the first release in ${base}: ${first.trim()}`;
  if (url === '') return errorFinding('commit-unreachable', message, byPush);
  const repo = quote(clone);
  return errorFinding(
    'commit-unreachable',
    message,
    [
      asUser(
        user,
        'Make the repository of the releases, to keep the key in its settings',
        makeRepository(clone),
        `git -C ${repo} remote add ${quote(remote)} ${quote(url)}`,
      ),
      ...deployKey(user, { path: clone, repository: url, remote, branch }),
    ],
    byPush,
  );
}

async function installDependencies(site: Site, signal: AbortSignal): Promise<void> {
  const { config, server, release } = site;
  const question = { ...release.installDependencies(config.php), cwd: config.path, survives: true };
  const { installed } = await queryLasting(server, { installed: question }, signal);
  if (succeeded(installed)) {
    site.did(`Dependencies were installed: ${installed.stdout.split('\n')[0] ?? ''}`);
    return;
  }
  if (installed.stderr.includes('composer: not found'))
    stop(site, composerMissing('The first release has a composer.lock'));
  throw new ComposerFailed(server.name, 'composer install', installed);
}

function stop(site: Site, found: Finding): never {
  site.find(found);
  throw new Stopped(found.message);
}
