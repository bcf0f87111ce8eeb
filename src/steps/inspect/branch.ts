import { shell } from '../../server/command.ts';
import { query } from '../../server/round.ts';
import type { Server } from '../../server/server.ts';

// Where no branch is checked out, the one that the remote calls its own.
const find = `# the branch that the server follows
cd "$1" 2>/dev/null || exit 0
git symbolic-ref --quiet --short HEAD && exit
git symbolic-ref --quiet --short "refs/remotes/$2/HEAD" | sed "s#^$2/##"`;

/**
 * The branch that is checked out at `path`.
 * @returns `main` where nobody can tell
 * @throws what a round throws
 */
export async function branchOf(
  server: Server,
  path: string,
  remote: string,
  signal: AbortSignal,
): Promise<string> {
  const { branch } = await query(server, { branch: shell(find, [path, remote]) }, signal);
  return branch.stdout.trim() || 'main';
}
