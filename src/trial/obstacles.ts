import { setupPhpStep, toSeeInClone, inDatabase, inInputs, inWorkflow } from '../remedy.ts';
import type { BootFailure } from '../app/application.ts';
import { errorFinding, type Finding } from '../finding.ts';
import { DatabaseRefused, type DatabaseLogin } from '../schema/database.ts';
import { DatabaseUnreachable, thingWords, type Thing } from '../schema/scratch.ts';
import { databaseWords } from './connected.ts';

/** ER_DBACCESS_DENIED_ERROR and ER_BAD_DB_ERROR: to whom a schema is closed, it looks as if there were none. */
const noDatabase = [1044, 1049];

/**
 * A database that cannot be logged in to.
 * @throws `failure` when it is about something else
 */
export function notOpened(failure: unknown, login: DatabaseLogin): Finding {
  if (failure instanceof DatabaseUnreachable) {
    return errorFinding(
      'database-unreachable',
      `${failure.message} The throw-away database of the check has to run before it.`,
      inWorkflow(
        'Start the one of the runner in a step before',
        '- run: sudo systemctl start mysql',
      ),
      inWorkflow(
        'Give a database under services: the port and a health check',
        'ports: ["3306:3306"]',
        'options: --health-cmd "mysqladmin ping"',
      ),
    );
  }
  if (failure instanceof DatabaseRefused) {
    return errorFinding(
      'database-refused',
      `The throw-away database refuses us (${failure.code}): ${failure.message}`,
      noDatabase.includes(failure.code)
        ? inWorkflow(
            'Make it in a step before',
            `- run: mysql -e "CREATE DATABASE ${login.database}"`,
          )
        : inInputs(
            'Compare user and password with what the service was started with (MYSQL_USER, MYSQL_ROOT_PASSWORD).',
          ),
    );
  }
  throw failure;
}

/** A database that holds something, and nobody said that it may be used. */
export function notEmpty(things: readonly Thing[], login: DatabaseLogin): Finding {
  const some = things.slice(0, 5).map(thingWords);
  const more = things.length > 5 ? ` and ${things.length - 5} more` : '';
  return errorFinding(
    'database-not-empty',
    `${databaseWords(login)} is not empty: it has ${some.join(', ')}${more}. Migrations may drop and change what they find, so that nothing was run there.`,
    inDatabase('Make an empty one, and name it in databases', 'CREATE DATABASE ci4_check;'),
    inInputs('If nobody needs what is in it', 'allow-nonempty-database: true'),
  );
}

// By what the framework or PHP says where one is missing.
const extensions = [
  ['intl', /extension\(s\).*\bintl\b|class ["']?\\?(Locale|IntlDateFormatter|NumberFormatter)\b/i],
  ['mbstring', /extension\(s\).*\bmbstring\b|undefined function .*\bmb_\w+/i],
  ['mysqli', /extension\(s\).*\bmysqli\b|class ["']?\\?mysqli\b|\bmysqli_\w+\(\)|MYSQLI_\w+/i],
] as const;

/** The application of the checkout does not answer: why, and what to do before. */
export function notAnswering({ phase, message, at }: BootFailure, php: string): Finding {
  if (phase === 'php') {
    return errorFinding(
      'php-missing',
      `There is no ${php} on this runner that could run the migrations: ${message}`,
      inWorkflow(
        'In a step before',
        setupPhpStep,
        '  with:',
        '    extensions: mysqli, intl, mbstring',
      ),
    );
  }
  const extension = extensions.find(([, words]) => words.test(message))?.[0];
  if (extension !== undefined) {
    return errorFinding(
      `${extension}-missing`,
      `PHP of this runner has no extension ${extension}, which CodeIgniter needs: ${message}`,
      inWorkflow(
        'In a step before',
        setupPhpStep,
        '  with:',
        '    extensions: mysqli, intl, mbstring',
      ),
    );
  }
  if (/vendor\/autoload|composer install|failed opening required.*vendor/i.test(message)) {
    return errorFinding(
      'vendor-missing',
      `The application needs its packages, and they are not installed in this job: ${message}`,
      inWorkflow('In a step before', '- run: composer install --no-interaction --no-progress'),
    );
  }
  const failed = errorFinding(
    'application-does-not-boot',
    `The application of the checkout does not boot (${phase}): ${message}`,
    toSeeInClone('See what it says', 'CI_ENVIRONMENT=development php spark routes'),
  );
  return at === null ? failed : { ...failed, at };
}
