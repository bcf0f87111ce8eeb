import { PassThrough, type Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { succeeded, type Command, type Exit, type Output } from '../../src/server/command.ts';
import { addressText, ForwardRefused } from '../../src/server/failures.ts';
import { Waits } from '../../src/server/waits.ts';
import { stops, type Address, type OnFailure, type Server } from '../../src/server/server.ts';

/** What a program of the fake does: it may end, print, or take its time. */
export type Program = (
  asked: Command,
  signal: AbortSignal,
) => Partial<Output> | Promise<Partial<Output>>;

/** A server in memory: a table of programs, the directories there are, and who listens where. It parses no shell. */
export class FakeServer implements Server {
  readonly name: string;
  /** Every command it was asked, in order. */
  readonly asked: Command[] = [];
  readonly #programs: Readonly<Record<string, Program>>;
  readonly #listeners: Readonly<Record<string, (stream: Duplex) => void>>;
  readonly #directories: readonly string[];
  readonly #waits = new Waits();

  constructor(
    programs: Readonly<Record<string, Program>>,
    options: {
      listeners?: Readonly<Record<string, (stream: Duplex) => void>>;
      directories?: readonly string[];
      name?: string;
    } = {},
  ) {
    this.name = options.name ?? 'nicolas@fake:22';
    this.#programs = programs;
    this.#listeners = options.listeners ?? {};
    this.#directories = options.directories ?? ['/', '/tmp'];
    this.#waits.begin()();
  }

  get roundTrips(): number {
    return this.#waits.count;
  }

  async round(
    commands: readonly Command[],
    onFailure: OnFailure,
    signal: AbortSignal,
  ): Promise<readonly Output[]> {
    signal.throwIfAborted();
    return this.#inOrder(commands, onFailure, signal).finally(this.#waits.begin());
  }

  async #inOrder(
    commands: readonly Command[],
    onFailure: OnFailure,
    signal: AbortSignal,
  ): Promise<readonly Output[]> {
    const outputs: Output[] = [];
    for (const one of commands) {
      this.asked.push(one);
      const output = await this.#run(one, signal);
      outputs.push(output);
      if (stops(onFailure, outputs.length - 1) && !succeeded(output)) break;
    }
    return outputs;
  }

  async #run(asked: Command, signal: AbortSignal): Promise<Output> {
    if (asked.cwd !== undefined && !this.#directories.includes(asked.cwd)) {
      return ended({ code: 2 }, `cd: ${asked.cwd}: No such file or directory\n`);
    }
    const program = this.#programs[asked.program];
    if (program === undefined) return ended({ code: 127 }, `${asked.program}: not found\n`);
    const reported = await this.#limited(asked, program, signal);
    return { exit: { code: 0 }, stdout: '', stderr: '', ...reported };
  }

  async #limited(asked: Command, program: Program, signal: AbortSignal): Promise<Partial<Output>> {
    const over = new AbortController();
    const aborted = new Promise<never>((_resolve, reject) => {
      signal.addEventListener('abort', () => {
        over.abort();
        reject(signal.reason as Error);
      });
    });
    const limit = pause((asked.limit ?? 600) * 1000, { exit: 'timed out' } as const, {
      signal: over.signal,
    });
    limit.catch(() => undefined);
    aborted.catch(() => undefined);
    try {
      return await Promise.race([Promise.resolve(program(asked, over.signal)), limit, aborted]);
    } finally {
      over.abort();
    }
  }

  async open(to: Address, signal: AbortSignal): Promise<Duplex> {
    signal.throwIfAborted();
    this.#waits.begin()();
    const listener = this.#listeners[addressText(to)];
    if (listener === undefined) throw new ForwardRefused(to, 'no answer');
    const stream = new PassThrough();
    listener(stream);
    return stream;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    return Promise.resolve();
  }
}

function ended(exit: Exit, stderr: string): Output {
  return { exit, stdout: '', stderr };
}
