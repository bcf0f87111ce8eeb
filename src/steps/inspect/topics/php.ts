import { phpUnfit, type PhpWanted } from '../../../app/php-wanted.ts';
import type { Config } from '../../../config/config.ts';
import { errorFinding, type Finding } from '../../../finding.ts';
import { command, shell, succeeded, type Command, type Output } from '../../../server/command.ts';
import { asRoot, inInputs, type Instruction } from '../../../remedy.ts';
import { isThere, type Place, type Purpose } from './place.ts';
import { entries } from './words.ts';

/** PHP on the command line. */
export interface Php {
  readonly version: string;
  /** Names as `php -m` says them. */
  readonly extensions: readonly string[];
}

export interface PhpFacts {
  readonly php: Php | { readonly problem: string };
  /** What the commit asks for; what the live code asks for when there is no commit. */
  readonly wanted: PhpWanted;
}

type Question = 'php' | 'manifest' | 'least';

const extensions = 'echo PHP_VERSION, " ", implode(" ", get_loaded_extensions());';

const least = `# the least PHP that the framework of the commit runs on
git grep -h -E '^\\$minPhpVersion *=' "$1" -- spark '*/index.php' | head -n 1`;

/** PHP of the command line, its extensions, and what the commit wants of it. */
export function askPhp({ path, php, commit }: Config, purpose: Purpose): Record<Question, Command> {
  const at = { cwd: path };
  const tree = purpose === 'deploy' ? commit : 'HEAD';
  return {
    php: command(php, ['-r', extensions], at),
    manifest: command('git', ['show', `${tree}:composer.json`], { ...at, shown: 'command' }),
    least: shell(least, [tree], at),
  };
}

/** Reads what PHP said. */
export function readPhp(answers: Record<Question, Output>): PhpFacts {
  return {
    php: phpOf(answers.php),
    wanted: {
      constraint: constraintOf(answers.manifest.stdout),
      least: /['"](\d+(?:\.\d+)*)['"]/.exec(answers.least.stdout)?.[1] ?? null,
    },
  };
}

function phpOf(output: Output): PhpFacts['php'] {
  // Warnings of its start stand before the answer, where display_errors is on.
  const answer = entries(output.stdout, '\n').findLast((line) => /^\d+\.\d+/.test(line)) ?? '';
  const [version, ...loaded] = entries(answer.trim(), ' ');
  if (!succeeded(output) || version === undefined) {
    return { problem: output.stderr.trim() || output.stdout.trim() };
  }
  return { version, extensions: loaded };
}

/** A manifest that is no JSON is Composer's to complain about. */
function constraintOf(manifest: string): string | null {
  try {
    const { require } = JSON.parse(manifest) as { require?: { php?: unknown } };
    return typeof require?.php === 'string' ? require.php : null;
  } catch {
    return null;
  }
}

const neededNames = ['mysqli', 'intl', 'mbstring'] as const;
type Extension = (typeof neededNames)[number];

/** The extensions without which CodeIgniter with MySQL does not run, and the Debian package of each. */
export const needed: Readonly<Record<Extension, string>> = {
  mysqli: 'mysql',
  intl: 'intl',
  mbstring: 'mbstring',
};

/** What PHP of the command line lacks. */
export function judgePhp(
  { php: found, wanted }: PhpFacts,
  place: Place,
  config: Config,
): readonly Finding[] {
  if (!isThere(place)) return [];
  const { php } = config;
  if ('problem' in found) {
    return [
      errorFinding(
        'php-missing',
        `${php} does not run on the server: ${found.problem}`,
        asRoot('Install it', 'sudo apt-get install -y php-cli'),
        inInputs('If it has another name, set php to it.'),
      ),
    ];
  }
  const findings = missingExtensions(found).map((name) =>
    errorFinding(
      `${name}-missing`,
      `${php} ${found.version} on the command line has no ${name} extension, and spark does not work without it.`,
      installExtension(found.version, name),
    ),
  );
  const unfit = phpUnfit(found.version, wanted);
  if (unfit === null) return findings;
  return [
    ...findings,
    errorFinding(
      'php-too-old',
      `${php} on the server is PHP ${found.version}, but ${unfit}: spark would do nothing, and say so with exit status 0.`,
      [
        asRoot('Install that PHP for the command line.'),
        inInputs('Set php to it, as /usr/bin/php8.3.'),
      ],
    ),
  ];
}

/** Installs an extension for every PHP of that version: command line and PHP-FPM. */
export function installExtension(version: string, name: Extension): Instruction {
  const [number, extension] = [short(version), needed[name]];
  return asRoot(
    'Install and enable it',
    `sudo apt-get install -y php${number}-${extension}`,
    // The package of Debian is called mysql, its extension mysqli.
    `sudo phpenmod -v ${number} ${name}`,
  );
}

/** Of the extensions CodeIgniter needs, those that are not loaded. */
export function missingExtensions({ extensions: loaded }: Php): readonly Extension[] {
  const have = new Set(loaded.map((name) => name.toLowerCase()));
  return neededNames.filter((name) => !have.has(name));
}

/** Whether PHP is there and lacks an extension: what spark says of the application then is no fault of the application. */
export function lacksExtensions(php: PhpFacts['php']): boolean {
  return !('problem' in php) && missingExtensions(php).length > 0;
}

/** `8.2` of `8.2.32`. */
export function short(version: string): string {
  return version.split('.').slice(0, 2).join('.');
}
