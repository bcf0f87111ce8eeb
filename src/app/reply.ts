import type { Output } from '../server/command.ts';
import type { BootFailure } from './application.ts';
import * as v from 'valibot';
import { flag, object, orNull, read, text, Unreadable, whole } from './shape.ts';

/** What a program sent over standard input brought back, still unread. */
export type Reply<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: BootFailure };

/**
 * Finds the line `<nonce>{json}<nonce>` (src/php/boot.php) in the output and reads it.
 * The exit status says nothing: an application may end the program after the answer as it likes.
 * @param shape of the answer, where there is one
 */
export function readReply<S extends v.GenericSchema>(
  output: Output,
  nonce: string,
  shape: S,
): Reply<v.InferOutput<S>> {
  const json = between(output.stdout, nonce);
  if (json === null) return { ok: false, failure: noAnswer(output) };
  try {
    const reply: unknown = JSON.parse(json);
    if (!read(Ended, reply).ok) return { ok: false, failure: reported(reply) };
    const { answer } = read(v.object({ answer: v.unknown() }), reply);
    return { ok: true, value: read(shape, answer) };
  } catch (error) {
    if (!(error instanceof Unreadable) && !(error instanceof SyntaxError)) throw error;
    return {
      ok: false,
      failure: failure('answer', `The answer is not readable: ${error.message}`),
    };
  }
}

function between(text: string, mark: string): string | null {
  const start = text.indexOf(mark);
  const end = text.indexOf(mark, start + mark.length);
  return start < 0 || end < 0 ? null : text.slice(start + mark.length, end);
}

function failure(phase: string, message: string): BootFailure {
  return { phase, message, at: null };
}

/** Whether the program could do its work. */
const Ended = object({ ok: flag });

/** Why it could not. */
const Failed = object({
  phase: text,
  message: text,
  file: orNull(text),
  line: orNull(whole),
  noise: v.optional(text, ''),
});

/** The application's own words; when it ended the program itself, what it printed is all there is. */
function reported(reply: unknown): BootFailure {
  const { phase, message, file, line, noise } = read(Failed, reply);
  const exited = file === null && message.includes('(exit or die)');
  const printed = exited ? oneLine(noise) : '';
  return {
    phase,
    message: message + (printed === '' ? '' : ` It printed: ${printed}`),
    at: file === null || line === null ? null : { file, line },
  };
}

/** No answer at all: PHP is missing, was killed, or died before it could answer. */
function noAnswer({ exit, stdout, stderr }: Output): BootFailure {
  const last = tail(stderr) || tail(stdout);
  const said = last === '' ? '' : `: ${last}`;
  if (exit === 'timed out') return failure('boot', `PHP did not answer in time${said}`);
  if ('signal' in exit) return failure('boot', `PHP was killed by ${exit.signal}${said}`);
  if (exit.code === 127) return failure('php', `PHP was not found${said}`);
  if (exit.code === 126) return failure('php', `PHP may not be run${said}`);
  return failure('boot', `PHP ended with status ${exit.code} and no answer${said}`);
}

/** The last lines without stack traces, which may hold arguments. */
function tail(text: string): string {
  const lines = text.split('\n').filter((line) => !/^\s*(#\d|thrown in|Stack trace|$)/.test(line));
  return oneLine(lines.slice(-3).join('\n'));
}

function oneLine(text: string): string {
  return text
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
