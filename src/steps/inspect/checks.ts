import type { Config } from '../../config/config.ts';
import type { Finding } from '../../finding.ts';
import type { Facts } from './facts.ts';

/** One thing that inspect looks at: nothing, or what is wrong with it. */
export type Check = (facts: Facts, config: Config) => Finding | readonly Finding[] | undefined;

function error(name: string, message: string, remedy: string): Finding {
  return { name, severity: 'error', message, remedy };
}

/** Some names of a list that may be long. */
function some(names: readonly string[]): string {
  const rest = names.length > 10 ? ` and ${names.length - 10} more` : '';
  return names.slice(0, 10).join(', ') + rest;
}

const place: Check = (facts, { path }) => {
  const said = {
    ok: undefined,
    absent: error('path-missing', `${path} does not exist on the server.`, 'Set input path.'),
    closed: error(
      'path-closed',
      `${path} cannot be entered by ${facts.user}.`,
      `sudo chown -R ${facts.user} ${path}`,
    ),
    'not CodeIgniter': error(
      'not-codeigniter',
      `${path} holds no spark file, so it is not the root of a CodeIgniter 4 application.`,
      'Set input path to the directory that holds spark.',
    ),
    'read only': error(
      'path-not-writable',
      `${path} is not writable for ${facts.user}, who has to update it.`,
      `sudo chown -R ${facts.user} ${path}`,
    ),
  };
  return said[facts.place];
};

const clone: Check = ({ clone: found, place: where, user }, { path }) => {
  if (where !== 'ok') return undefined;
  if ('problem' in found) {
    const foreign = found.problem.includes('safe.directory');
    return error(
      'not-a-clone',
      `${path} is not a git clone that ${user} can use: ${found.problem}`,
      foreign ? `sudo chown -R ${user} ${path}` : `git clone <repository> ${path}`,
    );
  }
  return found.top === path
    ? undefined
    : error(
        'not-the-root',
        `${path} lies inside the clone ${found.top}. This version deploys whole clones.`,
        `Set input path to ${found.top}, or clone the application to a place of its own.`,
      );
};

const branch: Check = ({ clone: found }, config) => {
  if ('problem' in found || config.command !== 'deploy') return undefined;
  if (found.branch === config.branch) return undefined;
  const now = found.branch === '' ? 'no branch (detached head)' : `branch ${found.branch}`;
  return error(
    'other-branch',
    `${config.path} has ${now} checked out; this run deploys ${config.branch}.`,
    `cd ${config.path} && git checkout ${config.branch}   (or set input branch)`,
  );
};

const dirty: Check = ({ dirty: files }, { path }) =>
  files.length === 0
    ? undefined
    : error(
        'dirty-tree',
        `Tracked files were changed on the server: ${some(files)}. Updating would lose or mix these changes.`,
        `cd ${path} && git diff   then commit them, or drop them: git checkout -- ${some(files)}`,
      );

const reachable: Check = ({ fetched, clone: found }, { commit, remote, path }) =>
  fetched === 'ok' || 'problem' in found
    ? undefined
    : error(
        'commit-unreachable',
        `The server cannot fetch commit ${commit} from ${remote}: ${fetched.problem}`,
        `On the server: cd ${path} && git fetch ${remote}   must work without a question.`,
      );

const descendant: Check = ({ ancestry, fetched, clone: found }, { commit }) =>
  fetched !== 'ok' || 'problem' in found || ancestry !== 'not a descendant'
    ? undefined
    : error(
        'not-a-descendant',
        `Commit ${commit} does not follow the live commit ${found.head}: deploying it would drop commits that are live.`,
        'Merge the live commit into the branch first, or deploy a newer commit.',
      );

const inTheWay: Check = ({ inTheWay: files, ancestry }, { path }) =>
  files.length === 0 || ancestry !== 'descendant'
    ? undefined
    : error(
        'files-in-the-way',
        `The commit brings files that already lie on the server without belonging to git: ${some(files)}.`,
        `Move them away: cd ${path} && mkdir ../aside && mv ${some(files)} ../aside/`,
      );

const environment: Check = ({ environment: file, user, place: where }, { path }) => {
  if (file === 'ok' || where === 'absent' || where === 'closed') return undefined;
  return file === 'absent'
    ? error(
        'env-missing',
        `${path}/.env does not exist: without it CodeIgniter runs with its defaults and migrates nothing.`,
        `cd ${path} && cp env .env   then fill in CI_ENVIRONMENT, app.baseURL and database.default.*`,
      )
    : error(
        'env-closed',
        `${path}/.env cannot be read by ${user}, who runs the migration.`,
        `sudo chown ${user}:www-data ${path}/.env && sudo chmod 640 ${path}/.env`,
      );
};

const php: Check = ({ php: found, place: where }, config) => {
  if (where === 'absent' || where === 'closed') return undefined;
  if ('problem' in found) {
    return error(
      'php-missing',
      `${config.php} does not run on the server: ${found.problem}`,
      'sudo apt-get install php-cli   (or set input php to the program to use)',
    );
  }
  return found.mysqli
    ? undefined
    : error(
        'mysqli-missing',
        `${config.php} ${found.version} on the command line has no mysqli extension, so spark cannot reach the database.`,
        'sudo apt-get install php-mysql',
      );
};

const sudo: Check = ({ sudo: allowed, user }, config) =>
  allowed === 'allowed'
    ? undefined
    : error(
        'reload-not-allowed',
        `${user} may not reload ${config['fpm-service']} without a password: ${allowed.problem}`,
        `echo '${user} ALL=(root) NOPASSWD: /usr/bin/systemctl reload ${config['fpm-service']}' | sudo EDITOR='tee -a' visudo -f /etc/sudoers.d/ci4-deploy`,
      );

const fpm: Check = ({ fpm: unit, fpmTest }, config) => {
  const name = config['fpm-service'];
  if (name === 'none') return undefined;
  if (!unit.known) {
    return error(
      'fpm-unknown',
      `systemd knows no service ${name}.`,
      'On the server: systemctl list-units "php*-fpm*"   then set input fpm-service.',
    );
  }
  if (unit.active !== 'active') {
    return error(
      'fpm-inactive',
      `${name} is ${unit.active}: reloading it would start nothing.`,
      `sudo systemctl status ${name}`,
    );
  }
  if (fpmTest === 'ok' || fpmTest === 'not testable') return undefined;
  return error(
    'fpm-configuration',
    `The configuration of ${name} is broken, so a reload would kill it: ${fpmTest.problem}`,
    `sudo php-fpm -t   shows the same; repair the file it names first.`,
  );
};

const application: Check = ({ application: told, environment: file, php: found }, { path }) => {
  if (told.ok || file !== 'ok' || 'problem' in found) return undefined;
  const { stage, message, at } = told.failure;
  const where = at === null ? '' : ` (${at.file}:${at.line})`;
  return error(
    'application-does-not-boot',
    `The live application does not boot on the command line, at ${stage}: ${message}${where}`,
    `cd ${path} && php spark help   shows what it says; repair it first.`,
  );
};

/** Everything inspect looks at, in the order a person would. A new check is one more line. */
const checks: readonly Check[] = [
  place,
  clone,
  branch,
  dirty,
  reachable,
  descendant,
  inTheWay,
  environment,
  php,
  sudo,
  fpm,
  application,
];

/** All problems of the facts at once. */
export function judge(facts: Facts, config: Config): readonly Finding[] {
  return checks.flatMap((check) => check(facts, config) ?? []);
}
