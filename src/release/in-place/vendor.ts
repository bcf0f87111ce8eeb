import { quote, shell, type Command } from '../../server/command.ts';
const recall = `# link the previous vendor
live=$1/vendor
[ ! -d "$3/vendor.before" ] || live=$3/vendor.before
[ -d "$live" ] || exit 0
cp -al "$live" "$2/vendor" 2>/dev/null || { rm -rf "$2/vendor"; cp -a "$live" "$2/vendor"; }`;

// Two renames: the shortest time without a vendor directory that a directory allows. The mark between them tells
// who rolls this back that the one which is live is the new one, also where there was none before.
const swap = `# vendor goes live
[ -d "$2/vendor" ] || exit 0
rm -rf "$3/vendor.before" "$3/vendor.swapped"
[ ! -d "$1/vendor" ] || mv "$1/vendor" "$3/vendor.before" || exit
: >"$3/vendor.swapped" && mv "$2/vendor" "$1/vendor"`;

const back = `# vendor as before
[ -d "$2/vendor.before" ] || [ -e "$2/vendor.swapped" ] || exit 0
rm -rf "$2/vendor.failed"
[ ! -d "$1/vendor" ] || mv "$1/vendor" "$2/vendor.failed" || exit
[ ! -d "$2/vendor.before" ] || mv "$2/vendor.before" "$1/vendor" || exit
rm -rf "$2/vendor.failed" "$2/vendor.swapped"`;

/** The dependencies that were live before, for the previous commit at `recalled`. */
export function recallVendor(path: string, recalled: string, stateDir: string): Command {
  return shell(recall, [path, recalled, stateDir]);
}

/** The dependencies of the stage go live. */
export function swapVendor(path: string, stage: string, stateDir: string): Command {
  const [live, made, before] = [`${path}/vendor`, `${stage}/vendor`, `${stateDir}/vendor.before`];
  const typed = `mv ${quote(live)} ${quote(before)} && mv ${quote(made)} ${quote(live)}`;
  return shell(swap, [path, stage, stateDir], { typed });
}

/** The previous dependencies are live again, if they were swapped. */
export function vendorBack(path: string, stateDir: string): Command {
  return shell(back, [path, stateDir]);
}
