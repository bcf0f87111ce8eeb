import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';

/** How long the runner waits, in milliseconds, before it becomes ruder. */
export interface Patience {
  /** From SIGINT to SIGTERM. */
  readonly interrupt: number;
  /** From SIGTERM to SIGKILL of the whole tree. */
  readonly terminate: number;
  /** From the end of the program to the end of children who still hold its output. */
  readonly output: number;
}

/** The times of GitHub's runner (actions/runner, ProcessInvoker.cs). */
export const githubPatience: Patience = { interrupt: 7500, terminate: 2500, output: 5000 };

/** One program to start. */
export interface Program {
  readonly file: string;
  readonly args: readonly string[];
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly onLine: (line: string) => void;
  /** Gets the process group of the program as soon as it runs. */
  readonly onStart?: ((group: number) => void) | undefined;
}

/**
 * Runs a program to its end, or takes it down as GitHub's runner does when `cancel` is aborted.
 * @returns its exit status; null when a signal ended it
 */
export async function runProgram(
  program: Program,
  patience: Patience,
  cancel?: AbortSignal,
): Promise<number | null> {
  // A group of its own: Ctrl-C on our terminal must not reach it, and the whole tree can be killed at once.
  const child = spawn(program.file, program.args, {
    cwd: program.folder,
    env: program.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const abandon = (): void => {
    killTree(child);
  };
  process.once('exit', abandon);
  if (child.pid !== undefined) program.onStart?.(child.pid);
  const closed = once(child, 'close');
  const exited = once(child, 'exit') as Promise<[number | null]>;
  const ladder = cancel === undefined ? undefined : onAbort(cancel, exited, child, patience);
  const read = Promise.all([
    lines(child.stdout, program.onLine),
    lines(child.stderr, program.onLine),
  ]);
  try {
    const [code] = await exited;
    if (!(await within(closed, patience.output))) killTree(child);
    await read;
    return code;
  } finally {
    ladder?.leave();
    process.off('exit', abandon);
  }
}

function onAbort(
  cancel: AbortSignal,
  exited: Promise<unknown>,
  child: ChildProcess,
  patience: Patience,
): { leave: () => void } {
  const climb = (): void => {
    void takeDown(child, exited, patience);
  };
  if (cancel.aborted) climb();
  else cancel.addEventListener('abort', climb, { once: true });
  return {
    leave: () => {
      cancel.removeEventListener('abort', climb);
    },
  };
}

async function takeDown(
  child: ChildProcess,
  exited: Promise<unknown>,
  { interrupt, terminate }: Patience,
): Promise<void> {
  child.kill('SIGINT');
  if (await within(exited, interrupt)) return;
  child.kill('SIGTERM');
  if (await within(exited, terminate)) return;
  killTree(child);
}

function killTree(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function within(event: Promise<unknown>, milliseconds: number): Promise<boolean> {
  const stop = new AbortController();
  const late = pause(milliseconds, false, { signal: stop.signal }).catch(() => false);
  const first = await Promise.race([event.then(() => true), late]);
  stop.abort();
  return first;
}

async function lines(stream: Readable, onLine: (line: string) => void): Promise<void> {
  stream.setEncoding('utf8');
  let rest = '';
  for await (const chunk of stream as AsyncIterable<string>) {
    // A lone carriage return ends a line too, but at the end of a chunk its line feed may still come.
    const parts = (rest + chunk).split(/\r\n|\n|\r(?!$)/);
    rest = parts.pop() ?? '';
    for (const part of parts) onLine(part);
  }
  if (rest !== '') onLine(rest.replace(/\r$/, ''));
}
