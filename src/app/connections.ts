import type { InferOutput } from 'valibot';
import { list, object, orNull, text } from './shape.ts';

/** Where one connection leads, in the application's own words. */
export const Leads = object({
  /** `MySQLi`, `Postgre`, ... */
  driver: text,
  /** A socket, `localhost`, or host and port, with what php.ini adds. */
  server: text,
  schema: text,
  user: text,
  prefix: text,
});
export type Leads = InferOutput<typeof Leads>;

/** A database group of the application. */
export const Connection = object({
  name: text,
  /** The group itself first, then its failovers. */
  leads: list(Leads),
  /** What the server calls itself, as a hash; null where the group is not in use, or nobody got in. */
  identity: orNull(text),
});
export type Connection = InferOutput<typeof Connection>;

/** All database groups of an application, as one PHP resolves them (src/php/connections.php). */
export const Connections = object({
  environment: text,
  /** The group of the migration ledger. */
  ledger: text,
  /** The group of the sessions; null when they are not in a database. */
  session: orNull(text),
  groups: list(Connection),
});
export type Connections = InferOutput<typeof Connections>;
