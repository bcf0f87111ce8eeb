import { counted } from '../../../count.ts';
import type { Config } from '../../../config/config.ts';
import { errorFinding, warningFinding, type Finding } from '../../../finding.ts';
import { nothing, quote, succeeded, type Command, type Output } from '../../../server/command.ts';
import { phpUnfit } from '../../../app/php-wanted.ts';
import {
  describeFpm,
  listFpm,
  mayReload,
  readFpmTest,
  showFpm,
  type FpmTest,
} from '../../fpm/fpm.ts';
import type { Runs } from '../../fpm/apache.ts';
import { readSettings, type FpmSettings } from '../../fpm/settings.ts';
import { allowReload, controlTimeout, moreWorkers, reload } from '../../../remedies/fpm.ts';
import { asRoot, inInputs, toSee, toSeeAsRoot } from '../../../remedy.ts';
import { installExtension, missingExtensions, short, type Php, type PhpFacts } from './php.ts';
import type { Place, Purpose } from './place.ts';
import { entries, some } from './words.ts';

/** PHP-FPM and its service; null when the run has none to do with. */
export interface Fpm {
  readonly known: boolean;
  readonly active: string;
  /** Other services that look like PHP-FPM, without `.service`. */
  readonly others: readonly string[];
  readonly sudo: 'allowed' | { readonly problem: string };
  readonly test: FpmTest;
  /** Null where the service's configuration cannot be read. */
  readonly settings: FpmSettings | null;
  /** The binary of the service; null where it was not found. */
  readonly php: Php | null;
  /** Connections open to its sockets: requests that a reload would cut. */
  readonly inFlight: number;
  /** Its main configuration; empty where nobody knows it. */
  readonly file: string;
  /** The program that its service starts. */
  readonly binary: string;
  readonly runs: Runs;
}

type Question = 'sudo' | 'fpm' | 'fpmUnits' | 'fpmTest' | 'fpmBinary';

const listServices = 'systemctl list-units --all "*php*fpm*"';

/** Service, configuration and pools of PHP-FPM, and whether we may reload it. */
export function askFpm(
  { 'fpm-service': unit, reload }: Config,
  purpose: Purpose,
): Record<Question, Command> {
  if (unit === 'none') {
    return { sudo: nothing, fpm: nothing, fpmUnits: nothing, fpmTest: nothing, fpmBinary: nothing };
  }
  return {
    sudo: purpose !== 'verify' && reload !== 'never' ? mayReload(unit) : nothing,
    fpm: showFpm(unit),
    fpmUnits: listFpm(),
    ...describeFpm(unit),
  };
}

/** Reads what systemd and PHP-FPM said; null where input fpm-service is none. */
export function readFpm(
  answers: Record<Question, Output>,
  { 'fpm-service': unit }: Config,
): Fpm | null {
  if (unit === 'none') return null;
  const shown = (name: string): string =>
    new RegExp(`^${name}=(.*)$`, 'm').exec(answers.fpm.stdout)?.[1] ?? '';
  const bare = (name: string): string => name.replace(/\.service$/, '');
  const units = entries(answers.fpmUnits.stdout, '\n').map((line) =>
    bare(line.trim().split(/\s+/)[0] ?? ''),
  );
  return {
    known: shown('LoadState') === 'loaded',
    // Another site may reload it at this moment: it runs.
    active: shown('ActiveState').replace(/^reloading$/, 'active'),
    others: units.filter((name) => name !== '' && name !== bare(unit)),
    sudo: succeeded(answers.sudo) ? 'allowed' : { problem: answers.sudo.stderr.trim() },
    test: readFpmTest(answers.fpmTest),
    settings: readSettings(answers.fpmTest.stderr + answers.fpmTest.stdout),
    ...binaryOf(answers.fpmBinary),
  };
}

/** Parts, see `describeFpm`: version, modules, connections, configuration, program, and of Apache what it runs. */
function binaryOf(output: Output): Pick<Fpm, 'php' | 'inFlight' | 'file' | 'binary' | 'runs'> {
  const parts = output.stdout.split('\f');
  const [version, modules, connections, file, binary, runs] = [0, 1, 2, 3, 4, 5].map((at) =>
    (parts[at] ?? '').trim(),
  ) as [string, string, string, string, string, string];
  const number = /^PHP (\d\S*)/m.exec(version)?.[1];
  const names = entries(modules, '\n').filter((line) => !line.startsWith('['));
  return {
    php: number === undefined ? null : { version: number, extensions: names },
    inFlight: Number(connections) || 0,
    file,
    binary: binary || 'php-fpm',
    runs: runs === 'mod_php' || runs === 'none' ? runs : 'PHP-FPM',
  };
}

/** What would keep PHP-FPM from serving the new code, or visitors from noticing nothing. */
export function judgeFpm(
  fpm: Fpm | null,
  place: Place,
  reported: PhpFacts,
  config: Config,
  purpose: Purpose,
): readonly Finding[] {
  if (fpm === null) return [];
  return [
    ...allowed(fpm, place, config),
    ...serving(fpm, config),
    ...fits(fpm, reported, config),
    ...(purpose === 'verify' ? [] : reloads(fpm, config)),
  ];
}

function* allowed({ sudo, known }: Fpm, { user }: Place, config: Config): Generator<Finding> {
  if (sudo === 'allowed' || !known) return;
  const unit = config['fpm-service'];
  yield errorFinding(
    'reload-not-allowed',
    `${user} may not reload ${unit} without a password: ${sudo.problem}`,
    allowReload(user, unit, sudo.problem),
  );
}

function unknownService(name: string, others: readonly string[]): string {
  if (name === 'auto') {
    return others.length === 0
      ? 'systemd knows no service that looks like PHP-FPM.'
      : `Several services look like PHP-FPM (${some(others)}), and the web server's configuration does not say which serves the site.`;
  }
  return others.length === 0
    ? `systemd knows no service ${name}, nor any other that looks like PHP-FPM.`
    : `systemd knows no service ${name}, but ${some(others)}.`;
}

function* serving(fpm: Fpm, config: Config): Generator<Finding> {
  const name = config['fpm-service'];
  if (!fpm.known) {
    const { others } = fpm;
    yield errorFinding(
      'fpm-unknown',
      unknownService(name, others),
      ...(others.length === 0
        ? [
            [toSee('Find its name', listServices), inInputs('Set fpm-service to it.')],
            inInputs('If the site has no PHP-FPM', 'fpm-service: none'),
          ]
        : others.map((other) => inInputs('', `fpm-service: ${other}`))),
    );
    return;
  }
  if (fpm.runs === 'none') {
    yield noPhp(name, fpm.others);
  } else if (fpm.active !== 'active') {
    yield errorFinding(
      'fpm-inactive',
      `${name} is ${fpm.active}: reloading it would start nothing.`,
      asRoot('Start it', `sudo systemctl start ${quote(name)}`),
    );
  } else if (typeof fpm.test === 'object') {
    const then = fpm.runs === 'mod_php' ? 'it would refuse to reload' : 'a reload would kill it';
    yield errorFinding(
      'fpm-configuration',
      `The configuration of ${name} is broken, so ${then}: ${fpm.test.problem}`,
      toSeeAsRoot(
        'Correct the file that it names. This has to find nothing',
        `sudo ${quote(fpm.binary)} -t`,
      ),
    );
  }
}

/** Apache that hands requests on to PHP-FPM: its reload shows nobody new code. */
function noPhp(name: string, others: readonly string[]): Finding {
  return errorFinding(
    'fpm-other-service',
    `${name} runs no PHP itself (it loads no mod_php): reloading it would leave visitors with the old code.`,
    ...(others.length === 0
      ? [[toSee('Find the service of PHP-FPM', listServices), inInputs('Set fpm-service to it.')]]
      : others.map((other) => inInputs(`Set fpm-service to ${other}.`))),
  );
}

/** The PHP that serves visitors may be another than the one spark runs with. */
function* fits({ php, known }: Fpm, reported: PhpFacts, config: Config): Generator<Finding> {
  if (php === null || !known) return;
  const name = config['fpm-service'];
  for (const extension of missingExtensions(php)) {
    yield errorFinding(
      `fpm-${extension}-missing`,
      `${name} (PHP ${php.version}) has no ${extension} extension: the site would fail although spark works.`,
      [installExtension(php.version, extension), asRoot('Let PHP-FPM load it', reload(name))],
    );
  }
  const unfit = phpUnfit(php.version, reported.wanted);
  if (unfit !== null) {
    yield errorFinding(
      'fpm-php-too-old',
      `${name} runs PHP ${php.version}, but ${unfit}: visitors would get an error page.`,
      [
        asRoot('Install that PHP with its FPM, and let the web server use it.'),
        inInputs('Set fpm-service to it.'),
      ],
    );
  }
  if (!('problem' in reported.php) && short(reported.php.version) !== short(php.version)) {
    yield warningFinding(
      'php-versions-differ',
      `Visitors are served by PHP ${php.version} (${name}), spark runs with PHP ${reported.php.version}: what works here may fail there.`,
      inInputs('', `php: /usr/bin/php${short(php.version)}`),
    );
  }
}

/** What a reload will do to visitors. */
function* reloads({ settings, inFlight, file }: Fpm, config: Config): Generator<Finding> {
  if (settings === null || config.reload === 'never') return;
  const name = config['fpm-service'];
  if (settings.controlTimeout === 0) {
    yield warningFinding(
      'reload-cuts-requests',
      `process_control_timeout of ${name} is 0: the reload cuts every request that is running then (${inFlight} at this moment), and the visitor gets an error.`,
      controlTimeout(name, file || '/etc/php-fpm.conf'),
    );
  }
  for (const { name: pool, maxChildren } of settings.pools) {
    if (maxChildren > 2) continue;
    yield warningFinding(
      'fpm-few-workers',
      `Pool ${pool} serves ${counted(maxChildren, 'request')} at a time. A visitor who waits for a session lock or a slow page stops all others, and the check after the reload with them.`,
      moreWorkers(name, file || '/etc/php-fpm.conf', pool),
    );
  }
  if (settings.pools.length > 1) {
    yield {
      name: 'fpm-shared',
      severity: 'notice',
      message: `${name} serves several pools (${some(settings.pools.map((pool) => pool.name))}): the reload concerns the other sites too.`,
    };
  }
}
