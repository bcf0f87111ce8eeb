import type { Output } from '../server/command.ts';
import { readReply, type Reply } from './reply.ts';

/** What is asked of PHP-FPM about the code it has compiled (src/php/compiled.php). */
export interface CompiledOrder {
  /** The live tree. */
  readonly root: string;
  /** Where the live application writes, PHP among it. */
  readonly writable: string;
  readonly nonce: string;
  /** Seconds since 1970: what was compiled before goes. Null only looks, and lets everything stay. */
  readonly since: number | null;
  /** SHA-1 of files below the root, as the deploy user reads them. */
  readonly sums: Readonly<Record<string, string>>;
}

/** What PHP-FPM has compiled. */
export interface Compiled {
  /** Files that are compiled from a text that is not there any more, and stay so. */
  readonly old: readonly string[];
  /** Files below the root that PHP-FPM reads otherwise than the deploy user. */
  readonly foreign: readonly string[];
  /** The folder of compiled files that are never compared with their source; null without one. */
  readonly fileCache: string | null;
  /** opcache tells its state to nobody here. */
  readonly closed: boolean;
}

/** Reads the page of src/php/compiled.php. */
export function readCompiled(page: string, nonce: string): Reply<Compiled> {
  const output: Output = { exit: { code: 0 }, stdout: page, stderr: '' };
  return readReply(output, nonce, (answer) => ({
    old: answer.texts('old'),
    foreign: answer.texts('foreign'),
    fileCache: answer.textOrNull('fileCache'),
    closed: answer.flag('closed'),
  }));
}
