import { quote, shell, type Command } from '../server/command.ts';
import { modesOfTree } from './paths.ts';

// Hard links cost no room, and Composer's own paths (relative to its directory) stay inside the stage.
const link = `# link vendor into the stage
[ -d "$1/vendor" ] || exit 0
cp -al "$1/vendor" "$2/vendor" 2>/dev/null || { rm -rf "$2/vendor"; cp -a "$1/vendor" "$2/vendor"; }`;

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

/** The live dependencies in the stage: links, or copies where other ones are installed over them. */
export function stageVendor(path: string, stage: string, installs: boolean): Command {
  const [from, to] = [quote(`${path}/vendor`), quote(`${stage}/vendor`)];
  const typed = `[ ! -d ${from} ] || cp ${installs ? '-a' : '-al'} ${from} ${to}`;
  return shell(installs ? copy : link, [path, stage], { typed });
}

/** Installs into the stage what composer.lock says, the way the live tree at `path` was installed. */
export function installVendor(path: string, stage: string, php: string): Command {
  const typed =
    'composer install --no-interaction --no-progress # --no-dev and --classmap-authoritative where the live vendor/ is so';
  return shell(install, [path, php], { cwd: stage, typed });
}
