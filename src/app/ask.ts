import { programs } from '../php/programs.ts';
import { command, type Command, type Output } from '../server/command.ts';
import { Application, Canary, type BootFailure } from './application.ts';
import { readReply } from './reply.ts';

/**
 * Options of PHP on the command line: every file is read from the disk. The stage lies in the same place at each deploy. With opcache.enable_cli, opcache.file_cache and no timestamps PHP would run the code of an earlier one.
 */
export const freshPhp: readonly string[] = ['-d', 'opcache.enable_cli=0'];

/** The application, or why it did not answer. */
export type Answered =
  | { readonly ok: true; readonly application: Application }
  | { readonly ok: false; readonly failure: BootFailure };

/** The canary's story, or why it could not fly. */
export type CanaryAnswered =
  | { readonly ok: true; readonly canary: Canary }
  | { readonly ok: false; readonly failure: BootFailure };

/**
 * Asks the application at `root` for its configuration. Its output holds database passwords: only the command is shown.
 * @param php name or path of PHP on the server
 * @param root absolute path of the application
 * @param nonce word that marks the answer; no application prints it
 */
export function askApplication(php: string, root: string, nonce: string): Command {
  return phpProbe(php, root, nonce, programs.probe);
}

/** What {@link askApplication} brought back. Passwords are Secrets from here on. */
export function readApplication(output: Output, nonce: string): Answered {
  const reply = readReply(output, nonce, Application);
  return reply.ok ? { ok: true, application: reply.value } : reply;
}

/** Sends one session of our own through the application's session handler and destroys it again. */
export function askCanary(php: string, root: string, nonce: string): Command {
  return phpProbe(php, root, nonce, programs.canary);
}

/** What {@link askCanary} brought back; a failure holds the handler's own message. */
export function readCanary(output: Output, nonce: string): CanaryAnswered {
  const reply = readReply(output, nonce, Canary);
  return reply.ok ? { ok: true, canary: reply.value } : reply;
}

function phpProbe(php: string, root: string, nonce: string, program: string): Command {
  const args = [...freshPhp, '-d', 'display_errors=stderr', '--', root, nonce];
  return command(php, args, { stdin: program, shown: 'command' });
}
