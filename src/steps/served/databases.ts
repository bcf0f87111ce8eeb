import { quote } from '../../server/command.ts';
import { findEnvironment } from '../../remedies/fpm.ts';
import { toSee, toSeeAsRoot } from '../../remedy.ts';
import type { Connections } from '../../app/connections.ts';
import type { Serving } from '../../app/pool.ts';
import { errorFinding, warningFinding, type Finding } from '../../finding.ts';
import { differences, inWords } from './differences.ts';

/** Whom PHP-FPM is compared with, and how both are called. */
export interface Compared {
  /** Which tree was asked: `the live code`, `the new code`. */
  readonly tree: string;
  readonly unit: string;
}

/** Whether PHP-FPM takes the application to the databases that the command line takes it to: those are what is migrated. */
export function* judgeFpmDatabases(
  seen: Connections,
  wanted: Connections,
  { pool, params }: Serving,
  { tree, unit }: Compared,
): Generator<Finding> {
  const added = Object.keys(params);
  const found = differences(seen, wanted);
  if (found.length > 0) {
    yield errorFinding(
      'fpm-database-differs',
      `PHP-FPM (pool ${pool.name} of ${unit}) leads ${tree} to another database than the command line: ${inWords(found, 'command line')}. What is migrated and verified would not be what visitors use.${added.length === 0 ? '' : ` nginx adds ${added.join(', ')}.`}`,
      toSeeAsRoot('Find where it is set, and take it away there', findEnvironment),
    );
  } else if (seen.environment !== wanted.environment) {
    yield warningFinding(
      'fpm-environment-differs',
      `PHP-FPM (pool ${pool.name} of ${unit}) runs ${tree} with CI_ENVIRONMENT ${seen.environment}, the command line with ${wanted.environment}: files of app/Config/Boot and settings may differ for visitors.`,
      toSeeAsRoot('Find where it is set', 'sudo grep -rn CI_ENVIRONMENT /etc/php /etc/nginx'),
    );
  }
}

// Where settings of a database are written; a package may bring a registrar.
const explains =
  /(^|\/)(Config\/(Database|Constants|Paths|Registrar)\.php|Config\/Boot\/[^/]+\.php|composer\.lock)$/;

/**
 * The live tree and the stage, both on the command line. A commit may move the application to another database. Where
 * no file of it can have done so, something that is not in the repository leads the live tree elsewhere.
 */
export function* judgeStagedDatabases(
  live: Connections,
  staged: Connections,
  changed: readonly string[],
  path: string,
): Generator<Finding> {
  // Which group holds the sessions is for the commit to say.
  const found = differences({ ...live, session: staged.session }, staged);
  if (found.length === 0) return;
  const words = `the live tree and the commit name different databases: ${inWords(found, 'commit')}`;
  yield changed.some((file) => explains.test(file))
    ? {
        name: 'database-moves',
        severity: 'warning',
        message: `This commit moves the application to another database; ${words}. Tables and rows do not move with it.`,
      }
    : errorFinding(
        'database-differs',
        `${words.replace(/^t/, 'T')}. No file of this commit explains that, so something on the server does that is not in the repository.`,
        toSee(
          'See what lies there besides the repository',
          `git -C ${quote(path)} status --ignored --short app`,
        ),
      );
}
