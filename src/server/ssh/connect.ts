import { lookup } from 'node:dns/promises';
import { connect as connectTo } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { NodeSSH, type Config as LoginOptions } from 'node-ssh';
import type { Secret } from '../../secret.ts';
import { LoginFailed, type LoginFault } from '../failures.ts';
import { fingerprint, keyType, knownHostsLine, printLine, type HostKeys } from '../host-keys.ts';
import { algorithms, Negotiation, rsaSignatures } from './algorithms.ts';
import { readKey, Sha1Wanted, type ReadKey } from './key.ts';
import { offer, type Seen } from './offers.ts';

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
      if (!(error instanceof LoginFailed) || !passes(error.fault) || left === 0) throw error;
      await pause((tries - left) * 1000, undefined, { signal });
    }
  }
}

/** A server that boots, or that has too many logins at once: before it was offered anything it refused nothing. */
function passes(fault: LoginFault): boolean {
  if (fault.kind === 'connection closed') return fault.early;
  return fault.kind === 'port closed' || fault.kind === 'no answer';
}

async function once(login: Login, sock: Duplex | null, signal: AbortSignal): Promise<NodeSSH> {
  const name = loginName(login);
  const own = readKey(login.key, login.passphrase);
  if (own.fault !== null) throw new LoginFailed(name, { kind: 'key not readable', ...own.fault });
  const seen: Seen = { key: null, methods: [], partial: false, unanswered: [], said: '' };
  const negotiation = new Negotiation();
  const ssh = new NodeSSH();
  const abort = (): void => {
    ssh.dispose();
  };
  signal.addEventListener('abort', abort, { once: true });
  try {
    const asked = { ...options(login, own, seen, abort), sock: sock ?? (await dial(login)) };
    const connecting = ssh.connect({ ...asked, debug: negotiation.hear.bind(negotiation) });
    ssh.connection?.on('banner', (text) => {
      seen.said += text;
    });
    await connecting;
    return ssh;
  } catch (error) {
    ssh.dispose();
    throw new LoginFailed(name, explain(error, login, seen, own, negotiation), error);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

// Nagle's algorithm would hold every small question back until the answer before is acknowledged, 40 ms each, and a login
// has many.
async function dial({ host, port }: Login): Promise<Duplex> {
  await lookup(host);
  return connectTo({ host, port, noDelay: true });
}

function options(login: Login, { key }: ReadKey, seen: Seen, giveUp: () => void): LoginOptions {
  const { user, host, port, password, hostKeys, connectTimeout } = login;
  return {
    host,
    port,
    username: user,
    readyTimeout: connectTimeout * 1000,
    keepaliveInterval: 10_000,
    keepaliveCountMax: 3,
    algorithms: algorithms(hostKeys.types(host, port)),
    authHandler: offer({ user, key, password }, seen, giveUp),
    hostVerifier: (shown: Buffer) => {
      seen.key = shown;
      return hostKeys.judge(host, port, shown) === 'trusted';
    },
  };
}

function explain(
  error: unknown,
  login: Login,
  seen: Seen,
  own: ReadKey,
  negotiation: Negotiation,
): LoginFault {
  const refused = hostKeyRefused(login, seen);
  if (refused !== null) return refused;
  const { level, message = '' } = error as { level?: string; message?: string };
  if (error instanceof Sha1Wanted) {
    const what = 'PubkeyAcceptedAlgorithms';
    return { kind: 'no common algorithm', what, ours: rsaSignatures, theirs: ['ssh-rsa'] };
  }
  if (level === 'handshake' && /no matching/i.test(message)) return negotiation.fault;
  if (level === 'client-authentication' || seen.unanswered.length > 0) {
    const { methods, partial, unanswered } = seen;
    return {
      kind: 'login refused',
      fingerprint: own.print,
      publicKey: own.publicKey,
      methods,
      partial,
      unanswered,
    };
  }
  return unreached(error, login.connectTimeout, seen);
}

// What node-ssh says when a connection ends before the login does, however soon that is.
const hungUp = 'No response from server';

function hostKeyRefused({ host, port, hostKeys }: Login, { key }: Seen): LoginFault | null {
  const known = key === null ? 'trusted' : hostKeys.judge(host, port, key);
  if (key === null || known === 'trusted') return null;
  const { source, problems: unusable } = hostKeys;
  const line = (source === 'known-hosts' ? knownHostsLine : printLine)(host, port, key);
  const type = keyType(key).split('-')[1] ?? '';
  const offered = fingerprint(key);
  return { kind: 'host key refused', offered, type, source, line, known, unusable };
}

function unreached(error: unknown, seconds: number, { key, said }: Seen): LoginFault {
  const { level, code, message } = error as { level?: string; code?: string; message?: string };
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return { kind: 'name not found' };
  if (code === 'ECONNREFUSED') return { kind: 'port closed' };
  if (message === hungUp)
    return { kind: 'connection closed', early: key === null, said: said.trim() };
  if (level === 'client-timeout' || code === 'ETIMEDOUT' || code === 'EHOSTUNREACH') {
    return { kind: 'no answer', seconds };
  }
  return { kind: 'other', problem: message ?? String(error) };
}
