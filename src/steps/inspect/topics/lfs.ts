import type { Config } from '../../../config/config.ts';
import { errorFinding, type Finding } from '../../../finding.ts';
import { advice, asRoot, asUser, toSee } from '../../../remedy.ts';
import { quote } from '../../../server/command.ts';
import type { Commit } from './commit.ts';

/** Whether visitors would get the files that the commit keeps in Git LFS, and not their pointers. */
export function judgeLfs(state: Commit['lfs'], user: string, config: Config): readonly Finding[] {
  if (state === 'missing') return [missing(user, config)];
  return typeof state === 'string' ? [] : [notFetched(state.problem, config)];
}

// Without hooks: those of Git LFS serve who commits, and would fail where it is removed again.
function missing(user: string, { path }: Config): Finding {
  return errorFinding(
    'lfs-missing',
    'The commit keeps files in Git LFS, which is not set up on the server. Visitors would get pointer files of a few lines in their place.',
    [
      asRoot('Install it', 'sudo apt-get install -y git-lfs'),
      asUser(
        user,
        'Let the clone use it',
        `git -C ${quote(path)} lfs install --local --skip-repo`,
        `git -C ${quote(path)} lfs pull`,
      ),
    ],
  );
}

function notFetched(problem: string, { path, remote, commit, source }: Config): Finding {
  // The cause comes before the last line, which only says that it failed.
  const lines = problem.split('\n').map((line) => line.trim());
  const last = lines.filter((line) => line !== '').slice(-2);
  const pushed = source === 'push' ? ' A push does not bring them.' : '';
  return errorFinding(
    'lfs-not-fetched',
    `The server cannot fetch the files that the commit keeps in Git LFS.${pushed} Git LFS said: ${last.join(' ')}`,
    [
      toSee(
        'This has to work without a question',
        `git -C ${quote(path)} lfs fetch ${quote(remote)} ${quote(commit)}`,
      ),
      advice(
        'Let the deploy user read the remote of the clone, where these files are. Or commit them without Git LFS.',
      ),
    ],
  );
}
