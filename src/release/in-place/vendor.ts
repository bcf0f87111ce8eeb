import { shell, type Command } from '../../server/command.ts';
import { modesOfTree } from '../paths.ts';

// Hard links cost no room, and Composer's own paths (relative to its directory) stay inside the stage.
const link = `# link vendor into the stage
[ -d "$1/vendor" ] || exit 0
cp -al "$1/vendor" "$2/vendor" 2>/dev/null || { rm -rf "$2/vendor"; cp -a "$1/vendor" "$2/vendor"; }`;

const recall = `# link the previous vendor
live=$1/vendor
[ ! -d "$3/vendor.before" ] || live=$3/vendor.before
[ -d "$live" ] || exit 0
cp -al "$live" "$2/vendor" 2>/dev/null || { rm -rf "$2/vendor"; cp -a "$live" "$2/vendor"; }`;

const copy = `# copy vendor into the stage
[ ! -d "$1/vendor" ] || cp -a "$1/vendor" "$2/vendor"`;

// Composer writes down whether development packages are in (installed.json) and whether the class map is the only
// source of classes (autoload_real.php). A site without dependencies gets what production wants.
const install = `# install dependencies as the site has them
${modesOfTree}
php=$2 composer=$(command -v composer)
set -- "$1" --no-interaction --no-progress
grep -q '"dev": true' "$1/vendor/composer/installed.json" 2>/dev/null || set -- "$@" --no-dev
real=$1/vendor/composer/autoload_real.php
[ -e "$real" ] && ! grep -q 'setClassMapAuthoritative(true)' "$real" || set -- "$@" --classmap-authoritative
shift
echo "composer install $*"
# Composer is a program of PHP, or a script that starts one.
case $(head -c 64 "$composer" | head -n 1 | tr -d '\\0') in *php*) exec "$php" "$composer" install "$@" ;; esac
exec composer install "$@"`;

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

/** The live dependencies in the stage: links, or copies where other ones are installed over them. */
export function stageVendor(path: string, stage: string, installs: boolean): Command {
  return shell(installs ? copy : link, [path, stage]);
}

/** The dependencies that were live before, for the previous commit at `recalled`. */
export function recallVendor(path: string, recalled: string, stateDir: string): Command {
  return shell(recall, [path, recalled, stateDir]);
}

/** Installs into the stage what composer.lock says, the way the live tree at `path` was installed. */
export function installVendor(path: string, stage: string, php: string): Command {
  return shell(install, [path, php], { cwd: stage });
}

/** The dependencies of the stage go live. */
export function swapVendor(path: string, stage: string, stateDir: string): Command {
  return shell(swap, [path, stage, stateDir]);
}

/** The previous dependencies are live again, if they were swapped. */
export function vendorBack(path: string, stateDir: string): Command {
  return shell(back, [path, stateDir]);
}
