import { shell, type Command } from '../server/command.ts';
import { modesOfTree } from './paths.ts';

/** The submodules of a commit, by their paths. */
export interface Submodules {
  /** To be fetched: new, changed, or not there in the live tree. */
  readonly fetched: readonly string[];
  /** The live tree has them as the commit wants them. */
  readonly kept: readonly string[];
}

/** Where submodules come from, and where they go. */
export interface Fetching {
  readonly live: string;
  /** Where git keeps what all work trees have in common. */
  readonly clone: string;
  readonly stateDir: string;
  readonly staged: string;
}

// In a repository of our own, which borrows the objects of the clone: `git submodule` writes into the configuration of the
// one it works in, and that of the site is not ours. What was fetched stays there for the next deploy. A git that was
// killed at it left locks; ours is the only one that works there. The stage gets files alone, so that no git takes them for anything but
// the contents of a directory.
const fetch = `# fetch the submodules into the stage
live=$1 clone=$2 cache=$3/submodules stage=$4 commit=$5 remote=$6
shift 6
set -- "$live" "$@"
${modesOfTree}
shift
cd "$clone" && common=$(cd "$(git rev-parse --git-common-dir)" && pwd -P) || exit
url=$(git remote get-url "$remote" 2>/dev/null) ssh=$(git config core.sshCommand)
[ -z "$ssh" ] || export GIT_SSH_COMMAND="$ssh"
mkdir -p "$cache" && cd "$cache" || exit
[ -d .git ] || git init --quiet . || exit
find .git -name '*.lock' -type f -delete
printf '%s\\n' "$common/objects" >.git/objects/info/alternates
[ -z "$url" ] || git config remote.origin.url "$url"
git update-ref --no-deref HEAD "$commit" && git read-tree --reset "$commit" && git checkout-index -f -q .gitmodules || exit
git submodule --quiet sync --recursive -- "$@" && git submodule --quiet init -- "$@" || exit
git submodule --quiet update --init --recursive --force --checkout -- "$@" || exit
for one; do
  mkdir -p "$stage/$one" && tar -C "./$one" --exclude=.git -cf - . | tar -C "$stage/$one" -xpf - || exit
done`;

const link = `# link the submodules that stay into the stage
live=$1 stage=$2
shift 2
for one; do
  rm -rf "$stage/$one" && mkdir -p "$(dirname "$stage/$one")" || exit
  cp -al "$live/$one" "$stage/$one" 2>/dev/null || { rm -rf "$stage/$one"; cp -a "$live/$one" "$stage/$one"; } || exit
  rm -rf "$stage/$one/.git"
done`;

/** Brings what has to be fetched into the stage; fails where the server cannot fetch it. */
export function fetchSubmodules(
  { live, clone, stateDir, staged }: Fetching,
  commit: string,
  remote: string,
  paths: readonly string[],
): Command {
  return shell(fetch, [live, clone, stateDir, staged, commit, remote, ...paths]);
}

/** Brings what the live tree has already into the stage. */
function linkSubmodules(
  { live, staged }: Pick<Fetching, 'live' | 'staged'>,
  paths: readonly string[],
): Command {
  return shell(link, [live, staged, ...paths]);
}

/** What brings those of a commit that stay; nothing where there are none. */
export function kept(
  submodules: Submodules | undefined,
  trees: Pick<Fetching, 'live' | 'staged'>,
): readonly Command[] {
  const { kept: paths = [] } = submodules ?? {};
  return paths.length === 0 ? [] : [linkSubmodules(trees, paths)];
}
