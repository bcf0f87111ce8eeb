import type { Config, Hop } from './config/config.ts';
import type { Log } from './report/log.ts';
import { hostKeys } from './server/host-keys.ts';
import type { Server } from './server/server.ts';
import { connect, loginName, type Login } from './server/ssh/connect.ts';
import { SshServer } from './server/ssh/ssh.ts';

/**
 * Logs in to the target, through the hops in between.
 * @throws LoginFailed, naming the hop that failed
 */
export async function login(config: Config, log: Log, signal: AbortSignal): Promise<Server> {
  const keys = hostKeys(config['known-hosts'], config['host-fingerprint']);
  for (const problem of keys.problems) log.say(problem);
  const limit = config['step-timeout'];
  const before: Server[] = [];
  for (const hop of [...config.through, config.target]) {
    const details = detailsOf(hop, config, keys);
    const last = before.at(-1);
    const through =
      last === undefined ? null : async () => last.open({ host: hop.host, port: hop.port }, signal);
    log.say(`Connecting to ${loginName(details)}`);
    const ssh = await connect(details, through, signal);
    const hear = (...heard: Parameters<Log['round']>): void => {
      log.round(...heard);
    };
    before.push(new SshServer(ssh, loginName(details), { limit, hear, before: before.slice() }));
  }
  const server = before.at(-1);
  if (server === undefined) throw new Error('there is always a target');
  return server;
}

function detailsOf(hop: Hop, config: Config, keys: Login['hostKeys']): Login {
  return {
    ...hop,
    key: config['ssh-key'],
    passphrase: config['ssh-key-passphrase'],
    password: config.password,
    hostKeys: keys,
    connectTimeout: config['connect-timeout'],
  };
}
