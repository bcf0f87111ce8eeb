import type { Group } from '../app/groups.ts';
import { programs } from '../php/programs.ts';
import type { DatabaseLogin } from '../schema/database.ts';
import type { Command } from '../server/command.ts';
import type { Runner } from './runner.ts';

const program = 'steer.php';
const writable = 'writable';

/** Puts beside the checkout what steering takes: the program, and a writable/ that is not the checkout's. */
export async function furnish(runner: Runner): Promise<void> {
  await runner.write(program, programs.steer);
  for (const folder of ['cache', 'logs', 'session', 'debugbar', 'uploads']) {
    await runner.write(`${writable}/${folder}/index.html`, '');
  }
}

/** The same command of PHP, but the application in it takes these settings before those of `.env` and its own files. */
export function steered(
  command: Command,
  { folder }: Runner,
  settings: Readonly<Record<string, string>>,
): Command {
  const order = { settings, writable: `${folder}/${writable}` };
  return {
    ...command,
    args: ['-d', `auto_prepend_file=${folder}/${program}`, ...command.args],
    env: { ...command.env, CI4_DEPLOY_STEER: JSON.stringify(order) },
  };
}

/**
 * Leads every group to the throw-away database, its failovers too; prefixes and all else stay. Files of SQLite hold
 * nothing of anybody else.
 */
export function settingsFor(
  groups: readonly Group[],
  login: DatabaseLogin,
): Readonly<Record<string, string>> {
  const entries = groups
    .filter(({ driver }) => driver !== 'SQLite3')
    .flatMap(({ name, failovers }) => [
      ...connection(`database.${name}`, login),
      // A failing query has to be heard of: with DBDebug off the ledger calls such a migration done.
      [`database.${name}.DBDebug`, 'true'] as const,
      ...failovers.flatMap(({ key }) => connection(`database.${name}.failover.${key}`, login)),
    ]);
  return Object.fromEntries(entries);
}

function connection(
  group: string,
  { address, user, password, database }: DatabaseLogin,
): readonly (readonly [string, string])[] {
  const [host, port] =
    'socket' in address ? [address.socket, ''] : [address.host, String(address.port)];
  const settings = {
    DSN: '',
    hostname: host,
    port,
    username: user,
    password: password.reveal(),
    database,
  };
  return Object.entries(settings).map(([name, value]) => [`${group}.${name}`, value] as const);
}
