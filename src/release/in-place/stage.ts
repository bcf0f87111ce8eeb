import { quote, shell, type Command } from '../../server/command.ts';
import { modesOfTree } from '../paths.ts';
import { staying } from './staying.ts';

// What the application may need and git does not have: ignored files of the server alone. What is neither tracked nor
// ignored was forgotten there, and a forgotten migration must not run. Folders are links to the live ones; files are hard
// links, or copies where the server allows none.
const serversOwn = `bring() { xargs -0 -r sh -c '
  to=$1 && shift
  for one; do
    [ -e "$one" ] && [ ! -e "$to/$one" ] && [ ! -L "$to/$one" ] || continue
    mkdir -p "$to/$(dirname "$one")" && { ln "$one" "$to/$one" 2>/dev/null || cp -p "$one" "$to/$one" 2>/dev/null; }
  done
  exit 0' sh "$1"; }
refer() { while IFS= read -r one; do
  [ -e "$1/$one" ] || [ -L "$1/$one" ] || { mkdir -p "$1/$(dirname "$one")" && ln -s "$PWD/$one" "$1/$one"; } || return
done; }
others() { git ls-files -z --others --ignored --exclude-standard --directory --no-empty-directory -- . ':!writable' ':!vendor' ':!node_modules' ':!.env'; }
(cd "$1" && others | grep -zv '/$' | bring "$2"
  others | grep -z '/$' | tr '\\0' '\\n' | sed 's#/$##' | refer "$2"
  staying "$3" "$2" | grep -zvx '\\.env' | bring "$2") || exit`;

// What a clone lacks. Writable places are the live ones, so that a migration finds what the application would find,
// but cache, logs and debug bar are the stage's own: a cached path of the stage must never reach the live site.
// A session handler that an unfinished deploy pinned in .env is not what the new code says.
const furnish = `# take what only the server has into the stage
${staying}
${serversOwn}
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
common=$(git rev-parse --git-common-dir)
[ -d "$common/worktrees" ] || exit 0
for place in "$common"/worktrees/stage* "$common"/worktrees/recalled*; do
  case $(cat "$place/gitdir" 2>/dev/null) in */ci4-deploy/stage/.git|*/ci4-deploy/recalled/.git|'') rm -f "$place/locked";; esac
done
git worktree prune`;

/** A second work tree of the clone at `path`. */
export function addStage(path: string, stage: string, commit: string): Command {
  const typed = `git worktree add --detach ${quote(stage)} ${commit}`;
  return shell(add, [path, stage, commit], { cwd: path, typed });
}

/** What the work tree needs to boot besides the files of the commit. */
export function furnishStage(path: string, stage: string, commit: string): Command {
  const [env, linked] = [quote(`${path}/.env`), quote(`${stage}/.env`)];
  const typed = `[ ! -e ${env} ] || ln -s ${env} ${linked}`;
  return shell(furnish, [path, stage, commit], { typed });
}

/** Files that the commit stops tracking and that stay in the live tree, each with a NUL after it. */
export function filesThatStay(path: string, stage: string, commit: string): Command {
  return shell(`# files that stay, untracked\n${staying}\nstaying "$1" "$2"`, [commit, stage], {
    cwd: path,
  });
}

/** Removes the second work tree, if it is there. */
export function removeStage(path: string, stage: string): Command {
  const typed = `rm -rf ${quote(stage)} && git -C ${quote(path)} worktree prune`;
  return shell(removal, [path, stage], { typed });
}
