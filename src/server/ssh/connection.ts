import type { Duplex } from 'node:stream';
import type { NodeSSH } from 'node-ssh';
import type { ClientChannel } from 'ssh2';
import { ConnectionLost, ForwardRefused } from '../failures.ts';
import type { Address } from '../server.ts';
import { Shell } from './shell.ts';

/** sshd opens no session more on this connection (MaxSessions of sshd_config). */
export class SessionRefused extends Error {
  override readonly name = 'SessionRefused';
}

// A peer that was killed never closes its half: waiting for it without a limit would keep this process alive.
const goodbye = 1000;

/** One login, with the shells that stay on it. */
export class Connection {
  #lost = false;
  #used = false;
  readonly #idle: Shell[] = [];
  readonly #forwarded = new Set<Duplex>();
  readonly #ssh: NodeSSH;
  readonly #name: string;

  /** @param name of the server, as failures call it */
  constructor(ssh: NodeSSH, name: string) {
    this.#ssh = ssh;
    this.#name = name;
    const client = ssh.connection;
    if (client === null) this.#lost = true;
    // Without a listener a connection that breaks between two rounds would end the process.
    client?.on('error', () => undefined);
    client?.once('close', () => {
      this.#lost = true;
      // The library does not tell those who are not reading at that moment.
      for (const channel of this.#forwarded) {
        channel.destroy();
        channel.emit('close');
      }
    });
  }

  /** Whether it has had a shell: then sshd does open sessions on it. */
  get used(): boolean {
    return this.#used;
  }

  get lost(): boolean {
    return this.#lost;
  }

  /** A shell that nobody uses; undefined when there is none. */
  idle(): Shell | undefined {
    for (let shell = this.#idle.pop(); shell !== undefined; shell = this.#idle.pop()) {
      if (shell.open) return shell;
    }
    return undefined;
  }

  /** Keeps a shell for the next round. */
  keep(shell: Shell): void {
    if (shell.open) this.#idle.push(shell);
  }

  /** @throws SessionRefused, ConnectionLost */
  async begin(): Promise<Shell> {
    const { connection: client } = this.#ssh;
    return new Promise((resolve, reject) => {
      const begun = (error: Error | undefined, channel: ClientChannel): void => {
        if (error === undefined) {
          this.#used = true;
          resolve(new Shell(channel));
        }
        // Only an answer of the server has a reason; without one the connection broke.
        else if ('reason' in error)
          reject(new SessionRefused('No session more.', { cause: error }));
        else reject(new ConnectionLost(this.#name, error));
      };
      if (client === null || this.#lost) reject(new ConnectionLost(this.#name));
      else client.exec('exec sh -s', begun);
    });
  }

  /** @throws ForwardRefused, ConnectionLost */
  async open(to: Address): Promise<Duplex> {
    const { connection: client } = this.#ssh;
    return new Promise((resolve, reject) => {
      const opened = (error: Error | undefined, channel: ClientChannel): void => {
        if (error === undefined) resolve(this.#known(channel));
        else reject(refusal(to, error));
      };
      if (client === null || this.#lost) reject(new ConnectionLost(this.#name));
      else if ('socket' in to) client.openssh_forwardOutStreamLocal(to.socket, opened);
      else client.forwardOut('127.0.0.1', 0, to.host, to.port, opened);
    });
  }

  #known(channel: Duplex): Duplex {
    this.#forwarded.add(channel);
    channel.once('close', () => this.#forwarded.delete(channel));
    return channel;
  }

  async hangUp(): Promise<void> {
    const { connection: client } = this.#ssh;
    this.#ssh.dispose();
    if (client === null) return;
    await new Promise<void>((resolve) => {
      const late = setTimeout(resolve, goodbye);
      client.once('close', () => {
        clearTimeout(late);
        resolve();
      });
    });
    client.destroy();
  }
}

// SSH_OPEN_ADMINISTRATIVELY_PROHIBITED (RFC 4254, 5.1); OpenSSH says 2 for everything else that did not connect.
const prohibited = 1;

function refusal(to: Address, error: Error): ForwardRefused {
  const { reason } = error as { reason?: number };
  return new ForwardRefused(to, reason === prohibited ? 'prohibited' : 'no answer', error);
}
