import { lookup } from 'node:dns/promises';
import type { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { NodeSSH, type Config as LoginOptions } from 'node-ssh';
import type { Secret } from '../../secret.ts';
import { LoginFailed, type LoginFault } from '../failures.ts';
import { fingerprint, knownHostsLine, type HostKeys } from '../host-keys.ts';
import { readKey } from './key.ts';

/** Where to log in and with what. */
export interface Login {
  readonly user: string;
  readonly host: string;
  readonly port: number;
  readonly key: Secret | null;
  readonly passphrase: Secret | null;
  readonly password: Secret | null;
  readonly hostKeys: HostKeys;
  /** Seconds. */
  readonly connectTimeout: number;
}

const tries = 3;

/** `user@host:port`. */
export function loginName({ user, host, port }: Login): string {
  return `${user}@${host}:${port}`;
}

/**
 * Logs in, through a connection already open (a hop before) or over the network.
 * Only connecting is tried again, never a refusal.
 * @throws LoginFailed
 */
export async function connect(
  login: Login,
  through: (() => Promise<Duplex>) | null,
  signal: AbortSignal,
): Promise<NodeSSH> {
  for (let left = tries - 1; ; left -= 1) {
    try {
      return await once(login, through === null ? null : await through(), signal);
    } catch (error) {
      signal.throwIfAborted();
      const again =
        error instanceof LoginFailed && ['port closed', 'no answer'].includes(error.fault.kind);
      if (!again || left === 0) throw error;
      await pause((tries - left) * 1000, undefined, { signal });
    }
  }
}

async function once(login: Login, sock: Duplex | null, signal: AbortSignal): Promise<NodeSSH> {
  const name = loginName(login);
  const { fault: keyFault, key, print } = readKey(login.key, login.passphrase);
  if (keyFault !== null)
    throw new LoginFailed(name, { kind: 'key not readable', problem: keyFault });
  const seen: Seen = { key: null, methods: [] };
  const ssh = new NodeSSH();
  const abort = (): void => {
    ssh.dispose();
  };
  signal.addEventListener('abort', abort, { once: true });
  try {
    if (sock === null) await lookup(login.host);
    await ssh.connect({ ...options(login, key, seen), ...(sock === null ? {} : { sock }) });
    // Nagle's algorithm would hold every small question back until the answer before is acknowledged: 40 ms each.
    ssh.connection?.setNoDelay(true);
    return ssh;
  } catch (error) {
    ssh.dispose();
    throw new LoginFailed(name, explain(error, login, seen, print), error);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/** What the server showed while we tried. */
interface Seen {
  key: Buffer | null;
  methods: readonly string[];
}

function options(login: Login, key: string | null, seen: Seen): LoginOptions {
  const { user, host, port, hostKeys, connectTimeout } = login;
  const order = algorithms(hostKeys.types(host, port));
  return {
    host,
    port,
    username: user,
    readyTimeout: connectTimeout * 1000,
    keepaliveInterval: 10_000,
    keepaliveCountMax: 3,
    ...(order.length > 0 ? { algorithms: { serverHostKey: order } } : {}),
    authHandler: tell(login, key, seen),
    hostVerifier: (shown: Buffer) => {
      seen.key = shown;
      return hostKeys.judge(host, port, shown) === 'trusted';
    },
  };
}

type Ask = Exclude<LoginOptions['authHandler'], undefined>;

/** Offers what we have, one after the other, and writes down what the server would accept instead. */
function tell({ user, password, passphrase }: Login, key: string | null, seen: Seen): Ask {
  const opened = passphrase === null ? {} : { passphrase: passphrase.reveal() };
  const secret = password?.reveal() ?? '';
  const offers = [
    ...(key === null ? [] : [{ type: 'publickey' as const, username: user, key, ...opened }]),
    ...(password === null
      ? []
      : [
          { type: 'password' as const, username: user, password: secret },
          {
            type: 'keyboard-interactive' as const,
            username: user,
            prompt: (
              _name: string,
              _text: string,
              _language: string,
              prompts: readonly unknown[],
              finish: (answers: string[]) => void,
            ) => {
              finish(prompts.map(() => secret));
            },
          },
        ]),
  ];
  return (methods, _partial, next) => {
    // Before the server has said anything the library gives null.
    seen.methods = Array.isArray(methods) ? methods : seen.methods;
    next(offers.shift() ?? (false as never));
  };
}

type HostKeyAlgorithm =
  | 'ssh-ed25519'
  | 'ecdsa-sha2-nistp256'
  | 'ecdsa-sha2-nistp384'
  | 'ecdsa-sha2-nistp521'
  | 'rsa-sha2-512'
  | 'rsa-sha2-256';

const every: readonly HostKeyAlgorithm[] = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'rsa-sha2-512',
  'rsa-sha2-256',
];

/** The types we know first, so that the server shows one we can judge; the others last, for a clear refusal. */
function algorithms(types: readonly string[]): HostKeyAlgorithm[] {
  const known = every.filter((one) => types.includes(one.startsWith('rsa-') ? 'ssh-rsa' : one));
  return types.length === 0 ? [] : [...known, ...every.filter((one) => !known.includes(one))];
}

function explain(error: unknown, login: Login, seen: Seen, print: string | undefined): LoginFault {
  const { host, port, hostKeys, connectTimeout } = login;
  if (seen.key !== null) {
    const known = hostKeys.judge(host, port, seen.key);
    if (known !== 'trusted') {
      const line = knownHostsLine(host, port, seen.key);
      const offered = fingerprint(seen.key);
      return { kind: 'host key refused', offered, line, known, unusable: hostKeys.problems };
    }
  }
  if ((error as { level?: string }).level === 'client-authentication') {
    return { kind: 'login refused', fingerprint: print, methods: seen.methods };
  }
  return unreached(error, connectTimeout);
}

function unreached(error: unknown, seconds: number): LoginFault {
  const { level, code, message } = error as { level?: string; code?: string; message?: string };
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return { kind: 'name not found' };
  if (code === 'ECONNREFUSED') return { kind: 'port closed' };
  if (level === 'client-timeout' || code === 'ETIMEDOUT' || code === 'EHOSTUNREACH') {
    return { kind: 'no answer', seconds };
  }
  return { kind: 'other', problem: message ?? String(error) };
}
