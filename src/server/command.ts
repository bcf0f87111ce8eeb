/** One program to run on the server, as a value: nothing here is shell text yet. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  /** Directory to run in; the login directory when absent. */
  readonly cwd?: string;
  /** Text for standard input; the command reads an empty one when absent. Secrets travel here, never in `args`. */
  readonly stdin?: string;
  /** Bytes for standard input, in place of a text. */
  readonly bytes?: Uint8Array;
  /** Extra environment, on top of `LC_ALL=C.UTF-8`. */
  readonly env?: Readonly<Record<string, string>>;
  /** Seconds after which the server itself kills the whole process group; the step's limit when absent. */
  readonly limit?: number;
  /** It ends its work even when the connection is lost: its output goes to a file first, so that no broken pipe stops it. */
  readonly survives?: boolean;
  /** `command`: the output may hold what must not be logged, so only the command line is shown. `nothing`: a heartbeat, not worth a line. `always`: with its output, whatever the log leaves out. */
  readonly shown?: 'command and output' | 'command' | 'nothing' | 'always';
  /** What a person would type for it, where that is not the program with its arguments. */
  readonly typed?: string;
}

/** How a command ended. `timed out`: killed on the server by its limit. */
export type Exit = { readonly code: number } | { readonly signal: string } | 'timed out';

/** What a command left: its two streams decoded as UTF-8 and the way it ended. */
export interface Output {
  readonly exit: Exit;
  readonly stdout: string;
  readonly stderr: string;
}

export type Options = Omit<Command, 'program' | 'args'>;

/** A command as a value. */
export function command(program: string, args: readonly string[], options: Options = {}): Command {
  return { program, args, ...options };
}

/** What is asked where there is nothing to ask: it succeeds and prints nothing, and the server does not hear of it. */
export const nothing: Command = command('true', []);

/**
 * A few lines of POSIX shell for what takes a condition or a pipe.
 * `text` is constant: values reach it only as `$1`, `$2`, ... so nothing in them is ever parsed.
 */
export function shell(
  text: string,
  values: readonly string[] = [],
  options: Options = {},
): Command {
  return { program: 'sh', args: ['-c', text, 'sh', ...values], ...options };
}

/** True when the command ended by itself with status 0. */
export function succeeded(output: Output): boolean {
  return typeof output.exit === 'object' && 'code' in output.exit && output.exit.code === 0;
}

/** One word for a POSIX shell: the value itself, whatever it holds. The one place that quotes. */
export function quote(value: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}

/**
 * The command as a person would type it, for the log; standard input is left out.
 * Shell text that begins with a comment is shown by that comment and its values: the text itself is always the same.
 */
export function printed(command: Command): string {
  if (command.typed !== undefined) return inFolder(command, command.typed);
  const [, text = '', , ...values] = command.args;
  const title = command.program === 'sh' ? /^# (.*)/.exec(text)?.[1] : undefined;
  if (title !== undefined)
    return [`# ${title}`, values.map(quote).join(' ')].join(': ').replace(/: $/, '');
  const words = [command.program, ...command.args].map(quote).join(' ');
  return inFolder(command, words);
}

function inFolder({ cwd }: Command, words: string): string {
  return cwd === undefined ? words : `cd ${quote(cwd)} && ${words}`;
}

/** The status a command ended with; 255 when it did not end by itself. */
export function exitCode({ exit }: Output): number {
  return typeof exit === 'object' && 'code' in exit ? exit.code : 255;
}
