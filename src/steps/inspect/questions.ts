import { askApplication } from '../../app/ask.ts';
import type { Config } from '../../config/config.ts';
import { command, shell, type Command } from '../../server/command.ts';
import { testFpm, showFpm, mayReload } from '../fpm.ts';

// Exit statuses that tell one state from another; our own choice, above those the shell uses for faults of the script.
export const states = { absent: 40, closed: 41, notCodeIgniter: 42, readOnly: 43 } as const;

const place = `# who and where
id -un
[ -e "$1" ] || exit ${states.absent}
cd "$1" 2>/dev/null || exit ${states.closed}
[ -f spark ] || exit ${states.notCodeIgniter}
[ -w . ] || exit ${states.readOnly}`;

const clone = `# clone, commit and branch
git rev-parse --show-toplevel --absolute-git-dir HEAD || exit
git symbolic-ref --quiet --short HEAD || echo`;

// The commit itself first: a run may deploy what its branch has already left behind.
const fetch = `# fetch the commit
git cat-file -e "$2^{commit}" 2>/dev/null && exit
git fetch --quiet --no-tags --refmap= "$1" "$2" || git fetch --quiet --no-tags --refmap= "$1" "$3"
git cat-file -e "$2^{commit}" 2>/dev/null || { echo "$1 has no such commit" >&2; exit 1; }`;

const inTheWay = `# files that the commit brings and that lie there already
git diff -z --name-only --diff-filter=A HEAD "$1" | xargs -0 -r ls -d 2>/dev/null
exit 0`;

const environment = `# is .env there and readable
[ -e .env ] || exit ${states.absent}
[ -r .env ] || exit ${states.closed}`;

const extensions = 'echo PHP_VERSION, " ", extension_loaded("mysqli") ? "mysqli" : "-";';

/** Every question of the first round, by name. `deploy` asks about the commit as well. */
export function questions(config: Config, nonce: string): Record<Question, Command> {
  const at = { cwd: config.path };
  const git = (...args: string[]): Command => command('git', args, at);
  const nothing = command('true', []);
  const deploys = config.command === 'deploy';
  const reloads = config['fpm-service'] !== 'none';
  const unit = config['fpm-service'];
  return {
    place: shell(place, [config.path]),
    clone: shell(clone, [], at),
    status: git('--no-optional-locks', 'status', '--porcelain', '-z', '--untracked-files=no'),
    fetch: deploys ? shell(fetch, [config.remote, config.commit, config.branch], at) : nothing,
    ancestry: deploys ? git('merge-base', '--is-ancestor', 'HEAD', config.commit) : nothing,
    changed: deploys ? git('diff', '-z', '--name-only', 'HEAD', config.commit) : nothing,
    inTheWay: deploys ? shell(inTheWay, [config.commit], at) : nothing,
    environment: shell(environment, [], at),
    php: command(config.php, ['-r', extensions], at),
    sudo: deploys && reloads ? mayReload(unit) : nothing,
    fpm: reloads ? showFpm(unit) : nothing,
    fpmTest: reloads ? testFpm(unit) : nothing,
    application: askApplication(config.php, config.path, nonce),
  };
}

export type Question =
  | 'place'
  | 'clone'
  | 'status'
  | 'fetch'
  | 'ancestry'
  | 'changed'
  | 'inTheWay'
  | 'environment'
  | 'php'
  | 'sudo'
  | 'fpm'
  | 'fpmTest'
  | 'application';
