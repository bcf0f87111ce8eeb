import type { Config } from '../../config/config.ts';
import { shell, type Command } from '../../server/command.ts';
import { modesOfTree } from './modes.ts';

/** Whether a commit with these changed files wants other dependencies than the site has. */
export function wantsInstall(changed: readonly string[], { composer }: Config): boolean {
  return composer === 'auto' ? changed.includes('composer.lock') : composer === 'always';
}

// Composer writes down whether development packages are in (installed.json) and whether the class map is the only
// source of classes (autoload_real.php). A site without dependencies gets what production wants.
const install = `# install dependencies as the site has them
${modesOfTree}
set -- "$1" --no-interaction --no-progress
grep -q '"dev": true' "$1/vendor/composer/installed.json" 2>/dev/null || set -- "$@" --no-dev
real=$1/vendor/composer/autoload_real.php
[ -e "$real" ] && ! grep -q 'setClassMapAuthoritative(true)' "$real" || set -- "$@" --classmap-authoritative
shift
echo "composer install $*"
exec composer install "$@"`;

/** Installs into the stage what composer.lock says, the way the live tree at `path` was installed. */
export function installDependencies(path: string, stage: string): Command {
  return shell(install, [path], { cwd: stage });
}
