import { masked } from './runner-masks.ts';
import { commandNames, parseCommand, type WorkflowCommand } from './workflow-commands.ts';

/** What GitHub pins to the run, and to a line of the code where `file` is reported. */
export interface Annotation {
  readonly level: Level;
  readonly message: string;
  readonly file: string | undefined;
  readonly line: number | undefined;
  readonly title: string | undefined;
}

export type Level = 'error' | 'warning' | 'notice';

/** One printed line as it was, and what the runner knew to be secret by then. */
export interface RawLine {
  readonly text: string;
  /** How many masks were there before it. */
  readonly masks: number;
  /** A line that only tells a mask: the one place where a secret may stand. */
  readonly tellsMask: boolean;
}

const signs: Record<Level, string> = { error: '✗ Error', warning: '! Warning', notice: 'i Notice' };
// The runner cuts what is longer (actions/runner, ExecutionContext.cs).
const longestMessage = 4096;
const shortestHiddenToken = 7;

/** Turns the lines of a step into what GitHub keeps of them: log, annotations, masks, values set by command. */
export class Transcript {
  readonly raw: RawLine[] = [];
  readonly shown: string[] = [];
  readonly annotations: Annotation[] = [];
  readonly masks: string[] = [];
  readonly outputs = new Map<string, string>();
  readonly state = new Map<string, string>();
  /** Whether the runner itself had something to object to, which fails the step. */
  spoiled = false;
  readonly #onLine: (line: string) => void;
  #header: string | undefined;
  #inGroup = false;
  #stopToken: string | undefined;

  /** `onLine` gets every line as it is shown. */
  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine;
  }

  /** A new step begins. Its name is shown only when it says something. */
  step(header: string | undefined): void {
    this.#header = header;
    this.#inGroup = false;
    this.#stopToken = undefined;
  }

  /** One line that the program printed. */
  take(text: string): void {
    const resume = this.#stopToken;
    const names = resume === undefined ? commandNames : new Set([resume.toLowerCase()]);
    const command = parseCommand(text, names);
    const tellsMask = command?.name === 'add-mask' && resume === undefined;
    this.raw.push({ text, masks: this.masks.length, tellsMask });
    if (command === null) {
      this.#show(text);
    } else if (resume !== undefined) {
      this.#stopToken = undefined;
      this.#show(text);
    } else {
      this.#obey(command, text);
    }
  }

  /** Something that the runner itself says, as an annotation. */
  say(level: Level, message: string): void {
    if (level === 'error') this.spoiled = true;
    this.#annotate({ level, message, file: undefined, line: undefined, title: undefined });
  }

  #obey(command: WorkflowCommand, text: string): void {
    const { name, properties, data } = command;
    switch (name) {
      case 'error':
      case 'warning':
      case 'notice': {
        const line = Number.parseInt(properties.get('line') ?? '', 10);
        const message = data.slice(0, longestMessage);
        this.#annotate({
          level: name,
          message,
          file: properties.get('file'),
          line: Number.isNaN(line) ? undefined : line,
          title: properties.get('title'),
        });
        return;
      }
      case 'add-mask':
        this.#mask(data);
        return;
      case 'stop-commands':
        this.#stop(data, text);
        return;
      default:
        this.#fold(command, text);
    }
  }

  #fold({ name, data, properties }: WorkflowCommand, text: string): void {
    switch (name) {
      case 'group':
        this.#inGroup = false;
        this.#show(`▸ ${data}`);
        this.#inGroup = true;
        return;
      case 'endgroup':
        this.#inGroup = false;
        return;
      case 'set-output':
      case 'save-state':
        (name === 'set-output' ? this.outputs : this.state).set(properties.get('name') ?? '', data);
        return;
      case 'set-env':
      case 'add-path':
        this.say('error', `Unable to process command '${text}' successfully.`);
        return;
    }
  }

  #mask(data: string): void {
    if (data.trim() === '') {
      this.say('warning', "Can't add secret mask for empty string in ##[add-mask] command.");
      return;
    }
    const lines = data.split(/[\r\n]+/).map((line) => line.trim());
    const values = new Set([data, ...lines.filter((line) => line !== '')]);
    this.masks.push(...values);
  }

  #stop(token: string, text: string): void {
    // A word that could come by chance would let the commands back in: the runner refuses it.
    if (token === '' || token === 'pause-logging' || commandNames.has(token.toLowerCase())) {
      this.say('error', `Unable to process command '${text}' successfully.`);
      return;
    }
    this.#stopToken = token;
    if (token.length >= shortestHiddenToken) this.masks.push(token);
    this.#show(text);
  }

  #annotate(annotation: Annotation): void {
    const hidden = { ...annotation, message: masked(annotation.message, this.masks) };
    this.annotations.push(hidden);
    const { level, message, file, line, title } = hidden;
    const place = file === undefined ? '' : ` at ${file}${line === undefined ? '' : `:${line}`}`;
    const named = title === undefined ? '' : `: ${title}`;
    const [first = '', ...others] = message.split(/\r\n|\r|\n/);
    this.#show(`${signs[level]}${place}${named}: ${first}`);
    for (const other of others) this.#show(`  ${other}`);
  }

  #show(text: string): void {
    if (this.#header !== undefined) {
      const header = this.#header;
      this.#header = undefined;
      this.#show(header);
    }
    const line = `${this.#inGroup ? '  ' : ''}${masked(text, this.masks)}`;
    this.shown.push(line);
    this.#onLine(line);
  }
}
