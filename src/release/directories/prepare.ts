import { quote, shell, type Command } from '../../server/command.ts';
import { modesOfTree } from '../paths.ts';

// A rollback is one rename; a full disk must not keep its journal from being written.
const setAside = `# set room aside for the rollback
fallocate -l 1048576 "$1/lock/reserve" 2>/dev/null || head -c 1048576 /dev/zero >"$1/lock/reserve"`;

// A server may be closed to all but a group. Then the files of a release have to be as open to PHP-FPM and the web server
// as those of the live one. Directories get mode, group and ACL before git fills them, so that what is new inherits them.
// Which files are programs git alone knows (X of chmod(1)). A group that this user may not give is left.
const add = `# git worktree add
${modesOfTree}
live=$1 clone=$2 release=$3 commit=$4
as_live() { # kind: d or f; mode and group that new ones have
  cd "$live" || return
  git -C "$clone" ls-tree -rz --name-only --full-tree $([ "$1" = f ] || echo -d) "$commit" | sed -z 's|^|./|' |
    xargs -0r sh -c 'kind=$1 mode=$2 group=$3; shift 3
      find "$@" -maxdepth 0 -type "$kind" ! \\( -perm "$mode" -group "$group" \\) -printf "%m %G %p\\0" 2>/dev/null' sh "$@"
}
bits() {
  printf %s "$1="; [ $(($2 & 4)) = 0 ] || printf rX; [ $(($2 & 2)) = 0 ] || printf w
}
given() { # kind, mode, group
  if [ "$1" = d ]; then mode=$2; else mode=$(bits u $((0$2 >> 6))),$(bits g $((0$2 >> 3))),$(bits o $((0$2))); fi
  cd "$release" && xargs -0r sh -c 'kind=$1 mode=$2 group=$3; shift 3
    for one; do
      shift; [ ! -L "$one" ] && [ -"$kind" "$one" ] && set -- "$@" "$one"
    done
    [ $# = 0 ] || { chgrp "$group" -- "$@" 2>/dev/null; chmod "$mode" -- "$@"; }' sh "$1" "$mode" "$3"
}
alike() {
  new=$(stat -c '%a %g' "$2") && as_live "$1" $new | tr '\\n\\0' ' \\n' | cut -d ' ' -f 1,2 | sort -u |
    while read -r mode group; do
      as_live "$1" $new | sed -zn "s|^$mode $group ||p" | given "$1" "$mode" "$group"
    done
}
mkdir -p "$release" && chmod --reference="$live/." "$release" || exit
chgrp --reference="$live/." "$release" 2>/dev/null
case $(ls -ld "$live/.") in ??????????+*) getfacl -cp "$live/." | setfacl --set-file=- "$release" || exit ;; esac
git -C "$clone" -c core.hooksPath=/dev/null worktree add --detach --quiet --no-checkout "$release" "$commit" || exit
git -C "$clone" ls-tree -rdz --name-only --full-tree "$commit" | (cd "$release" && xargs -0r mkdir -p --) || exit
(alike d "$release/app")
git -C "$release" -c core.hooksPath=/dev/null reset --hard --quiet || exit
(alike f "$release/app/Config/App.php")
exit 0`;

// Whatever the application writes is shared or begins empty, with the rights of the same folder of the live release.
// A session handler that an unfinished deploy pinned in .env is not what the new code says.
const furnish = `# link what releases share
${modesOfTree}
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
  mkdir -p "$name" && chmod --reference="$place" "$name" || exit
  chgrp --reference="$place" "$name" 2>/dev/null && chmod --reference="$place" "$name"
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

// What a commit takes out of git and ignores is meant to stay on the server.
const untracked = `# files of the live release alone
commit=$1 staged=$2
shift 2
git ls-files -z --others --directory --no-empty-directory "$@" ':!vendor' ':!node_modules' ':!writable/cache' ':!writable/debugbar'
git diff -z --name-only --no-renames --diff-filter=D HEAD "$commit" "$@" | (cd "$staged" && git check-ignore -z --no-index --stdin)
exit 0`;

/** Takes room on the disk before anything is changed. To run under the lock. */
export function reserve(stateDir: string): Command {
  return shell(setAside, [stateDir]);
}

/** The files of the commit in a directory of their own. */
export function addRelease(live: string, clone: string, release: string, commit: string): Command {
  const typed = `git -C ${quote(clone)} worktree add --detach ${quote(release)} ${commit}`;
  return shell(add, [live, clone, release, commit], { typed });
}

/** What the application needs besides: the shared paths, and writable folders like those of the live release. */
export function furnishRelease(
  live: string,
  shared: string,
  release: string,
  paths: readonly string[],
): Command {
  const typed = [
    `cd ${quote(release)}`,
    `for one in ${paths.map(quote).join(' ')}; do mkdir -p "$(dirname "$one")" && rm -rf "./$one" && ln -s ${quote(shared)}/"$one" "./$one"; done`,
    `for one in writable writable/*; do [ -L "$one" ] || [ ! -d ${quote(live)}/"$one" ] || { chgrp --reference=${quote(live)}/"$one" "$one" && chmod --reference=${quote(live)}/"$one" "$one"; }; done`,
  ].join(' && ');
  return shell(furnish, [live, shared, release, ...paths], { typed });
}

/** Removes a release that did not go live, if it is there; the live one is refused. */
export function removeRelease(base: string, clone: string, name: string): Command {
  const release = quote(`${base}/releases/${name}`);
  const typed = `rm -rf ${release} && git -C ${quote(clone)} worktree prune`;
  return shell(removal, [base, clone, name], name === '' ? {} : { typed });
}

/**
 * Files of the live release that the commit neither has nor deletes and that are not shared, each with a NUL after it.
 * @param own pathspecs without what is shared
 */
export function filesOfItsOwn(
  live: string,
  staged: string,
  commit: string,
  own: readonly string[],
): Command {
  return shell(untracked, [commit, staged, ...own], { cwd: live });
}
