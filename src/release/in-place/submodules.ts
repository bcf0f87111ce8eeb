import { shell, type Command } from '../../server/command.ts';

// Two renames for each, as for vendor. What was live lies beside until the deploy is proved.
const swap = `# submodules go live
live=$1 stage=$2 before=$3/submodules.before
shift 3
for one; do
  [ -d "$stage/$one" ] || continue
  if [ ! -e "$before/$one" ]; then
    mkdir -p "$live/$one" "$(dirname "$before/$one")" && mv -T "$live/$one" "$before/$one" || exit
  fi
  mkdir -p "$(dirname "$live/$one")" && mv -T "$stage/$one" "$live/$one" || exit
done`;

const back = `# submodules as before
live=$1 state=$2
shift 2
for one; do
  [ -e "$state/submodules.before/$one" ] || continue
  mkdir -p "$(dirname "$state/submodules.failed/$one")" && rm -rf "$state/submodules.failed/$one" || exit
  [ ! -e "$live/$one" ] || mv -T "$live/$one" "$state/submodules.failed/$one" || exit
  mkdir -p "$(dirname "$live/$one")" && mv -T "$state/submodules.before/$one" "$live/$one" || exit
done
rm -rf "$state/submodules.failed" "$state/submodules.before"`;

// Of the commit that was live: as it lies beside by now, or is live still.
const recall = `# link the submodules of the previous commit
live=$1 recalled=$2 before=$3/submodules.before
cd "$live" || exit
git ls-tree -r "$4" | sed -n 's/^160000 [^\\t]*\\t//p' | while IFS= read -r one; do
  from=$live/$one
  [ ! -e "$before/$one" ] || from=$before/$one
  [ -d "$from" ] || continue
  rm -rf "$recalled/$one" && cp -a "$from" "$recalled/$one" && rm -rf "$recalled/$one/.git" || exit
done`;

/** The submodules of the stage go live. */
export function swapSubmodules(
  path: string,
  stage: string,
  stateDir: string,
  paths: readonly string[],
): Command {
  return shell(swap, [path, stage, stateDir, ...paths]);
}

/** The previous ones are live again, as far as they were swapped. */
export function submodulesBack(path: string, stateDir: string, paths: readonly string[]): Command {
  return shell(back, [path, stateDir, ...paths]);
}

/** The submodules that were live before, for the previous commit at `recalled`. */
export function recallSubmodules(
  path: string,
  recalled: string,
  stateDir: string,
  previous: string,
): Command {
  return shell(recall, [path, recalled, stateDir, previous]);
}
