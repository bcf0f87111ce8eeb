import type { Config } from '../../../config/config.ts';
import { errorFinding, warningFinding, type Finding } from '../../../finding.ts';
import { asRoot, inClone, inInputs } from '../../../remedy.ts';
import { shell, succeeded, type Command, type Output } from '../../../server/command.ts';
import type { Commit } from './commit.ts';

/** Composer on the server. */
export interface Composer {
  readonly installed: boolean;
}

const question = `# is Composer there
command -v composer >/dev/null`;

/** Whether Composer is there. */
export function askComposer({ path }: Config): Record<'composer', Command> {
  return { composer: shell(question, [], { cwd: path }) };
}

/** Reads what Composer said. */
export function readComposer({ composer }: Record<'composer', Output>): Composer {
  return { installed: succeeded(composer) };
}

/** What Composer lacks for a commit that changes dependencies. */
export function judgeComposer(
  { installed }: Composer,
  { changed }: Commit,
  config: Config,
): readonly Finding[] {
  if (wantsInstall(changed, config) && !installed) {
    const changes = changed.includes('composer.lock');
    return [
      composerMissing(changes ? 'The commit changes composer.lock' : 'Input composer is always'),
    ];
  }
  if (changed.includes('composer.json') && !changed.includes('composer.lock')) {
    return [
      warningFinding(
        'composer-lock-unchanged',
        'The commit changes composer.json but not composer.lock, so nothing is installed.',
        inClone(
          'If dependencies were meant to change',
          'composer update',
          "git commit -m 'Update composer.lock' composer.lock && git push",
        ),
      ),
    ];
  }
  return [];
}

/**
 * There are dependencies to install, and nothing that installs them.
 * @param why they are to be installed, as the beginning of a sentence
 */
export function composerMissing(why: string): Finding {
  return errorFinding(
    'composer-missing',
    `${why}, but the server has no Composer to install the packages.`,
    asRoot('Install it', 'sudo apt-get install -y composer'),
    inInputs('If vendor/ comes another way', 'composer: never'),
  );
}

/** Whether a commit with these changed files wants other dependencies than the site has. */
export function wantsInstall(changed: readonly string[], { composer }: Config): boolean {
  return composer === 'auto' ? changed.includes('composer.lock') : composer === 'always';
}
