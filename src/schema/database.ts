import type { Address } from '../server/server.ts';
import type { Secret } from '../secret.ts';
import type { Table } from './table.ts';

/** How a connection to a database is encrypted: texts in the format PEM. */
export interface DatabaseTls {
  readonly key: Secret | null;
  readonly cert: string | null;
  /** Who signs the certificate of the server; null for those that everybody knows. */
  readonly ca: string | null;
  /** Whether an unknown certificate is refused. */
  readonly verify: boolean;
}

/** How to log in to a database from the server. */
export interface DatabaseLogin {
  readonly address: Address;
  readonly user: string;
  readonly password: Secret;
  /** Schema name. */
  readonly database: string;
  /** Absent or null for a connection without TLS. */
  readonly tls?: DatabaseTls | null;
}

/** One row of CodeIgniter's migration ledger. `version` as stored, `class` fully qualified. */
export interface LedgerRow {
  readonly version: string;
  readonly class: string;
  readonly namespace: string;
  readonly group: string;
  readonly batch: number;
}

/** Where a table or view is. */
export interface TablePlace {
  readonly database: string;
  readonly table: string;
}

/** A place as servers write it: `shop.ci_sessions`. */
export function placeWords({ database, table }: TablePlace): string {
  return `${database}.${table}`;
}

/** How large a table is, and what else a change of it costs by. */
export interface Bulk {
  /** As the server estimates them; InnoDB may be wrong by half (MySQL manual, The INFORMATION_SCHEMA TABLES Table). */
  readonly rows: number;
  /** Of rows and indexes. */
  readonly bytes: number;
  /** It has a FULLTEXT index. */
  readonly fulltext: boolean;
  /** Most bytes of a character in each column of text; null where the column has another character set than the table. */
  readonly characterBytes: Readonly<Record<string, number | null>>;
}

/** A database server as its user meets it. */
export interface DatabaseState {
  /** It takes no writes from an ordinary user: a replica, or switched so by hand. */
  readonly readOnly: boolean;
  /** Its clock, in seconds since 1970. */
  readonly clock: number;
  /** The account that the login was matched to, as `kayart@localhost`. */
  readonly account: string;
  /** Lines of SHOW GRANTS. */
  readonly grants: readonly string[];
}

/** A database we are logged in to. The adapter is `mysql.ts`; tests have one in memory under the same contract suite. */
export interface Database extends AsyncDisposable {
  /** What the server calls itself, as `MariaDB 10.11.14` or `MySQL 9.7.0`. */
  readonly product: string;
  /** The number of this connection at its server. */
  readonly connection: number;
  /** False once the connection is over, who ended it. */
  readonly open: boolean;
  /** The table as information_schema describes it; `absent`, or `not visible` when it exists but this user may not see it. */
  table(name: string): Promise<Table | 'absent' | 'not visible'>;
  /** Names of all base tables and views of the schema, sorted. */
  tableNames(): Promise<readonly string[]>;
  /** Tables and views of this name in any case and any database that this user may see, sorted; the server's own ones are left out. */
  namesLike(table: string): Promise<readonly TablePlace[]>;
  /** Rows of the migration ledger in the order they were written; empty when the table does not exist. Never creates it. */
  ledger(name: string): Promise<readonly LedgerRow[]>;
  /** The server and what we may do there. */
  state(): Promise<DatabaseState>;
  /** Number of rows; null when the table does not exist or may not be read. */
  rowCount(table: string): Promise<number | null>;
  /** What a change of a table costs by; null when there is no such table, or this user may not see it. */
  bulk(table: string): Promise<Bulk | null>;
  /**
   * Takes a lock of the database server by this name, of at most 64 characters, without waiting. It is ours until the
   * connection ends (GET_LOCK(), MySQL manual, Locking Functions).
   * @returns the number of our connection at its server; null when another connection has the lock
   */
  hold(name: string): Promise<number | null>;
  /**
   * Ends another connection of the same user if it holds the lock `name`. A lock that any other connection holds stays.
   * @param connection its number, as `hold` returned it there
   */
  endHolder(name: string, connection: number): Promise<void>;
  /** Whether the session table holds a row with this id. The row's data is never read. */
  hasSession(table: string, id: string): Promise<boolean>;
}

/** Why the database did not let us in or did not answer. `code` is the server's number, 0 when there was none. */
export class DatabaseRefused extends Error {
  override readonly name = 'DatabaseRefused';
  readonly login: DatabaseLogin;
  readonly code: number;
  constructor(login: DatabaseLogin, code: number, problem: string, cause?: unknown) {
    super(problem, { cause });
    this.login = login;
    this.code = code;
  }
}
