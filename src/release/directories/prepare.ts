import { shell, type Command } from '../../server/command.ts';
import { modesOfTree } from '../paths.ts';

// A rollback is one rename; a full disk must not keep its journal from being written.
const setAside = `# set room aside for the rollback
fallocate -l 1048576 "$1/lock/reserve" 2>/dev/null || head -c 1048576 /dev/zero >"$1/lock/reserve"`;

// The directory takes mode and group of the live one before git fills it, so that a group is inherited as it is there.
// A hook of the clone (post-checkout) is not meant for a release that nobody has seen yet.
const add = `# git worktree add
${modesOfTree}
mkdir -p "$3" && chmod --reference="$1/." "$3" && chgrp --reference="$1/." "$3" || exit
exec git -C "$2" -c core.hooksPath=/dev/null worktree add --detach --quiet "$3" "$4"`;

// Whatever the application writes is shared or begins empty, with the rights of the same folder of the live release.
// A session handler that an unfinished deploy pinned in .env is not what the new code says.
const furnish = `# link what releases share
live=$1 shared=$2 release=$3
shift 3
cd "$release" || exit
for one; do
  [ -e "$shared/$one" ] || { echo "$shared/$one is missing" >&2; exit 1; }
  mkdir -p "$(dirname -- "$one")" || exit
  case $(readlink -f -- "$(dirname -- "$one")")/ in
    "$(pwd -P)"/*) ;;
    *) echo "$(dirname -- "$one") leads out of the release" >&2; exit 1 ;;
  esac
  rm -rf -- "./$one" && ln -s "$shared/$one" "./$one" || exit
done
if grep -q '^# ci4-deploy begin ' .env 2>/dev/null; then
  rm .env && cp --preserve=all "$shared/.env" .env && sed '/^# ci4-deploy begin /,/^# ci4-deploy end$/d' "$shared/.env" >.env || exit
fi
for place in "$live/writable" "$live"/writable/*; do
  name=\${place#"$live/"}
  [ -d "$place" ] && [ ! -L "$place" ] && [ ! -L "$name" ] || continue
  mkdir -p "$name" && chgrp --reference="$place" "$name" && chmod --reference="$place" "$name" || exit
  case $(ls -ld "$place") in ??????????+*) getfacl -cp "$place" | setfacl --set-file=- "$name" || exit ;; esac
done
mkdir -p writable/cache`;

// A git that was killed at it leaves the work tree locked, and pruning spares what is locked (git-worktree(1)). By what
// git wrote it belongs to this release, or to none yet.
const removal = `# remove the release that did not go live
[ -n "$3" ] || exit 0
release=$1/releases/$3
[ "$(readlink -f -- "$1/current")" != "$(readlink -f -- "$release")" ] || { echo "$release is live" >&2; exit 1; }
rm -rf "$release" || exit
for place in "$2"/worktrees/*; do
  case $(cat "$place/gitdir" 2>/dev/null) in "$release/.git"|'') rm -f "$place/locked";; esac
done
git -C "$2" worktree prune`;

const untracked = `# files of the live release alone
git ls-files -z --others --directory --no-empty-directory "$@" ':!vendor' ':!node_modules' ':!writable/cache' ':!writable/debugbar'`;

/** Takes room on the disk before anything is changed. To run under the lock. */
export function reserve(stateDir: string): Command {
  return shell(setAside, [stateDir]);
}

/** The files of the commit in a directory of their own. */
export function addRelease(live: string, clone: string, release: string, commit: string): Command {
  return shell(add, [live, clone, release, commit]);
}

/** What the application needs besides: the shared paths, and writable folders like those of the live release. */
export function furnishRelease(
  live: string,
  shared: string,
  release: string,
  paths: readonly string[],
): Command {
  return shell(furnish, [live, shared, release, ...paths]);
}

/** Removes a release that did not go live, if it is there; the live one is refused. */
export function removeRelease(base: string, clone: string, name: string): Command {
  return shell(removal, [base, clone, name]);
}

/**
 * Files of the live release that git does not have and that are not shared, each with a NUL after it.
 * @param own pathspecs without what is shared
 */
export function filesOfItsOwn(live: string, own: readonly string[]): Command {
  return shell(untracked, own, { cwd: live });
}
