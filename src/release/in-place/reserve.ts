import { shell, type Command } from '../../server/command.ts';

// What git writes to go back: the index, and the changed files as they are now. And a little for the journal.
const setAside = `# set room aside for the rollback
index=$(stat -c %s "$(git rev-parse --git-dir)/index") || exit
files=$(git diff-tree -r --no-renames "$2" "$3" | cut -d ' ' -f 3 | git cat-file --batch-check='%(objectsize)' | awk '/^[0-9]+$/ { sum += $1 + 4096 } END { print sum + 0 }')
fallocate -l $((2 * index + files + 1048576)) "$1/lock/reserve" 2>/dev/null ||
  head -c $((2 * index + files + 1048576)) /dev/zero >"$1/lock/reserve"`;

/**
 * Takes room on the disk before anything is changed, so that the rollback has it when the disk is full. To run in the
 * live clone, under the lock.
 */
export function reserve(stateDir: string, previous: string, commit: string): Command {
  return shell(setAside, [stateDir, previous, commit]);
}
