import { commands, inputs, secretInputs } from '../config/inputs.ts';
import { flag } from '../config/parsers.ts';
import { nearest } from './nearest.ts';

/** What a command line asks for. */
export type Asked =
  | { readonly kind: 'usage' }
  | { readonly kind: 'wrong'; readonly problems: readonly string[] }
  | {
      readonly kind: 'run';
      /** By name, as the inputs of the action. */
      readonly given: ReadonlyMap<string, string>;
      /** Every command on the server with its output is wanted. */
      readonly debug: boolean;
    };

/** Where a command line is typed. */
export interface Around {
  /** A variable of the environment; undefined where it is not set. */
  variable(name: string): string | undefined;
  /** The text of a file. @throws Error with the reason where it cannot be read */
  readFile(path: string): string;
}

/** The variable of the environment that holds an input. */
export function variableOf(input: string): string {
  return `CI4_DEPLOY_${input.toUpperCase().replaceAll('-', '_')}`;
}

/** The words after the name of the program, as inputs; a flag counts before a variable of the environment. */
export function readArguments(words: readonly string[], around: Around): Asked {
  if (words.length === 0 || words.some((word) => ['--help', '-h', 'help'].includes(word)))
    return { kind: 'usage' };
  const [command = '', ...rest] = words;
  if (!commands.some((known) => known === command)) {
    return { kind: 'wrong', problems: [noCommand(command)] };
  }
  const flags = rest.filter((word) => word !== '--debug');
  const reading = new Reading(around);
  reading.readVariables();
  reading.readFlags(flags);
  reading.given.set('command', command);
  if (reading.problems.length > 0) return { kind: 'wrong', problems: reading.problems };
  return { kind: 'run', given: reading.given, debug: flags.length < rest.length };
}

function noCommand(word: string): string {
  if (word.startsWith('-')) return `A command comes first: ${commands.join(', ')}.`;
  const meant = nearest(word, commands);
  if (meant !== undefined) return `There is no command ${word}. Did you mean ${meant}?`;
  return `There is no command ${word}: it is one of ${commands.join(', ')}.`;
}

const names = Object.keys(inputs);

/** Inputs of which the name alone says `true`. */
const switches = Object.entries<{ readonly parse: unknown }>(inputs)
  .filter(([, { parse }]) => parse === flag)
  .map(([name]) => name);

class Reading {
  readonly given = new Map<string, string>();
  readonly problems: string[] = [];
  readonly #around: Around;

  constructor(around: Around) {
    this.#around = around;
  }

  readVariables(): void {
    for (const name of names) {
      const value = this.#around.variable(variableOf(name));
      if (value !== undefined) this.given.set(name, value);
    }
  }

  readFlags(words: readonly string[]): void {
    const left = [...words];
    for (let word = left.shift(); word !== undefined; word = left.shift()) {
      const { name, value } = /^--(?<name>[a-z-]+)(?:=(?<value>[^]*))?$/.exec(word)?.groups ?? {};
      if (name === undefined || !isFlag(name)) {
        this.#unknown(word, left);
        continue;
      }
      this.#take(name, value ?? this.#next(name, left));
    }
  }

  /** Its value is no second problem. */
  #unknown(word: string, left: string[]): void {
    const [flag = ''] = word.split('=');
    this.problems.push(word.startsWith('-') ? noFlag(flag) : `No flag stands before ${word}.`);
    if (word === flag && word.startsWith('-') && left[0]?.startsWith('-') === false) left.shift();
  }

  /** The word after a flag; of a switch only where it is one of its two. */
  #next(name: string, left: string[]): string | undefined {
    const [next] = left;
    if (switches.includes(name) && next !== 'true' && next !== 'false') return 'true';
    return next === undefined || next.startsWith('--') ? undefined : left.shift();
  }

  #take(name: string, value: string | undefined): void {
    if (value === undefined) {
      this.problems.push(`The flag --${name} lacks its value.`);
      return;
    }
    if (names.includes(name)) this.#setFlag(name, value);
    else this.#setFile(name.replace(/-file$/, ''), value);
  }

  #setFlag(name: string, value: string): void {
    if (secretInputs.includes(name)) {
      this.problems.push(
        `The flag --${name} would show a secret to everybody on this computer: use --${name}-file FILE, or the variable ${variableOf(name)}.`,
      );
    } else this.given.set(name, value);
  }

  #setFile(name: string, path: string): void {
    try {
      const text = this.#around.readFile(path);
      // An editor ends a file with a line end that is not part of a password; a key needs its own.
      this.given.set(name, name === 'ssh-key' ? text : text.replace(/(?:\r?\n)+$/, ''));
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      this.problems.push(`The file of --${name}-file could not be read: ${why}`);
    }
  }
}

function noFlag(flag: string): string {
  const meant = nearest(flag.replace(/^-+/, ''), names);
  return `There is no flag ${flag}.${meant === undefined ? '' : ` Did you mean --${meant}?`}`;
}

/** Inputs are flags, and each may come from a file; what the first word says is none. */
function isFlag(name: string): boolean {
  const input = names.includes(name) ? name : name.replace(/-file$/, '');
  return input !== 'command' && names.includes(input);
}
