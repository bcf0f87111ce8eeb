import * as v from 'valibot';
import type { InferOutput } from 'valibot';
import { Secret } from '../secret.ts';
import { Connections } from './connections.ts';
import { flag, list, object, orNull, text, whole } from './shape.ts';

const Socket = object({ socket: text });
const Tcp = object({ host: text, port: whole });

/** How a server is reached: its socket, or host and port. */
const Address = v.lazy((value): typeof Socket | typeof Tcp =>
  typeof value === 'object' && value !== null && 'socket' in value ? Socket : Tcp,
);

/** Session settings as the application itself resolved them: property, registrar, .env and constructor applied. */
export const SessionConfiguration = object({
  /** Class that holds them: `Config\App` up to 4.2, `Config\Session` from 4.3. */
  source: text,
  /** Fully qualified handler class. */
  driver: text,
  /** The handler is CodeIgniter's DatabaseHandler or a class derived from it. */
  inDatabase: flag,
  cookieName: text,
  /** Directory of files, or table name without prefix, as configured. */
  savePath: text,
  matchIP: flag,
  /** Seconds; 0 means until the browser closes. */
  expiration: whole,
  /** Table the handler really queries (prefix applied as the query builder does); null when not in the database. */
  table: orNull(text),
  /** Table that Forge would create for the same name: always with prefix. Differs from `table` when the name begins with the prefix. */
  forgeTable: orNull(text),
});
export type SessionConfiguration = InferOutput<typeof SessionConfiguration>;

const secret = v.pipe(
  text,
  v.transform((value) => new Secret(value)),
);

/** How the application asks its database for TLS (`encrypt` of its settings): names of files, and what is in them. */
const Tls = object({
  paths: object({ key: text, cert: text, ca: text, capath: text, cipher: text }),
  /** Null where the settings leave it to PHP, which verifies where it has a certificate to verify with. */
  verify: orNull(flag),
  key: orNull(secret),
  cert: orNull(text),
  ca: orNull(text),
});
export type Tls = InferOutput<typeof Tls>;

/** One connection of the application, with what it needs to log in. */
export const ApplicationDatabase = object({
  /** `MySQLi`, `Postgre`, ... */
  driver: text,
  /** As configured: a name, an address, or a socket path. */
  hostname: text,
  address: Address,
  user: text,
  password: secret,
  database: text,
  prefix: text,
  /** DBDebug: when false, a failing query in a migration goes unnoticed. */
  debug: flag,
  strict: flag,
  /** `null` when the application could log in, else its own message, without the password. Tried for MySQLi only, else `null`. */
  refused: orNull(text),
  /** No server answered, so that nobody refused a login. */
  silent: flag,
  /** Null where it asks for none. */
  tls: orNull(Tls),
});
export type ApplicationDatabase = InferOutput<typeof ApplicationDatabase>;

/** What the down() of a migration would do, as far as its source tells. */
export const Down = object({
  /** No statement in its body. */
  empty: flag,
  /** Tables it drops or renames, named literally. */
  drops: list(text),
  /** It drops or renames a table whose name only running it would tell. */
  dropsUnknown: flag,
});
export type Down = InferOutput<typeof Down>;

/** One migration file as the framework sees it. */
export const Migration = object({
  namespace: text,
  /** Digits only, e.g. `20260109000000`. */
  version: text,
  /** Fully qualified class. */
  class: text,
  /** Path below the application's root, or absolute where it lies outside (packages elsewhere). */
  path: text,
  /** Line of `function up` in the file; 1 when it has none. */
  line: whole,
  /** Rights its statements need in the database, as far as the source tells: `CREATE`, `DROP`, ... */
  needs: object({ up: list(text), down: list(text) }),
  down: Down,
});
export type Migration = InferOutput<typeof Migration>;

const Probed = object({
  /** CodeIgniter's version, e.g. `4.7.2`. */
  framework: text,
  /** Version of the PHP that answered. */
  php: text,
  environment: text,
  baseUrl: text,
  /** As it was asked for: absolute, no slash at the end, a symbolic link left as it is. */
  root: text,
  /** Named below `root` when it lies there, else absolute; no slash at the end. */
  writable: text,
  session: SessionConfiguration,
  /** Connection of the session handler (or the default one, with sessions in files); null when both are one. */
  sessionDatabase: orNull(ApplicationDatabase),
  /** Connection of the migration ledger: always the default group. */
  ledgerDatabase: ApplicationDatabase,
  /** Where all its database groups lead. */
  connections: Connections,
  ledger: object({
    table: text,
    enabled: flag,
    /** Table whose row keeps others from migrating (Config\Migrations::$lock, CodeIgniter 4.7 and newer); null when it is off. */
    lockTable: orNull(text),
  }),
  /** What it caches by Config\Optimize (CodeIgniter 4.5 and newer), in words. */
  caches: list(text),
  /** All migrations of all namespaces, in the order they would run. */
  migrations: list(Migration),
  /** Namespace of the application itself, normally `App`. */
  namespace: text,
});

/**
 * The application as it answers for itself (src/php/probe.php): CodeIgniter booted, nothing guessed from its files.
 * `sessionDatabase` is the very object of `ledgerDatabase` when both are one.
 */
export const Application = v.pipe(
  Probed,
  v.transform(({ sessionDatabase, ...rest }) => ({
    ...rest,
    sessionDatabase: sessionDatabase ?? rest.ledgerDatabase,
  })),
  v.readonly(),
);
export type Application = InferOutput<typeof Application>;

/** The application did not answer: its own message and the phase it failed in. */
export interface BootFailure {
  readonly phase: string;
  readonly message: string;
  /** Where the application itself says it happened, if it does: path below the root and line. */
  readonly at: { readonly file: string; readonly line: number } | null;
}

/** What the canary session showed. Seconds are seconds since 1970 on the database server's clock. */
export const Canary = object({
  handler: text,
  written: flag,
  /** Read back byte for byte by a second handler. */
  same: flag,
  /** The row's timestamp; null when there was no row, 0 when the handler wrote no date. */
  stamp: orNull(whole),
  clock: orNull(whole),
  /** Rows left after destroy(). */
  left: whole,
});
export type Canary = InferOutput<typeof Canary>;
