import type { Config } from '../../../config/config.ts';
import { errorFinding, type Finding } from '../../../finding.ts';
import { shareEnv, type Sharing } from '../../../remedies/access.ts';
import { asUser } from '../../../remedy.ts';
import {
  exitCode,
  quote,
  shell,
  succeeded,
  type Command,
  type Output,
} from '../../../server/command.ts';
import { isThere, type Place } from './place.ts';

/** The `.env` file of the site, for the user we are. */
export type Environment = 'ok' | 'absent' | 'closed';

const absent = 40;

const question = `# is .env there and readable
[ -e .env ] || exit ${absent}
[ -r .env ]`;

/** Whether `.env` is there and can be read. */
export function askEnvironment({ path }: Config): Record<'environment', Command> {
  return { environment: shell(question, [], { cwd: path }) };
}

/** Reads how `.env` is. */
export function readEnvironment({ environment }: Record<'environment', Output>): Environment {
  if (succeeded(environment)) return 'ok';
  return exitCode(environment) === absent ? 'absent' : 'closed';
}

/** What is wrong with `.env`. */
export function judgeEnvironment(
  reported: Environment,
  place: Place,
  { path }: Config,
  sharing: Sharing,
): readonly Finding[] {
  if (reported === 'ok' || !isThere(place)) return [];
  const { user } = place;
  return [
    reported === 'absent'
      ? errorFinding(
          'env-missing',
          `${path}/.env does not exist: without it CodeIgniter runs with its defaults and migrates nothing.`,
          [
            asUser(
              user,
              'Begin with the example of CodeIgniter',
              `cp -n ${quote(`${path}/env`)} ${quote(`${path}/.env`)}`,
            ),
            asUser(user, 'Fill in CI_ENVIRONMENT, app.baseURL and database.default.* there.'),
          ],
        )
      : errorFinding(
          'env-closed',
          `${path}/.env cannot be read by ${user}, who runs the migration.`,
          shareEnv(sharing),
        ),
  ];
}
