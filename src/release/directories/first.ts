import { shell, type Command } from '../../server/command.ts';
import { join } from '../paths.ts';
import { furnishRelease } from './prepare.ts';

/**
 * The release that a first deploy begins at: the commit itself, without what a web server serves. So there is something to
 * ask, to migrate from and to go back to, and visitors find nothing there, as before. It goes with that deploy.
 */
export const firstRelease = '.first';

// What a first deploy made, a path below the base on each line, written down before it is made. Nothing else is removed.
// It says what is deleted, so nobody else may write to it.
const list = 'made-first';

// Only where nothing lies but what all releases share, with the settings of the server. Made beside and renamed, so that
// there is a whole repository or none; then there is a place for the lock. What was killed at it is called repo.new-<id>.
const lay = `# make a place for the first release
base=$1 branch=$2 id=$3
[ -e "$base/shared/.env" ] && [ -w "$base" ] || exit 0
[ ! -e "$base/current" ] && [ ! -L "$base/current" ] && [ ! -e "$base/repo" ] || exit 0
[ -z "$(ls -A "$base/releases" 2>/dev/null)" ] || exit 0
! ls -A "$base" | grep -qvxE 'shared|releases|lost[+]found|repo[.]new-.*' || exit 0
rm -rf "$base"/repo.new-*
new=$base/repo.new-$id
git init --quiet --bare "$new" && git -C "$new" symbolic-ref HEAD "refs/heads/$branch" && umask 077 &&
  mkdir "$new/ci4-deploy" && echo repo >"$new/ci4-deploy/${list}" && mv -T "$new" "$base/repo"
status=$?
rm -rf "$new"
exit "$status"`;

const fetch = `# fetch the commit of the first release
git remote get-url "$1" >/dev/null 2>&1 || git remote add "$1" "$2" || exit
git cat-file -e "$3^{commit}" 2>/dev/null && exit
git fetch --quiet --no-tags --refmap= "$1" "$3" || git fetch --quiet --no-tags --refmap= "$1" "$4"
git cat-file -e "$3^{commit}" 2>/dev/null || { echo "$1 has no such commit" >&2; exit 1; }`;

// An earlier first deploy may have been killed here, at another commit. Who owns a folder may give it a group that he is
// a member of, or else an ACL. Where nobody knows the group, as of mod_php, it is the one that may read the settings. Whether
// one of the two was possible shows when PHP-FPM is asked. Modes come first: nobody else can put a link there yet.
// Who may pass through the base is said by its own mode. Whatever the umask of the login is, PHP-FPM and the web server have
// to read what lies below, and to pass through the repository to a question that is laid down there.
// A web server that lists folders would answer well where nothing is served yet. So what it serves goes, and its index.php
// answers as if it were not there. Files of Git LFS stay pointers: whether the server can fetch them is asked later.
const make = `# make the first release
umask "$(printf %o $((0$(umask) & 0722)))"
base=$1 clone=$2 commit=$3 group=$4
[ -n "$group" ] || [ -z "$5" ] || group=$(id -gn "$5" 2>/dev/null)
[ -n "$group" ] || group=$(stat -Lc %G "$base/shared/.env")
shift 5
first=$base/releases/${firstRelease} list=$clone/ci4-deploy/${list}
folder() {
  [ ! -d "$base/$1" ] || return 0
  case $1 in */*) folder "$(dirname -- "$1")" || return ;; esac
  printf '%s\\n' "$1" >>"$list" && mkdir "$base/$1"
}
open() {
  [ -n "$group" ] || return 0
  find "$1" -type d -exec chmod 2775 {} +
  if ! chgrp -R "$group" "$1" 2>/dev/null; then
    setfacl -R -m "g:$group:rwX,d:g:$group:rwX,d:u:$(id -un):rwX" "$1" 2>/dev/null
  fi
  return 0
}
(umask 077 && : >>"$list") && chmod a+x "$clone" || exit
[ "$(readlink "$base/current")" != releases/${firstRelease} ] || rm -f "$base/current" || exit
folder releases && rm -rf "$first" || exit
for place in "$clone"/worktrees/*; do
  case $(cat "$place/gitdir" 2>/dev/null) in "$first/.git"|'') rm -f "$place/locked";; esac
done
git -C "$clone" worktree prune
git -C "$clone" -c core.hooksPath=/dev/null -c filter.lfs.process= -c filter.lfs.smudge= -c filter.lfs.required=false \\
  worktree add --detach --quiet "$first" "$commit" || exit
mkdir -p "$first/writable/cache" && open "$first/writable" || exit
for one; do
  [ ! -e "$base/shared/$one" ] || continue
  folder "$(dirname -- "shared/$one")" && printf '%s\\n' "shared/$one" >>"$list" || exit
  if [ -e "$first/$one" ]; then cp -a "$first/$one" "$base/shared/$one"; else mkdir "$base/shared/$one"; fi || exit
  case $one in writable/*) open "$base/shared/$one" ;; esac
done
cd "$first" && git grep -lz FCPATH -- '*index.php' | tr '\\0' '\\n' | while IFS= read -r index; do
  served=$(dirname -- "$index") && [ "$served" != . ] || served=$index
  git ls-files -z -- "$served" | grep -zvxF "$index" | xargs -0r rm -f --
  echo '<?php http_response_code(404);' >"$index"
done`;

const lead = `# current leads to the first release
cd "$1" && ln -sfn releases/${firstRelease} current.new && mv -T current.new current
[ ! -e releases/${firstRelease}/composer.lock ] || echo composer.lock`;

/**
 * Shell text for who holds the lock, before it is released. What a first deploy made is removed, unless a release went live,
 * and the lock with it. `$state` is the state directory, `$2` the id of the deploy, `$4` the base; empty where there is none.
 */
export const removeFirst = `made=$state/${list}
is_first() {
  [ -n "$1" ] && [ -f "$made" ] && ! grep -qF '"outcome":"deployed"' "$state/releases.jsonl" 2>/dev/null || return
  [ ! -e "$1/current" ] || [ "$(readlink "$1/current")" = releases/${firstRelease} ]
}
if is_first "$4"; then
  cd "$4" && rm -f current current.new && rm -rf releases/${firstRelease} || exit
  tac "$made" | grep -vx repo | while IFS= read -r one; do
    case $one in
      releases) rmdir releases || exit ;;
      *..*) exit 1 ;;
      shared/*) rm -rf "./$one" || exit ;;
    esac
  done || exit
  if grep -qx repo "$made"; then mv -T repo "repo.new-$2" && rm -rf "repo.new-$2"; exit; fi
  git -C repo worktree prune
  rm -f "$made"
fi`;

/** Shell text that a proved release is followed by, in `releases/`: the first one is not needed any more. `$2` is the state directory. */
export const forgetFirst = `rm -rf ./${firstRelease} && rm -f "$2/${list}"`;

/** Where a first deploy is made. */
export interface FirstPlace {
  /** Input path. */
  readonly base: string;
  /** Where git keeps what all releases have in common. */
  readonly clone: string;
  readonly branch: string;
  readonly commit: string;
}

/** Makes an empty repository, where there is nothing yet but the settings of the server. Else it does nothing. */
export function layPlace({ base, branch }: FirstPlace, id: string): Command {
  return shell(lay, [base, branch, id]);
}

/** Fetches the commit; fails where the server cannot. */
export function fetchFirst(
  { clone, commit, branch }: FirstPlace,
  remote: string,
  url: string,
): Command {
  return shell(fetch, [remote, url, commit, branch], { cwd: clone });
}

/**
 * Makes what releases share, and the release. To run under the lock, until one fails; the last one prints `composer.lock`
 * where the commit has it.
 * @param fpm the group that PHP-FPM writes by, or its user; empty where nobody knows them: then that of `.env`
 */
export function makeFirst(
  { base, clone, commit }: FirstPlace,
  shared: readonly string[],
  fpm: { readonly group: string; readonly user: string },
): readonly Command[] {
  const first = join(base, 'releases', firstRelease);
  return [
    shell(make, [base, clone, commit, fpm.group, fpm.user, ...shared]),
    furnishRelease(first, join(base, 'shared'), first, shared),
    shell(lead, [base]),
  ];
}
