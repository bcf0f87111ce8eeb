import type { InferOutput } from 'valibot';
import { readReply, type Reply } from './reply.ts';
import { flag, list, object, orNull, text } from './shape.ts';

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
export type Compiled = InferOutput<typeof Compiled>;
const Compiled = object({
  /** Files that are compiled from a text that is not there any more, and stay so. */
  old: list(text),
  /** Files below the root that PHP-FPM reads otherwise than the deploy user. */
  foreign: list(text),
  /** The folder of compiled files that are never compared with their source; null without one. */
  fileCache: orNull(text),
  /** opcache tells its state to nobody here. */
  closed: flag,
});

/** Reads the page of src/php/compiled.php. */
export function readCompiled(page: string, nonce: string): Reply<Compiled> {
  return readReply({ exit: { code: 0 }, stdout: page, stderr: '' }, nonce, Compiled);
}
