import * as v from 'valibot';
import type { InferOutput } from 'valibot';
import { object, text, whole } from './shape.ts';

/** A pool of PHP-FPM, as its configuration has it. */
export const Pool = object({
  name: text,
  user: text,
  /** Absent where its configuration has none: the first group of its user then counts. */
  group: v.exactOptional(text),
  /** The group that may open its socket. */
  socketGroup: v.exactOptional(text),
  /** Where it listens: a path, or host and port. */
  listen: text,
  maxChildren: whole,
});
export type Pool = InferOutput<typeof Pool>;

/** A pool that serves the site, and what the web server adds to each request it sends there. */
export interface Serving {
  readonly pool: Pool;
  /** Not for the log: passwords may be among them. */
  readonly params: Readonly<Record<string, string>>;
}
