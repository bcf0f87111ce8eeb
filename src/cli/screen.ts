import { harmless } from '../report/harmless.ts';
import { Masking } from '../report/masking.ts';
import type { Workflow } from '../report/workflow.ts';

/** Where text goes: a terminal, a file or a pipe. */
export interface Stream {
  write(text: string): unknown;
  /** Lines may be painted, and the last one may be written again and again. */
  readonly isTTY?: boolean;
}

const escape = '\u001b[';
const eraseLine = `\r${escape}2K`;

/** What a person sees of a run on a terminal: lines, and below them one that says what is going on. No secret is shown. */
export class Screen {
  readonly #to: Stream;
  readonly #masking = new Masking();
  #status = '';

  constructor(to: Stream) {
    this.#to = to;
  }

  /** From here on `***` is shown instead of the value. */
  mask(value: string): void {
    this.#masking.add(value);
  }

  /** A text without the secrets in it. */
  masked(text: string): string {
    return this.#masking.masked(text);
  }

  line(text: string): void {
    this.clear();
    this.#to.write(`${this.masked(text)}\n`);
  }

  /** The line that says what is going on; only on a terminal. */
  status(text: string): void {
    if (this.#to.isTTY !== true) return;
    this.#status = this.masked(harmless(text));
    this.#to.write(`${eraseLine}${escape}2m${this.#status}${escape}0m`);
  }

  /** Removes that line. */
  clear(): void {
    if (this.#status !== '') this.#to.write(eraseLine);
    this.#status = '';
  }
}

/** A screen in the place of the runner. Findings, outputs and summary are in the report that comes last. */
export function onScreen(screen: Screen): Workflow {
  const nothing = (): void => undefined;
  return {
    group: (title) => {
      screen.line(title);
    },
    info: (line) => {
      screen.line(line);
    },
    mask: (value) => {
      screen.mask(value);
    },
    ...{ endGroup: nothing, annotate: nothing, output: nothing, saveState: nothing },
    state: () => '',
    summary: async () => Promise.resolve(),
  };
}
