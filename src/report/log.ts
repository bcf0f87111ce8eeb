import { printed, succeeded, type Command, type Exit, type Output } from '../server/command.ts';
import { harmless } from './harmless.ts';
import type { Log } from '../log.ts';
import type { Workflow } from './workflow.ts';

const mostLines = 200;
const longestLine = 4000;
/** Seconds after which the log says that it is still there. */
const longestSilence = 30;

// The runner trims blanks before `::` and finds `##[` anywhere in a line (actions/runner, ActionCommand.cs, TryParseV2
// and TryParse). Its blanks are .NET's, so whatever cannot be seen counts as one here.
const startsCommand = /^[^\p{L}\p{N}\p{P}\p{S}]*::/u;

/** Text from the server for the log: marked as foreign, so that no line can be read as a workflow command. */
export function quoted(text: string): string[] {
  const lines = harmless(text).replace(/\n$/, '').split('\n');
  const cut = lines.length > mostLines ? [`(${lines.length - mostLines} lines left out)`] : [];
  return [...cut, ...lines.slice(-mostLines)].map((line) => `│ ${shortened(line)}`);
}

function shortened(line: string): string {
  const over = line.length - longestLine;
  return over > 0 ? `${line.slice(0, longestLine)} (${over} more characters left out)` : line;
}

/** How a command ended, in words. */
export function ended(exit: Exit): string {
  if (exit === 'timed out') return 'stopped at its time limit';
  return 'code' in exit ? `exit status ${exit.code}` : `ended by signal ${exit.signal}`;
}

/** What of a run the log has besides words. */
export interface LogOptions {
  /** Every command with its output, in a group for each step: for who looks for a fault. */
  readonly raw: boolean;
}

/**
 * The log of a workflow run: what is done and what came of it in words, below the title of each step. A change that failed
 * is shown with its output. A heartbeat breaks long silences.
 */
export class WorkflowLog implements Log {
  readonly #workflow: Workflow;
  readonly #now: () => number;
  readonly #began: number;
  readonly #raw: boolean;
  readonly #changes: string[] = [];
  #spoke: number;
  #doing = 'connecting';
  #open = false;

  /** `now` gives milliseconds. */
  constructor(workflow: Workflow, now: () => number, { raw }: LogOptions = { raw: false }) {
    this.#workflow = workflow;
    this.#now = now;
    this.#raw = raw;
    this.#began = now();
    this.#spoke = now();
  }

  /** The title of the step that is under way. */
  get doing(): string {
    return this.#doing;
  }

  /** The commands so far that changed something, as a person would type them. */
  get changes(): readonly string[] {
    return this.#changes;
  }

  /** Seconds since the run began. */
  get seconds(): number {
    return (this.#now() - this.#began) / 1000;
  }

  group(title: string): void {
    this.close();
    this.#doing = title;
    this.#spoke = this.#now();
    if (this.#raw) this.#workflow.group(harmless(title));
    else this.say(title);
    this.#open = true;
  }

  close(): void {
    if (this.#open && this.#raw) this.#workflow.endGroup();
    this.#open = false;
  }

  /** Lines of the log. None of them is a workflow command, whatever the text holds; all others stay as they are. */
  say(text: string): void {
    this.#spoke = this.#now();
    const indent = this.#open && !this.#raw ? '  ' : '';
    for (const line of harmless(text).split('\n')) {
      this.#workflow.info(`${indent}${startsCommand.test(line) ? `│ ${line}` : line}`);
    }
  }

  /** The commands of one round with what they printed, as far as the log is to have them. */
  round(commands: readonly Command[], outputs: readonly Output[]): void {
    outputs.forEach((output, index) => {
      const asked = commands[index];
      if (asked === undefined || asked.shown === 'nothing') return;
      const changes = asked.survives === true;
      if (changes) this.#changes.push(printed(asked));
      // The status of a question is its answer, and no failure.
      const always = asked.shown === 'always' || (changes && !succeeded(output));
      if (this.#raw || always) this.#show(asked, output);
    });
  }

  #show(asked: Command, output: Output): void {
    quoted(printed(asked)).forEach((line, at) => {
      this.say(at === 0 ? line.replace(/^│ /, '$ ') : line);
    });
    const text = asked.shown === 'command' ? '' : output.stdout + output.stderr;
    if (text !== '') this.say(quoted(text).join('\n'));
    if (!succeeded(output)) this.say(`  ${ended(output.exit)}`);
  }

  /** Called every second or so: breaks a silence of 30 s with the time and what we wait for. */
  heartbeat(): void {
    if (this.#now() - this.#spoke < longestSilence * 1000) return;
    this.say(`${Math.round(this.seconds)} s: still at ${this.#doing}`);
  }
}
