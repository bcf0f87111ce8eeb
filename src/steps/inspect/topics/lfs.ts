import type { Config } from '../../../config/config.ts';
import { errorFinding, type Finding } from '../../../finding.ts';
import type { Sharing } from '../../../remedies/access.ts';
import { bySsh, makeRepository } from '../../../remedies/clone.ts';
import { advice, asRoot, asUser, toSee, type Instruction } from '../../../remedy.ts';
import { quote } from '../../../server/command.ts';
import type { Commit } from './commit.ts';

/** Whether visitors would get the files that the commit keeps in Git LFS, and not their pointers. */
export function judgeLfs(
  state: Commit['lfs'],
  { user, first = false }: Sharing,
  config: Config,
  repository: string,
): readonly Finding[] {
  if (state === 'missing') {
    return [
      errorFinding(
        'lfs-missing',
        'The commit keeps files in Git LFS, which is not set up on the server. Visitors would get pointer files of a few lines in their place.',
        [
          asRoot('Install it', 'sudo apt-get install -y git-lfs'),
          first ? useInFirst(user, config) : useInLive(user, config),
        ],
      ),
    ];
  }
  if (typeof state === 'string') return [];
  return [notFetched(state.problem, config, first ? originOf(user, config, repository) : [])];
}

// Without hooks: those of Git LFS serve who commits, and would fail where it is removed again.
const install = 'lfs install --local --skip-repo';

function useInLive(user: string, { path }: Config): Instruction {
  const git = `git -C ${quote(path)}`;
  return asUser(user, 'Let the clone use it', `${git} ${install}`, `${git} lfs pull`);
}

/** What a first deploy made went with it. A repository that is there is used. */
function useInFirst(user: string, { clone }: Config): Instruction {
  return asUser(
    user,
    'Make the repository of the releases, and let it use Git LFS',
    makeRepository(clone),
    `git -C ${quote(clone)} ${install}`,
  );
}

/** Where a first release has its files from: there is no clone that knows it. */
function originOf(
  user: string,
  { clone, remote }: Config,
  repository: string,
): readonly Instruction[] {
  const git = `git -C ${quote(clone)}`;
  return [
    asUser(
      user,
      'Make the repository of the releases, and let it know the remote',
      makeRepository(clone),
      `${git} remote get-url ${quote(remote)} >/dev/null 2>&1 || ${git} remote add ${quote(remote)} ${quote(bySsh(repository))}`,
    ),
    toSee('Let it have the commit', `${git} fetch -q ${quote(remote)}`),
  ];
}

function notFetched(
  problem: string,
  { path, clone, remote, commit, source }: Config,
  origin: readonly Instruction[],
): Finding {
  // The cause comes before the last line, which only says that it failed.
  const lines = problem.split('\n').map((line) => line.trim());
  const last = lines.filter((line) => line !== '').slice(-2);
  const pushed = source === 'push' ? ' A push does not bring them.' : '';
  const git = `git -C ${quote(origin.length === 0 ? path : clone)}`;
  return errorFinding(
    'lfs-not-fetched',
    `The server cannot fetch the files that the commit keeps in Git LFS.${pushed} Git LFS said: ${last.join(' ')}`,
    [
      ...origin,
      toSee(
        'This has to work without a question',
        `${git} lfs fetch ${quote(remote)} ${quote(commit)}`,
      ),
      advice(
        'Let the deploy user read the remote of the clone, where these files are. Or commit them without Git LFS.',
      ),
    ],
  );
}
