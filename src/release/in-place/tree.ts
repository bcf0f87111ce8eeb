import { quote, shell, type Command } from '../../server/command.ts';
import { join, modesOfTree } from '../paths.ts';
import type { Place } from '../strategy.ts';
import { staying } from './staying.ts';

/** The two work trees of one clone, and where their state is. */
export interface Trees extends Place {
  readonly staged: string;
}

/** Where the previous files are kept until the deploy is proved: links to them, which take no room. */
export function keptIn(stateDir: string): string {
  return join(stateDir, 'before');
}

// Every file of the tree $1 into the one we are in, a directory at a time, each by one rename.
const place = `place() {
  [ -d "$1" ] || return 0
  (cd "$1" && find . -type d -print0) | xargs -0 -r -n 1 sh -c '
    [ -d "$2" ] || mkdir -p "$2" || exit 255
    find "$1/$2" -maxdepth 1 ! -type d -print0 | xargs -0 -r mv -f -t "$2" || exit 255
  ' sh "$1" && rm -rf "$1"
}
changed() { git diff -z --name-only --no-renames --ignore-submodules=all --diff-filter="$@"; }`;

/** Above so many files git is quicker than renames are, and the tree is of two commits for a shorter time. */
const mostRenames = 2000;

// What a commit took out of git, and what stayed, comes into git again when that is gone back to. Where it is the same file
// still, it is not touched, and the rollback of that leaves it where it is. Names of such files stand in a file, as lines.
const there = `there() {
  [ -z "$2" ] || changed A HEAD "$1" | xargs -0 -r sh -c '
    commit=$1 && shift
    for one; do
      [ -f "$one" ] && [ ! -L "$one" ] && [ "$(git rev-parse "$commit:$one")" = "$(git hash-object -- "$one")" ] &&
        printf "%s\\n" "$one"
    done
    exit 0' sh "$1"
}
added() { if [ -s "$3" ]; then changed A "$1" "$2" | grep -zvxFf "$3"; else changed A "$1" "$2"; fi; }
indexed() { [ ! -s "$1" ] || tr '\\n' '\\0' <"$1" | git update-index -z "$2" --stdin; }`;

// git takes a file away before it writes the new one, and a request in between finds none, or half of one. So what a
// request may read is made ready beside the tree and then put into place by one rename each: first what is new, then what
// has changed. git sees it in its index, and does the rest: what goes, its own head, hooks. It does everything where
// somebody has changed something meanwhile (and then says what is in the way), where a rename would cross file systems, and
// where files inherit their group or their rights from the directory they are made in (setgid, acl(5)). What stays though it
// is not tracked any more leaves the index first, so that git does not remove it. A link more is a change of a file to
// git (ctime), so it looks again before a reset, as a merge does by itself.
const forward = `# git merge --ff-only, each file by one rename
cd "$1" || exit
${modesOfTree}
${place}
${there}
${staying}
over() {
  if [ -z "$2" ] || git merge-base --is-ancestor HEAD "$1"; then git merge --ff-only --quiet "$1"; return; fi
  git update-index -q --refresh
  git reset --keep --quiet "$1"
}
inherits() {
  rm -rf "$1" && mkdir -p "$1" && : >"$1/new" || return 1
  group=$(stat -c %g "$1/new")
  rm -rf "$1"
  [ "$group" = "$(stat -c %g app/Config/App.php)" ] || return 1
  case $(ls -ld app/Config/App.php) in ??????????+*) return 1 ;; esac
}
alone() {
  [ ! -e "$(git rev-parse --git-path index.lock)" ] && [ -z "$(git --no-optional-locks status --porcelain -uno --ignore-submodules=all)" ] &&
    { [ -n "$5" ] || git merge-base --is-ancestor HEAD "$2"; } && [ "$(stat -c %d .)" = "$(stat -c %d "$3")" ] &&
    [ "$(git diff --name-only --no-renames HEAD "$2" | wc -l)" -le ${mostRenames} ] && inherits "$4.group" &&
    added HEAD "$2" "$4.there" | xargs -0 -r sh -c 'for one; do [ ! -e "$one" ] && [ ! -L "$one" ] || exit 1; done' sh
}
rm -rf "$4" "$4.new" "$4.next" "$4.staying" "$4.there" && mkdir -p "$4" || exit
changed MD HEAD "$2" | xargs -0 -r cp -l --parents --preserve=mode,ownership -t "$4" 2>/dev/null ||
  { rm -rf "$4" && mkdir "$4" && changed MD HEAD "$2" | xargs -0 -r cp -p --parents -t "$4"; } || exit
staying "$2" "$3" >"$4.staying"
there "$2" "$5" >"$4.there" || exit
alone "$@" && apart=yes || apart=
git update-index -z --force-remove --stdin <"$4.staying" && indexed "$4.there" --add || exit
if [ -z "$apart" ]; then
  over "$2" "$5"
  status=$?
  [ "$status" = 0 ] || { git update-index -z --add --stdin <"$4.staying"; indexed "$4.there" --force-remove; }
  rm -f "$4.staying"
  exit "$status"
fi
rm -f "$4.staying"
mkdir -p "$4.new" "$4.next" || exit
added HEAD "$2" "$4.there" | tar -C "$3" --null -T - -cf - | tar -C "$4.new" -xpf - || exit
changed M HEAD "$2" | tar -C "$3" --null -T - -cf - | tar -C "$4.next" -xpf - || exit
place "$4.new" && place "$4.next" || exit
changed AM HEAD "$2" | git update-index --add -z --stdin || exit
over "$2" "$5"`;

// A kept file that never left is the very same one, which mv(1) refuses to move.
// What somebody else has changed since is not what the stage has, and stays; git then refuses, and says what it is.
// git stops half-way when the disk is full. Then only files of the commit may differ, which the tree was proved clean of;
// anything else is somebody's work of the last minute.
const back = `# the live tree goes back
cd "$1" || exit
${modesOfTree}
${place}
${there}
clean() { [ "$(git rev-parse HEAD)" = "$1" ] && [ -z "$(git --no-optional-locks status --porcelain -uno --ignore-submodules=all)" ]; }
tidy() { rm -rf "$1" "$1.new" "$1.next" "$1.group" "$1.staying" "$1.there"; }
clean "$2" && { tidy "$5"; exit; }
if [ -d "$5" ]; then
  (cd "$5" && find . ! -type d -print0) | xargs -0 -r -n 1 sh -c '
    [ ! -e "$3" ] || { [ ! "$3" -ef "$2/$3" ] && cmp -s "$3" "$1/$3"; } || rm -f "$2/$3"
  ' sh "$4" "$5"
  (cd "$5" && find . -type d -print0) | xargs -0 -r -n 1 sh -c '
    [ -d "$2" ] || { mkdir "$2" && chmod --reference="$1/$2" "$2" && chown --reference="$1/$2" "$2"; } || exit 255
  ' sh "$5" || exit
  place "$5" || exit
  if [ "$(git rev-parse HEAD)" = "$2" ]; then
    git reset --quiet
    added "$2" "$3" "$5.there" | xargs -0 -r -n 1 sh -c '! cmp -s "$2" "$1/$2" || rm -f "./$2"' sh "$4"
  else
    changed MD "$2" "$3" | git update-index --add -z --stdin
    indexed "$5.there" --force-remove
  fi
fi
git reset --keep --quiet "$2" 2>/dev/null && clean "$2" && { tidy "$5"; exit; }
other=$({ git diff --name-only --ignore-submodules=all "$2" "$3" | sed p; git diff --name-only --ignore-submodules=all "$2"; } | sort | uniq -u)
[ -z "$other" ] || { echo "changed meanwhile by somebody else: $other" >&2; exit 1; }
git reset --hard --quiet "$2" && added "$2" "$3" "$5.there" | xargs -0 -r rm -f && tidy "$5"`;

const isHead = `# the live commit is
[ "$(git rev-parse HEAD)" = "$1" ] || { echo "HEAD is $(git rev-parse HEAD)" >&2; exit 1; }`;

const seeHead = 'git rev-parse HEAD';

/**
 * The live tree moves to the commit; fails where it has moved elsewhere meanwhile.
 * @param backwards the commit may be one that does not follow the live one
 */
export function moveOver(
  { path, staged, stateDir }: Trees,
  commit: string,
  backwards: boolean,
): readonly Command[] {
  const way = backwards ? 'backwards' : '';
  const moves = backwards ? 'reset --keep' : 'merge --ff-only';
  const typed = `git -C ${quote(path)} ${moves} ${commit}`;
  return [
    shell(forward, [path, commit, staged, keptIn(stateDir), way], { typed }),
    shell(isHead, [commit], { cwd: path, typed: seeHead }),
  ];
}

/** The live tree is as it was before `commit`, the very same files; what somebody else changed since is not touched. */
export function moveBack(
  { path, staged, stateDir }: Trees,
  previous: string,
  commit: string,
): readonly Command[] {
  return [
    shell(back, [path, previous, commit, staged, keptIn(stateDir)], {
      typed: `git -C ${quote(path)} reset --keep ${previous}`,
    }),
    shell(isHead, [previous], { cwd: path, typed: seeHead }),
  ];
}
