import type { InferOutput } from 'valibot';
import type { Output } from '../server/command.ts';
import type { BootFailure } from './application.ts';
import { Connections } from './connections.ts';
import { readReply } from './reply.ts';
import { flag, list, object, orNull, read, text, whole } from './shape.ts';

/** What PHP-FPM sees of its surroundings, also where the application does not boot. */
const Known = object({
  php: text,
  /** Whom PHP-FPM runs as. */
  user: text,
  extensions: list(text),
  readsEnv: flag,
  /** opcache is on for this PHP. */
  opcache: flag,
  /** opcache looks whether a file has changed (opcache.validate_timestamps). */
  looksAgain: flag,
  /** Seconds between two of these looks (opcache.revalidate_freq). */
  looksEvery: whole,
  /** The file that is compiled when PHP-FPM starts and never looked at again (opcache.preload); empty without one. */
  preload: text,
  /** The folder of opcache.file_cache, where old code in it would stay for good; null where there is none. */
  lockedCache: orNull(text),
  /** Settings of the site's .user.ini, which holds for visitors and not for the program that answered. */
  userIni: list(text),
  /** Writable places of the application that this user cannot write to. */
  closed: list(text),
});

/** Session settings and databases as PHP-FPM resolves them, with the environment of its pool. */
export type InsideSession = InferOutput<typeof InsideSession>;
const InsideSession = object({
  driver: text,
  cookieName: text,
  savePath: text,
  matchIP: flag,
  connections: Connections,
});

/** How the application looks from inside PHP-FPM (src/php/inside.php). */
export interface Inside extends InferOutput<typeof Known> {
  readonly session: InsideSession | { readonly failure: BootFailure };
}

/**
 * Reads what PHP-FPM answered; null when it did not run the program.
 * @throws Unreadable with the name of the field that is not as agreed
 */
export function readInside(body: string, nonce: string): Inside | null {
  const output: Output = { exit: { code: 0 }, stdout: body, stderr: '' };
  const start = body.indexOf(nonce);
  const end = body.indexOf(nonce, start + nonce.length);
  if (start < 0 || end < 0) return null;
  const json: unknown = JSON.parse(body.slice(start + nonce.length, end));
  const { known } = read(object({ known: Known }), json);
  const session = readReply(output, nonce, InsideSession);
  return { ...known, session: session.ok ? session.value : { failure: session.failure } };
}
