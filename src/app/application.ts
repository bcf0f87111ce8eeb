import type { Address } from '../server/server.ts';
import type { Connections } from './connections.ts';
import type { Secret } from '../secret.ts';

/** Session settings as the application itself resolved them: property, registrar, .env and constructor applied. */
export interface SessionConfiguration {
  /** Class that holds them: `Config\App` up to 4.2, `Config\Session` from 4.3. */
  readonly source: string;
  /** Fully qualified handler class. */
  readonly driver: string;
  /** The handler is CodeIgniter's DatabaseHandler or a class derived from it. */
  readonly inDatabase: boolean;
  readonly cookieName: string;
  /** Directory of files, or table name without prefix, as configured. */
  readonly savePath: string;
  readonly matchIP: boolean;
  /** Seconds; 0 means until the browser closes. */
  readonly expiration: number;
  /** Table the handler really queries (prefix applied as the query builder does); null when not in the database. */
  readonly table: string | null;
  /** Table that Forge would create for the same name: always with prefix. Differs from `table` when the name begins with the prefix. */
  readonly forgeTable: string | null;
}

/** One connection of the application, with what it needs to log in. */
export interface ApplicationDatabase {
  /** `MySQLi`, `Postgre`, ... */
  readonly driver: string;
  /** As configured: a name, an address, or a socket path. */
  readonly hostname: string;
  readonly address: Address;
  readonly user: string;
  readonly password: Secret;
  readonly database: string;
  readonly prefix: string;
  /** DBDebug: when false, a failing query in a migration goes unnoticed. */
  readonly debug: boolean;
  readonly strict: boolean;
  /** `null` when the application could log in, else its own message, without the password. Tried for MySQLi only, else `null`. */
  readonly refused: string | null;
}

/** What the down() of a migration would do, as far as its source tells. */
export interface Down {
  /** No statement in its body. */
  readonly empty: boolean;
  /** Tables it drops or renames, named literally. */
  readonly drops: readonly string[];
  /** It drops or renames a table whose name only running it would tell. */
  readonly dropsUnknown: boolean;
}

/** One migration file as the framework sees it. */
export interface Migration {
  readonly namespace: string;
  /** Digits only, e.g. `20260109000000`. */
  readonly version: string;
  /** Fully qualified class. */
  readonly class: string;
  /** Path below the application's root, or absolute where it lies outside (packages elsewhere). */
  readonly path: string;
  /** Line of `function up` in the file; 1 when it has none. */
  readonly line: number;
  /** Rights its statements need in the database, as far as the source tells: `CREATE`, `DROP`, ... */
  readonly needs: { readonly up: readonly string[]; readonly down: readonly string[] };
  readonly down: Down;
}

/** The application as it answers for itself: CodeIgniter booted, nothing guessed from its files. */
export interface Application {
  /** CodeIgniter's version, e.g. `4.7.2`. */
  readonly framework: string;
  /** Version of the PHP that answered. */
  readonly php: string;
  readonly environment: string;
  readonly baseUrl: string;
  /** As it was asked for: absolute, no slash at the end, a symbolic link left as it is. */
  readonly root: string;
  /** Named below `root` when it lies there, else absolute; no slash at the end. */
  readonly writable: string;
  readonly session: SessionConfiguration;
  /** Connection of the session handler (or the default one, with sessions in files); the very object of `ledgerDatabase` when both are one. */
  readonly sessionDatabase: ApplicationDatabase;
  /** Connection of the migration ledger: always the default group. */
  readonly ledgerDatabase: ApplicationDatabase;
  /** Where all its database groups lead. */
  readonly connections: Connections;
  readonly ledger: {
    readonly table: string;
    readonly enabled: boolean;
    /** Table whose row keeps others from migrating (Config\Migrations::$lock, CodeIgniter 4.7 and newer); null when it is off. */
    readonly lockTable: string | null;
  };
  /** What it caches by Config\Optimize (CodeIgniter 4.5 and newer), in words. */
  readonly caches: readonly string[];
  /** All migrations of all namespaces, in the order they would run. */
  readonly migrations: readonly Migration[];
  /** Namespace of the application itself, normally `App`. */
  readonly namespace: string;
}

/** The application did not answer: its own message and the stage it fell at. */
export interface BootFailure {
  readonly stage: string;
  readonly message: string;
  /** Where the application itself says it happened, if it does: path below the root and line. */
  readonly at: { readonly file: string; readonly line: number } | null;
}

/** What the canary session showed. Seconds are seconds since 1970 on the database server's clock. */
export interface Canary {
  readonly handler: string;
  readonly written: boolean;
  /** Read back byte for byte by a second handler. */
  readonly same: boolean;
  /** The row's timestamp; null when there was no row, 0 when the handler wrote no date. */
  readonly stamp: number | null;
  readonly clock: number | null;
  /** Rows left after destroy(). */
  readonly left: number;
}
