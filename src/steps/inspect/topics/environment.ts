import type { Config } from '../../../config/config.ts';
import { errorFinding, noticeFinding, type Finding } from '../../../finding.ts';
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
import { partOfWritable } from './clone.ts';
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

/** There is no `.env`: an error where the application does not find its database without it. */
export function envMissing(
  { path, base, strategy }: Config,
  user: string,
  needed: boolean,
): Finding {
  const inPlace = strategy === 'in-place';
  const env = quote(inPlace ? `${path}/.env` : `${base}/shared/.env`);
  const linked = inPlace ? [] : [`ln -sfn ${env} ${quote(`${path}/.env`)}`];
  if (!needed) {
    return noticeFinding(
      'env-missing',
      `${path}/.env does not exist, and the application finds its database without it. A commit that moves the sessions needs the file for a moment.`,
      asUser(user, 'An empty one changes nothing', `touch ${env}`, `chmod 644 ${env}`, ...linked),
    );
  }
  return errorFinding(
    'env-missing',
    `${path}/.env does not exist, and without it the application does not find its database.`,
    [
      asUser(
        user,
        'Begin with the example of CodeIgniter',
        `cp -n ${quote(`${path}/env`)} ${env}`,
        ...linked,
      ),
      asUser(user, 'Fill in CI_ENVIRONMENT, app.baseURL and database.default.* there.'),
    ],
  );
}

/** What is wrong with an `.env` that is there. */
export function judgeEnvironment(
  reported: Environment,
  place: Place,
  { path }: Config,
  sharing: Sharing,
): readonly Finding[] {
  if (reported !== 'closed' || !isThere(place)) return [];
  const { user, state } = place;
  return [
    errorFinding(
      'env-closed',
      `${path}/.env cannot be read by ${user}, who runs the migration.`,
      state === 'read only' ? partOfWritable : shareEnv(sharing),
    ),
  ];
}
