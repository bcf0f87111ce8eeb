import type { Duplex } from 'node:stream';
import type { NodeSSH } from 'node-ssh';
import type { Config, Hop } from './config/config.ts';
import type { Log } from './log.ts';
import { ForwardRefused, LoginFailed } from './server/failures.ts';
import { hostKeys, type Print } from './server/host-keys.ts';
import type { Server } from './server/server.ts';
import { connect, loginName, type Login } from './server/ssh/connect.ts';
import { SshServer } from './server/ssh/ssh.ts';

/**
 * Logs in to the target, through the hops in between; after a lost connection again, whenever it is needed again.
 * @param id names this deploy on the server
 * @throws LoginFailed, naming the hop that failed
 */
export async function login(
  config: Config,
  log: Log,
  id: string,
  signal: AbortSignal,
): Promise<Server> {
  const keys = hostKeys(config['known-hosts'], printsOf(config));
  for (const problem of keys.problems) log.say(problem);
  const limit = config['step-timeout'];
  const before: Server[] = [];
  for (const hop of [...config.through, config.target]) {
    const details = detailsOf(hop, config, keys);
    const last = before.at(-1);
    const again = async (now: AbortSignal): Promise<NodeSSH> => {
      log.say(`Connecting to ${loginName(details)}`);
      const to = { host: hop.host, port: hop.port };
      const through =
        last === undefined ? null : connectionThrough(last, to, loginName(details), now);
      return connect(details, through, now);
    };
    const hear = (...heard: Parameters<Log['round']>): void => {
      log.round(...heard);
    };
    const ssh = await again(signal).catch(async (failure: unknown) => {
      // A connection that is left open would keep this process alive.
      await last?.[Symbol.asyncDispose]();
      throw failure;
    });
    const patience = config['connect-timeout'];
    const options = { limit, patience, hear, id, again, before: before.slice() };
    before.push(new SshServer(ssh, loginName(details), options));
  }
  const server = before.at(-1);
  if (server === undefined) throw new Error('there is always a target');
  return server;
}

/** Through the hop before; that it gives no connection is a failure of the login to the next one. */
function connectionThrough(
  before: Server,
  to: { readonly host: string; readonly port: number },
  name: string,
  signal: AbortSignal,
): () => Promise<Duplex> {
  return async () => {
    try {
      return await before.open(to, signal);
    } catch (failure) {
      if (!(failure instanceof ForwardRefused)) throw failure;
      const { cause, message } = failure;
      const problem = cause instanceof Error ? cause.message : message;
      throw new LoginFailed(name, { kind: 'no route', before: before.name, problem }, failure);
    }
  };
}

/** A fingerprint without a host is the target's: a host in between must not pass for it, nor the other way round. */
function printsOf({ target, 'host-fingerprint': prints }: Config): readonly Print[] {
  return prints.map((one) =>
    one.host === null
      ? { host: target.host, port: target.port, print: one.print }
      : { ...one, host: one.host },
  );
}

/** The key is for every hop: it proves who we are and can be used by none. A password could be, so each has its own. */
function detailsOf(hop: Hop, config: Config, keys: Login['hostKeys']): Login {
  return {
    ...hop,
    key: config['ssh-key'],
    passphrase: config['ssh-key-passphrase'],
    password: hop === config.target ? config.password : config['proxy-jump-password'],
    hostKeys: keys,
    connectTimeout: config['connect-timeout'],
  };
}
