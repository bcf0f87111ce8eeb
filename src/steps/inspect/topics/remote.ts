import type { Config } from '../../../config/config.ts';
import type { Finding } from '../../../finding.ts';
import { nothing, shell, succeeded, type Command, type Output } from '../../../server/command.ts';
import type { Clone } from './clone.ts';
import { unreachable } from './commit.ts';

/** Whether the server reaches the repository; asked without fetching anything. */
export interface Remote {
  /** The address of the remote, as the clone has it; empty where it has none. */
  readonly url: string;
  /** What git said against it; empty where it answered. */
  readonly problem: string;
}

const question = `# does the repository answer
git remote get-url "$1" 2>/dev/null || echo
git ls-remote --exit-code "$1" "refs/heads/$2" >/dev/null`;

/** Whether the branch is there to be fetched. */
export function askRemote({ path, remote, branch, source }: Config): Record<'remote', Command> {
  const asked = shell(question, [remote, branch], { cwd: path });
  return { remote: source === 'push' ? nothing : asked };
}

/** Reads what git said. */
export function readRemote({ remote }: Record<'remote', Output>): Remote {
  const problem = succeeded(remote) ? '' : remote.stderr.trim() || 'it has no such branch';
  return { url: remote.stdout.trim(), problem };
}

/** What keeps the server from fetching. */
export function judgeRemote(
  { url, problem }: Remote,
  clone: Clone | { readonly problem: string },
  user: string,
  config: Config,
): readonly Finding[] {
  if ('problem' in clone || problem === '') return [];
  return [unreachable(`branch ${config.branch}`, problem, url, user, config)];
}
