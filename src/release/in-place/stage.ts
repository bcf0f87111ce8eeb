import { shell, type Command } from '../../server/command.ts';
import { modesOfTree } from '../paths.ts';

// What a clone lacks. Writable places are the live ones, so that a migration finds what the application would find,
// but cache, logs and debug bar are the stage's own: a cached path of the stage must never reach the live site.
// A session handler that an unfinished deploy pinned in .env is not what the new code says.
const furnish = `# link .env and writable places into the stage
cd "$2" || exit
if [ -e .env ]; then :
elif grep -q '^# ci4-deploy begin ' "$1/.env" 2>/dev/null; then
  cp --preserve=all "$1/.env" .env && sed '/^# ci4-deploy begin /,/^# ci4-deploy end$/d' "$1/.env" >.env || exit
else
  ln -s "$1/.env" .env || exit
fi
for place in "$1"/writable/*; do
  name=\${place##*/}
  case $name in cache|logs|debugbar|session|'*') continue;; esac
  [ -d "$place" ] || continue
  rm -rf "writable/$name" && ln -s "$place" "writable/$name" || exit
done
mkdir -p writable/cache writable/logs writable/session`;

// A hook of the live tree (post-checkout) is not meant for the stage. Its files become the live ones.
const add = `# git worktree add
${modesOfTree}
exec git -c core.hooksPath=/dev/null worktree add --detach --quiet "$2" "$3"`;

// A git that was killed at it leaves the stage locked, and pruning spares what is locked (git-worktree(1)). By what git
// wrote it belongs to our directory, or to none yet.
const removal = `# remove the stage
cd "$1" && rm -rf "$2" || exit
for place in "$(git rev-parse --git-common-dir)"/worktrees/stage*; do
  case $(cat "$place/gitdir" 2>/dev/null) in */ci4-deploy/stage/.git|'') rm -f "$place/locked";; esac
done
git worktree prune`;

/** A second work tree of the clone at `path`. */
export function addStage(path: string, stage: string, commit: string): Command {
  return shell(add, [path, stage, commit], { cwd: path });
}

/** What the work tree needs to boot besides the files of the commit. */
export function furnishStage(path: string, stage: string): Command {
  return shell(furnish, [path, stage]);
}

/** Removes the second work tree, if it is there. */
export function removeStage(path: string, stage: string): Command {
  return shell(removal, [path, stage]);
}
