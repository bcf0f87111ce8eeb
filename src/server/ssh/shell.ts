import type { ClientChannel } from 'ssh2';
import { collect, type Collected } from './collect.ts';

/** What a round printed, without the line that ends it. */
export interface Heard {
  readonly stdout: Collected;
  readonly stderr: Collected;
}

/** The shell gave no sign within its time. */
export class Silent extends Error {
  override readonly name = 'Silent';
}

/** The shell ended before the round did. `heard` is what it printed until then. */
export class Ended extends Error {
  override readonly name = 'Ended';
  readonly heard: Heard;
  /** Its exit status; null when it has none. */
  readonly status: number | null;
  constructor(heard: Heard, status: number | null) {
    super('The shell ended.');
    this.heard = heard;
    this.status = status;
  }
}

/** How long a round may take, in milliseconds. */
export interface Patience {
  /** Until the shell says that it begins. */
  readonly start: number;
  /** From then until its end. */
  readonly whole: number;
}

// Of the seven and a half seconds that a cancelled job has before it is killed.
const untilStopped = 3000;

/**
 * One `sh` on the server that stays: rounds are written to it one after the other. A channel of its own for each would cost
 * three round trips and a login shell.
 */
export class Shell {
  readonly #channel: ClientChannel;
  #open = true;
  #status: number | null = null;
  #proved = false;

  constructor(channel: ClientChannel) {
    this.#channel = channel;
    // sshd's client may go away at any moment: the round hears it by `close`.
    channel.on('error', () => undefined);
    channel.once('exit', (status: number | null) => {
      this.#status = status;
    });
    channel.once('close', () => {
      this.#open = false;
    });
  }

  /** Whether it still takes rounds. */
  get open(): boolean {
    return this.#open;
  }

  /** Whether a round has begun on it: it is a shell that runs our commands. */
  get proved(): boolean {
    return this.#proved;
  }

  /**
   * Writes a round to it, and reads until its end.
   * @param script of the round; it runs in a subshell, so that its traps and its exit are its own
   * @param mark the line that ends each command there
   * @throws Silent, Ended, or the reason of the signal
   */
  async run(script: string, mark: string, patience: Patience, signal: AbortSignal): Promise<Heard> {
    const [channel, end] = [this.#channel, `end-of-${mark}`];
    const { promise, resolve, reject } = Promise.withResolvers<Heard>();
    const why = (failure: Error): Error => (signal.aborted ? (signal.reason as Error) : failure);
    const closed = (): void => {
      reject(why(new Ended(both.heard(), this.#status)));
    };
    const timer = new Timer(() => {
      this.close();
      reject(why(new Silent('The shell says nothing.')));
    });
    timer.set(patience.start);
    const abort = (): void => {
      channel.signal('TERM');
      // What we are about to roll back must not still be running. sshd refuses signals to root's
      // commands, so the wait has an end: closing the channel lets the shell's next write fail.
      timer.set(untilStopped);
    };
    channel.once('close', closed);
    signal.addEventListener('abort', abort, { once: true });
    const begun = (): void => {
      this.#proved = true;
      if (!signal.aborted) timer.set(patience.whole);
    };
    const both = listen(channel, mark, end, begun);
    void both.over.then(() => {
      if (signal.aborted) reject(signal.reason as Error);
      else resolve(both.heard());
    });
    // No end of input: the library sends no signal any more to a channel whose input is over.
    channel.write(enclosed(script, end));
    try {
      return await promise;
    } finally {
      timer.clear();
      signal.removeEventListener('abort', abort);
      channel.removeListener('close', closed);
      both.stop();
    }
  }

  close(): void {
    this.#open = false;
    this.#channel.close();
  }
}

/** Both streams of a shell, for one round. */
function listen(
  channel: ClientChannel,
  mark: string,
  end: string,
  begun: () => void,
): {
  readonly over: Promise<unknown>;
  readonly heard: () => Heard;
  readonly stop: () => void;
} {
  const out = collect(channel, mark, end, begun);
  const err = collect(channel.stderr, mark, end, () => undefined);
  return {
    over: Promise.all([out.over, err.over]),
    heard: () => ({ stdout: out.read(), stderr: err.read() }),
    stop: () => {
      out.stop();
      err.stop();
    },
  };
}

/** One limit at a time: the newest one counts. */
class Timer {
  #running: NodeJS.Timeout | undefined;
  readonly #late: () => void;

  constructor(late: () => void) {
    this.#late = late;
  }

  set(milliseconds: number): void {
    this.clear();
    this.#running = setTimeout(this.#late, milliseconds);
  }

  clear(): void {
    clearTimeout(this.#running);
  }
}

// The first line is for a login that asks a question, and reads it. A TERM is for what the round runs. The shell itself lives
// on: a trap that runs something is not inherited.
function enclosed(script: string, end: string): string {
  return `:\ntrap : TERM\n(\n${script})\nprintf '\\n%s\\n' '${end}'; printf '\\n%s\\n' '${end}' >&2\n`;
}
