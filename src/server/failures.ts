import type { Remedy } from '../remedy.ts';
import type { Exit, Output } from './command.ts';
import type { Address } from './server.ts';

/** The connection ended while we needed it: how the work on the server ended is not known. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';
  readonly server: string;
  constructor(server: string, cause?: unknown) {
    super(`The connection to ${server} was lost.`, { cause });
    this.server = server;
  }
}

/** Why no shell ran our commands, although the login worked. */
export type ShellFault =
  // sshd opens no session at all (MaxSessions 0 of sshd_config).
  | { readonly kind: 'no session' }
  // Something that it started at the login asks, or goes on for ever.
  | { readonly kind: 'silent'; readonly seconds: number }
  // It ended, or another program ran in its place; `said` is what was printed.
  | { readonly kind: 'ended'; readonly said: string; readonly status: number | null };

/** We are logged in, and no shell runs our commands. */
export class NoShell extends Error {
  override readonly name = 'NoShell';
  readonly server: string;
  readonly fault: ShellFault;
  constructor(server: string, fault: ShellFault, cause?: unknown) {
    super(`No shell runs our commands on ${server}: ${fault.kind}.`, { cause });
    this.server = server;
    this.fault = fault;
  }
}

/** Another deploy has taken our lock over: what we had begun is its business now, and nothing may be touched any more. */
export class LockLost extends Error {
  override readonly name = 'LockLost';
  readonly server: string;
  constructor(server: string) {
    super(`Another deploy took the lock on ${server} over.`);
    this.server = server;
  }
}

/** What two sides have to agree on before a login, by the names of sshd_config(5). */
export type AlgorithmKind =
  'KexAlgorithms' | 'HostKeyAlgorithms' | 'Ciphers' | 'MACs' | 'PubkeyAcceptedAlgorithms';

/** Why we could not log in: a closed set, so that each has its own sentence and remedy. */
export type LoginFault =
  | { readonly kind: 'name not found' }
  | { readonly kind: 'port closed' }
  // The host in between got no connection to it, or gives none.
  | { readonly kind: 'no route'; readonly before: string; readonly problem: string }
  | { readonly kind: 'no answer'; readonly seconds: number }
  // It ended the connection during the login; `early`: before it had shown its key, `said`: what it printed before.
  | { readonly kind: 'connection closed'; readonly early: boolean; readonly said: string }
  | {
      readonly kind: 'host key refused';
      readonly offered: string;
      /** `ed25519`, `ecdsa` or `rsa`, as the file of the key on the server is called. */
      readonly type: string;
      /** The input to add to, and what. */
      readonly source: 'known-hosts' | 'host-fingerprint';
      readonly line: string;
      readonly known: 'other key' | 'unknown host' | 'revoked';
      /** What of the known hosts could not be used. */
      readonly unusable: readonly string[];
    }
  | {
      readonly kind: 'login refused';
      readonly fingerprint: string | undefined;
      /** The public line of the key that was tried. */
      readonly publicKey: string | undefined;
      readonly methods: readonly string[];
      /** The key or the password was right, and the server wants more besides. */
      readonly partial: boolean;
      /** Questions of the server that were not answered: they did not ask for a password. */
      readonly unanswered: readonly string[];
    }
  // Only what nobody should use any more would be common to both.
  | {
      readonly kind: 'no common algorithm';
      readonly what: AlgorithmKind;
      readonly ours: readonly string[];
      readonly theirs: readonly string[];
    }
  | { readonly kind: 'key not readable'; readonly problem: string; readonly remedy: Remedy }
  | { readonly kind: 'other'; readonly problem: string };

/** The server was not reached or did not let us in. `server` is the hop that failed, as `user@host:port`. */
export class LoginFailed extends Error {
  override readonly name = 'LoginFailed';
  readonly server: string;
  readonly fault: LoginFault;
  constructor(server: string, fault: LoginFault, cause?: unknown) {
    super(`Could not log in to ${server}: ${fault.kind}.`, { cause });
    this.server = server;
    this.fault = fault;
  }
}

/** sshd opened no connection to the address: forwarding is forbidden, or nothing listens there. */
export class ForwardRefused extends Error {
  override readonly name = 'ForwardRefused';
  readonly to: Address;
  /** `prohibited`: sshd's own settings forbid it; `no answer`: nothing listens at the address. */
  readonly reason: 'prohibited' | 'no answer';
  constructor(to: Address, reason: 'prohibited' | 'no answer', cause?: unknown) {
    super(`No connection from the server to ${addressText(to)}: ${reason}.`, { cause });
    this.to = to;
    this.reason = reason;
  }
}

const tailLines = 5;
const tailWidth = 500;

/** A command that had to succeed did not. `command` is what a person would type, without secrets. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
  readonly server: string;
  readonly command: string;
  readonly exit: Exit;
  readonly output: Output;
  /** The last lines it printed, errors first. */
  readonly tail: string;
  constructor(server: string, command: string, output: Output) {
    super(`A command failed on ${server}: ${command}`);
    this.server = server;
    this.command = command.length > 200 ? `${command.slice(0, 200)}...` : command;
    this.exit = output.exit;
    this.output = output;
    const text = output.stderr.trim() === '' ? output.stdout : output.stderr;
    const lines = text.trim().split('\n').slice(-tailLines);
    this.tail = lines.map(shortened).join('\n');
  }
}

function shortened(line: string): string {
  return line.length > tailWidth ? `${line.slice(0, tailWidth)}...` : line;
}

/** A command printed more than we keep, so that its answer is not whole. `command` is what a person would type. */
export class OutputTooLarge extends Error {
  override readonly name = 'OutputTooLarge';
  readonly server: string;
  readonly command: string;
  constructor(server: string, command: string) {
    super(`A command on ${server} printed more than 64 MiB: ${command}`);
    this.server = server;
    this.command = command.length > 200 ? `${command.slice(0, 200)}...` : command;
  }
}

/** Composer could not install what the commit's composer.lock wants. */
export class ComposerFailed extends CommandFailed {}

/** The run was asked to stop (SIGINT, SIGTERM): not a failure of any command. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
}

/** An address as a person writes it. */
export function addressText(to: Address): string {
  return 'socket' in to ? to.socket : `${to.host}:${String(to.port)}`;
}
