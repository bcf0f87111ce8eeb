import { randomBytes } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type { NodeSSH } from 'node-ssh';
import { printed, type Command, type Output } from '../command.ts';
import { ConnectionLost, NoShell, OutputTooLarge, type ShellFault } from '../failures.ts';
import type { Address, OnFailure, Server, When } from '../server.ts';
import { Waits } from '../waits.ts';
import { Connection, SessionRefused } from './connection.ts';
import { readRound, script } from './script.ts';
import { Ended, Silent, type Heard, type Shell } from './shell.ts';

/** Hears every round: the log listens here. */
export type Hear = (commands: readonly Command[], outputs: readonly Output[]) => void;

/** How a server is talked to. */
export interface SshOptions {
  /** Seconds, for commands that have no limit of their own. */
  readonly limit: number;
  /** Seconds until a shell says that it begins; beyond the limits of its commands a round has as many. */
  readonly patience: number;
  readonly hear: Hear;
  /** Names this deploy in the environment of its commands. */
  readonly id?: string;
  /** Connections that this one goes through; they end with it. */
  readonly before?: readonly AsyncDisposable[];
  /** Logs in again: after the connection was lost, and where sshd allows one session for each connection. */
  readonly again?: (signal: AbortSignal) => Promise<NodeSSH>;
}

/** A shell, and the connection that it goes back to. */
interface Taken {
  readonly shell: Shell;
  readonly of: Connection;
}

/** A server over an SSH connection that is logged in. A round during which it is lost is not repeated; the next one connects again. */
export class SshServer implements Server {
  readonly name: string;
  readonly #waits = new Waits();
  #main: Connection;
  #returning: Promise<Connection> | null = null;
  #over = false;
  #another: Promise<void> | null = null;
  #proved = false;
  readonly #running = new Set<Promise<void>>();
  // Further logins, for what runs beside a round where sshd gives each login one session.
  readonly #beside: Connection[] = [];
  readonly #options: SshOptions;

  constructor(ssh: NodeSSH, name: string, options: SshOptions) {
    this.#main = new Connection(ssh, name);
    this.#waits.begin()();
    this.name = name;
    this.#options = options;
  }

  get roundTrips(): number {
    return this.#waits.count;
  }

  /** Several may ask at once after it was lost: one login is for all, as one that nobody closes would never end. */
  async #connected(signal: AbortSignal): Promise<Connection> {
    if (!this.#main.lost) return this.#main;
    this.#returning ??= this.#loggedIn(signal).finally(() => {
      this.#returning = null;
    });
    this.#main = await this.#returning;
    return this.#main;
  }

  async #loggedIn(signal: AbortSignal): Promise<Connection> {
    const { again } = this.#options;
    if (again === undefined || this.#over) throw new ConnectionLost(this.name);
    const over = this.#waits.begin();
    const connection = new Connection(await again(signal), this.name);
    over();
    return connection;
  }

  async round(
    commands: readonly Command[],
    onFailure: OnFailure,
    signal: AbortSignal,
    when: When = 'at once',
  ): Promise<readonly Output[]> {
    signal.throwIfAborted();
    const { limit, id, hear } = this.#options;
    const taken = await this.#take(when, signal);
    const over = this.#waits.begin();
    const mark = `ci4-deploy-${randomBytes(16).toString('hex')}`;
    const text = script(commands, onFailure, mark, limit, id);
    const running = this.#run(taken, text, mark, commands, signal).finally(over);
    const ended = running.then(
      () => undefined,
      () => undefined,
    );
    this.#running.add(ended);
    void ended.then(() => this.#running.delete(ended));
    const { stdout, stderr } = await running;
    const outputs = readRound(stdout.text, stderr.text, mark, commands.length, onFailure);
    if (outputs === null) throw new ConnectionLost(this.name, new Error(stderr.text.slice(-500)));
    hear(commands, outputs);
    this.#refuseCut(commands, new Set([...stdout.cut, ...stderr.cut]));
    return outputs;
  }

  /** A shell for one round: one that is there, or a new one. */
  async #take(when: When, signal: AbortSignal): Promise<Taken> {
    const main = await this.#connected(signal);
    for (const of of [main, ...this.#beside]) {
      const shell = of.idle();
      if (shell !== undefined) return { shell, of };
    }
    if (this.#another !== null) {
      await this.#another;
      this.#another = null;
      return this.#take(when, signal);
    }
    try {
      return await this.#begin(main);
    } catch (failure) {
      if (!(failure instanceof SessionRefused)) throw failure;
      if (when === 'at once' || this.#running.size === 0)
        return await this.#beginBeside(failure, signal);
    }
    await Promise.race(this.#running);
    return this.#take(when, signal);
  }

  /** Begins a second shell together with the first one: what is asked side by side then need not wait for it. */
  async #beginAnother(): Promise<void> {
    try {
      this.#main.keep(await this.#main.begin());
    } catch {
      // Where sshd refuses it, one has to do.
    }
  }

  async #begin(of: Connection): Promise<Taken> {
    const over = this.#waits.begin();
    const beginning = of.begin();
    if (!of.used) this.#another ??= this.#beginAnother();
    const shell = await beginning;
    over();
    return { shell, of };
  }

  /** @param refused what the connection that is there said */
  async #beginBeside(refused: SessionRefused, signal: AbortSignal): Promise<Taken> {
    const { again } = this.#options;
    if (again === undefined || !this.#main.used)
      throw new NoShell(this.name, { kind: 'no session' }, refused);
    const connection = await this.#loggedIn(signal);
    this.#beside.push(connection);
    try {
      return await this.#begin(connection);
    } catch (failure) {
      if (!(failure instanceof SessionRefused)) throw failure;
      throw new NoShell(this.name, { kind: 'no session' }, failure);
    }
  }

  async #run(
    { shell, of }: Taken,
    text: string,
    mark: string,
    commands: readonly Command[],
    signal: AbortSignal,
  ): Promise<Heard> {
    const { limit, patience } = this.#options;
    // timeout(1) kills two seconds after the limit.
    const limits = commands.reduce((sum, one) => sum + (one.limit ?? limit) + 2, 0);
    const waits = { start: patience * 1000, whole: (limits + patience) * 1000 };
    try {
      const heard = await shell.run(text, mark, waits, signal);
      of.keep(shell);
      this.#proved = true;
      return heard;
    } catch (failure) {
      if (!(failure instanceof Silent || failure instanceof Ended)) throw failure;
      // Where a round has begun there is a shell, and it is the connection that went.
      if (this.#proved || shell.proved || of.lost) throw new ConnectionLost(this.name, failure);
      throw new NoShell(this.name, faultOf(failure, patience), failure);
    }
  }

  /** Half an answer must not pass for a whole one. What a change prints is only shown, and that it ran is proved otherwise. */
  #refuseCut(commands: readonly Command[], cut: ReadonlySet<number>): void {
    const flood = commands.find((one, at) => cut.has(at) && one.survives !== true);
    if (flood !== undefined) throw new OutputTooLarge(this.name, printed(flood));
  }

  async open(to: Address, signal: AbortSignal): Promise<Duplex> {
    signal.throwIfAborted();
    const connection = await this.#connected(signal);
    return connection.open(to).finally(this.#waits.begin());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#over = true;
    await Promise.all([this.#main, ...this.#beside].map(async (one) => one.hangUp()));
    for (const hop of this.#options.before ?? []) await hop[Symbol.asyncDispose]();
  }
}

function faultOf(failure: Silent | Ended, seconds: number): ShellFault {
  if (failure instanceof Silent) return { kind: 'silent', seconds };
  const { heard, status } = failure;
  return { kind: 'ended', said: `${heard.stdout.text}\n${heard.stderr.text}`.trim(), status };
}
