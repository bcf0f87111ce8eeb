import { randomBytes } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type { NodeSSH } from 'node-ssh';
import type { Client, ClientChannel } from 'ssh2';
import { printed, type Command, type Output } from '../command.ts';
import { ConnectionLost, ForwardRefused, OutputTooLarge } from '../failures.ts';
import type { Address, Server, OnFailure } from '../server.ts';
import { collect, type Collected } from './collect.ts';
import { readRound, script } from './script.ts';

/** Hears every round: the log listens here. */
export type Hear = (commands: readonly Command[], outputs: readonly Output[]) => void;

// Of the seven and a half seconds that a cancelled job has before it is killed.
const patience = 3000;

/** How a server is talked to. */
export interface SshOptions {
  /** Seconds, for commands that have no limit of their own. */
  readonly limit: number;
  readonly hear: Hear;
  /** Names this deploy in the environment of its commands. */
  readonly id?: string;
  /** Connections that this one goes through; they end with it. */
  readonly before?: readonly AsyncDisposable[];
  /** Logs in again after the connection was lost. */
  readonly again?: (signal: AbortSignal) => Promise<NodeSSH>;
}

/** A server over an SSH connection that is logged in. A round during which it is lost is not repeated; the next one connects again. */
export class SshServer implements Server {
  readonly name: string;
  #roundTrips = 1;
  #ssh: NodeSSH;
  #lost = false;
  #over = false;
  readonly #options: SshOptions;

  constructor(ssh: NodeSSH, name: string, options: SshOptions) {
    this.#ssh = ssh;
    this.name = name;
    this.#options = options;
    this.#watch();
  }

  #watch(): void {
    const client = this.#ssh.connection;
    // Without a listener a connection that breaks between two rounds would end the process.
    client?.on('error', () => undefined);
    client?.once('close', () => {
      this.#lost = this.#ssh.connection === client || this.#ssh.connection === null;
    });
  }

  async #connected(signal: AbortSignal): Promise<Client> {
    const { again } = this.#options;
    if (this.#lost && again !== undefined && !this.#over) {
      this.#ssh = await again(signal);
      this.#lost = false;
      this.#roundTrips += 1;
      this.#watch();
    }
    const client = this.#ssh.connection;
    if (client === null || this.#lost) throw new ConnectionLost(this.name);
    return client;
  }

  get roundTrips(): number {
    return this.#roundTrips;
  }

  async round(
    commands: readonly Command[],
    onFailure: OnFailure,
    signal: AbortSignal,
  ): Promise<readonly Output[]> {
    signal.throwIfAborted();
    const channel = await this.#exec(await this.#connected(signal));
    this.#roundTrips += 1;
    const { limit, id, hear } = this.#options;
    const mark = `ci4-deploy-${randomBytes(16).toString('hex')}`;
    const text = script(commands, onFailure, mark, limit, id);
    const { stdout, stderr } = await this.#talk(channel, text, mark, signal);
    const outputs = readRound(stdout.text, stderr.text, mark, commands.length, onFailure);
    if (outputs === null) throw new ConnectionLost(this.name, new Error(stderr.text.slice(-500)));
    hear(commands, outputs);
    this.#refuseCut(commands, new Set([...stdout.cut, ...stderr.cut]));
    return outputs;
  }

  async #exec(client: Client): Promise<ClientChannel> {
    return new Promise((resolve, reject) => {
      client.exec('exec sh -s', (error, channel) => {
        if (error === undefined) resolve(channel);
        else reject(new ConnectionLost(this.name, error));
      });
    });
  }

  /** Half an answer must not pass for a whole one. What a change prints is only shown, and that it ran is proved otherwise. */
  #refuseCut(commands: readonly Command[], cut: ReadonlySet<number>): void {
    const flood = commands.find((one, at) => cut.has(at) && one.survives !== true);
    if (flood !== undefined) throw new OutputTooLarge(this.name, printed(flood));
  }

  async #talk(
    channel: ClientChannel,
    text: string,
    mark: string,
    signal: AbortSignal,
  ): Promise<{ stdout: Collected; stderr: Collected }> {
    const stdout = collect(channel, mark);
    const stderr = collect(channel.stderr, mark);
    return new Promise((resolve, reject) => {
      const abort = (): void => {
        channel.signal('TERM');
        // What we are about to roll back must not still be running. sshd refuses signals to root's
        // commands, so the wait has an end: closing the channel lets the shell's next write fail.
        setTimeout(() => {
          channel.close();
          reject(signal.reason as Error);
        }, patience).unref();
      };
      signal.addEventListener('abort', abort, { once: true });
      channel.once('close', () => {
        signal.removeEventListener('abort', abort);
        if (signal.aborted) reject(signal.reason as Error);
        else resolve({ stdout: stdout(), stderr: stderr() });
      });
      // No end of input: the library sends no signal any more to a channel whose input is over.
      channel.write(text);
    });
  }

  async open(to: Address, signal: AbortSignal): Promise<Duplex> {
    signal.throwIfAborted();
    const client = await this.#connected(signal);
    this.#roundTrips += 1;
    return new Promise((resolve, reject) => {
      const opened = (error: Error | undefined, channel: ClientChannel): void => {
        if (error === undefined) resolve(channel);
        else reject(refusal(to, error));
      };
      if ('socket' in to) client.openssh_forwardOutStreamLocal(to.socket, opened);
      else client.forwardOut('127.0.0.1', 0, to.host, to.port, opened);
    });
  }

  /** A peer that was killed never closes its half: waiting for it without a limit would keep this process alive. */
  async #hangUp(): Promise<void> {
    const client = this.#ssh.connection;
    this.#over = true;
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

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#hangUp();
    for (const hop of this.#options.before ?? []) await hop[Symbol.asyncDispose]();
  }
}

const goodbye = 1000;

// SSH_OPEN_ADMINISTRATIVELY_PROHIBITED (RFC 4254, 5.1); OpenSSH says 2 for everything else that did not connect.
const prohibited = 1;

function refusal(to: Address, error: Error): ForwardRefused {
  const { reason } = error as { reason?: number };
  return new ForwardRefused(to, reason === prohibited ? 'prohibited' : 'no answer', error);
}
