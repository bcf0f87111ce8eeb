import type { Command, Output } from '../../src/server/command.ts';
import type { Runner } from '../../src/trial/runner.ts';

/** What a program does in memory; `never` is one that does not end by itself. */
export type Program = (command: Command) => Output | 'never';

/** The machine of the run, in memory: programs by their names. */
export class FakeRunner implements Runner {
  readonly root = '/checkout';
  readonly folder = '/beside';
  readonly files = new Map<string, string>();
  readonly ran: Command[] = [];
  readonly #programs: Readonly<Record<string, Program>>;

  constructor(programs: Readonly<Record<string, Program>>) {
    this.#programs = programs;
  }

  async write(path: string, text: string): Promise<void> {
    this.files.set(path, text);
  }

  async run(command: Command, signal: AbortSignal): Promise<Output> {
    signal.throwIfAborted();
    this.ran.push(command);
    const program = this.#programs[command.program];
    if (program === undefined) {
      const stderr = `sh: 1: exec: ${command.program}: not found\n`;
      return { exit: { code: 127 }, stdout: '', stderr };
    }
    const output = program(command);
    if (output !== 'never') return output;
    if (command.limit !== undefined) return { exit: 'timed out', stdout: '', stderr: '' };
    return new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => {
        reject(signal.reason as Error);
      });
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.files.clear();
  }
}
