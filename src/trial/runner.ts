import type { Command, Output } from '../server/command.ts';

/** The machine of the run, where PHP of the checkout runs. The adapter is `src/runner.ts`; tests have one in memory. */
export interface Runner extends AsyncDisposable {
  /** Absolute path of the application in the checkout; nothing is written there. */
  readonly root: string;
  /** Absolute path of a folder outside of the checkout; it is gone when the runner is disposed of. */
  readonly folder: string;
  /** Writes a file below `folder`. */
  write(path: string, text: string): Promise<void>;
  /**
   * Runs a command with the environment of the job, but without what is the runner's own: inputs, tokens, files.
   * A program that is missing ends with 127, as in a shell; one that takes too long is `timed out`.
   * @throws the signal's reason as soon as it aborts; the program has ended by then
   */
  run(command: Command, signal: AbortSignal): Promise<Output>;
}
