import type { Duplex } from 'node:stream';
import type { SslOptions } from 'mysql2';
import { createConnection, escapeId, type ConnectionOptions } from 'mysql2/promise';
import type { Address } from '../../server/server.ts';
import {
  DatabaseRefused,
  placeWords,
  type Bulk,
  type Database,
  type DatabaseLogin,
  type DatabaseState,
  type DatabaseTls,
  type LedgerRow,
  type TablePlace,
} from '../database.ts';
import { FRESH_SIZES, readBulk } from './bulk.ts';
import {
  OPTIONAL,
  optionalColumns,
  tableRows,
  type AskAll,
  type Question,
} from './information-schema.ts';
import { normalTable, product } from '../dialects/normal.ts';
import type { Product } from '../dialects/rows.ts';
import { refused, Talk } from './talk.ts';
import type { Table } from '../table.ts';

/** Longest wait for the greeting, in milliseconds: a server that looks up names takes 10 s without a name server. */
const GREETING = 30_000;

/**
 * What a session needs to read the same thing everywhere, and to disturb nobody. Without autocommit it would keep
 * the tables of a migration locked, and with backslashes as plain text the driver's escaping would be wrong.
 */
const SETTINGS = `SET NAMES utf8mb4, SESSION time_zone = '+00:00', SESSION autocommit = 1, SESSION sql_mode = '',
  SESSION lock_wait_timeout = 10, SESSION wait_timeout = 28800 ${FRESH_SIZES}`;

const NAMES = `SELECT TABLE_NAME AS name FROM information_schema.TABLES
  WHERE TABLE_SCHEMA = ? AND TABLE_TYPE <> 'SEQUENCE'`;

const systems = "'information_schema', 'mysql', 'performance_schema', 'sys'";
/** Where tables are distinguished by case, information_schema compares their names by case too. */
const ALIKE = `SELECT TABLE_SCHEMA AS \`database\`, TABLE_NAME AS \`table\` FROM information_schema.TABLES
  WHERE LOWER(TABLE_NAME) = LOWER(?) AND TABLE_TYPE <> 'SEQUENCE' AND TABLE_SCHEMA NOT IN (${systems})`;

const STATE = `SELECT @@GLOBAL.read_only AS readOnly, UNIX_TIMESTAMP() AS clock, CURRENT_USER() AS account`;

const NO_TABLE = 1146;
const MAY_NOT_READ = [1142, 1143];
/** KILL of a connection that is gone, or of another user. */
const NOT_OURS = [1094, 1095];
/** A view whose tables are gone: it exists and can be described. */
const BROKEN_VIEW = 1356;

interface StateRow {
  readonly readOnly: number;
  readonly clock: number;
  readonly account: string;
}

/**
 * Logs in over a connection that `open` makes. The signal ends the attempt; once logged in, only disposing does:
 * what is rolled back after a cancellation still has to be read.
 * @throws DatabaseRefused when the server does not let us in, with a sentence that names user and address
 * @throws what `open` throws, or the signal's reason
 */
export async function logIn(
  login: DatabaseLogin,
  open: (address: Address) => Promise<Duplex>,
  signal: AbortSignal,
): Promise<Database> {
  signal.throwIfAborted();
  const stream = await open(login.address);
  const cut = (): void => void stream.destroy();
  // A forwarded connection stays half open when the server ends it, and the driver would wait for an answer.
  stream.once('end', cut);
  signal.addEventListener('abort', cut, { once: true });
  try {
    signal.throwIfAborted();
    return await greet(login, stream);
  } catch (fault) {
    stream.destroy();
    signal.throwIfAborted();
    throw refused(login, fault);
  } finally {
    signal.removeEventListener('abort', cut);
  }
}

async function greet(login: DatabaseLogin, stream: Duplex): Promise<Database> {
  const connection = await createConnection(options(login, stream));
  // A server that ends an idle connection must not end the process; the next question says what happened.
  connection.on('error', () => undefined);
  const talk = new Talk(connection, stream, login);
  const [, answer = [], optional = []] = await talk.askAll([
    { sql: SETTINGS, values: [] },
    { sql: 'SELECT VERSION() AS version, CONNECTION_ID() AS connection', values: [] },
    OPTIONAL,
  ]);
  const [reported] = answer as readonly { version: string; connection: number }[];
  const { version = '', connection: number = 0 } = reported ?? {};
  return new MysqlDatabase(talk, { ...product(version), number }, optionalColumns(optional));
}

function options(login: DatabaseLogin, stream: Duplex): ConnectionOptions {
  return {
    stream,
    // Not to connect to: the driver sends passwords as servers want them over a socket, which is unlike TCP.
    ...('socket' in login.address ? { socketPath: login.address.socket } : {}),
    user: login.user,
    password: login.password.reveal(),
    database: login.database,
    ...(login.tls ? { ssl: tlsOptions(login.tls) } : {}),
    charset: 'utf8mb4',
    connectTimeout: GREETING,
    disableEval: true,
    multipleStatements: true,
    flags: ['-LOCAL_FILES'],
  };
}

// The connection begins on the server, where its name may be another one: the certificate is judged, its name is not.
function tlsOptions({ key, cert, ca, verify }: DatabaseTls): SslOptions {
  return {
    rejectUnauthorized: verify,
    ...(key === null ? {} : { key: key.reveal() }),
    ...(cert === null ? {} : { cert }),
    ...(ca === null ? {} : { ca }),
  };
}

class MysqlDatabase implements Database {
  readonly product: string;
  readonly connection: number;
  readonly #from: Product;
  readonly #talk: Talk;
  readonly #optional: readonly string[];

  constructor(
    talk: Talk,
    from: Product & { readonly number: number },
    optional: readonly string[],
  ) {
    this.connection = from.number;
    this.#optional = optional;
    this.product = `${from.name} ${from.version}`;
    this.#from = from;
    this.#talk = talk;
  }

  get open(): boolean {
    return !this.#talk.over;
  }

  /** information_schema shows nothing of what is hidden, and parts of what is half hidden: the table itself is asked first. */
  async table(name: string): Promise<Table | 'absent' | 'not visible'> {
    const itself = { sql: `SELECT * FROM ${this.#named(name)} LIMIT 0`, values: [] };
    try {
      return await this.#described(name, [itself]);
    } catch (fault) {
      if (!(fault instanceof DatabaseRefused)) throw fault;
      if (fault.code === NO_TABLE) return 'absent';
      if (MAY_NOT_READ.includes(fault.code)) return 'not visible';
      if (fault.code !== BROKEN_VIEW) throw fault;
    }
    return this.#described(name, []);
  }

  async #described(name: string, first: readonly Question[]): Promise<Table | 'not visible'> {
    const askAll: AskAll = async (questions) => this.#talk.askAll(questions);
    const place = { schema: this.#talk.login.database, name };
    const rows = await tableRows(askAll, this.#optional, place, first);
    return rows === null ? 'not visible' : normalTable(this.#from, rows);
  }

  async tableNames(): Promise<readonly string[]> {
    const rows = await this.#talk.ask<{ name: string }>(NAMES, this.#talk.login.database);
    return rows.map((row) => row.name).toSorted();
  }

  async namesLike(table: string): Promise<readonly TablePlace[]> {
    const rows = await this.#talk.ask<TablePlace>(ALIKE, table);
    return rows
      .map(({ database, table: name }) => ({ database, table: name }))
      .toSorted((a, b) => (placeWords(a) < placeWords(b) ? -1 : 1));
  }

  async ledger(name: string): Promise<readonly LedgerRow[]> {
    const columns = ['version', 'class', 'namespace', 'group', 'batch'].map((one) => escapeId(one));
    const sql = `SELECT ${columns.join(', ')} FROM ${this.#named(name)} ORDER BY ${escapeId('id')}`;
    try {
      const rows = await this.#talk.ask<LedgerRow>(sql);
      return rows.map(({ version, class: name, namespace, group, batch }) => {
        return { version, class: name, namespace, group, batch };
      });
    } catch (fault) {
      if (fault instanceof DatabaseRefused && fault.code === NO_TABLE) return [];
      throw fault;
    }
  }

  async state(): Promise<DatabaseState> {
    const [state = [], rows = []] = await this.#talk.askAll([
      { sql: STATE, values: [] },
      { sql: 'SHOW GRANTS', values: [] },
    ]);
    const [reported] = state as readonly StateRow[];
    return {
      readOnly: reported?.readOnly === 1,
      clock: reported?.clock ?? 0,
      account: reported?.account ?? '',
      grants: rows.flatMap((row) => Object.values(row) as string[]),
    };
  }

  async rowCount(table: string): Promise<number | null> {
    try {
      const sql = `SELECT COUNT(*) AS number FROM ${this.#named(table)}`;
      const [row] = await this.#talk.ask<{ number: number }>(sql);
      return row?.number ?? 0;
    } catch (fault) {
      const silent = [NO_TABLE, ...MAY_NOT_READ];
      if (fault instanceof DatabaseRefused && silent.includes(fault.code)) return null;
      throw fault;
    }
  }

  async bulk(table: string): Promise<Bulk | null> {
    const askAll: AskAll = async (questions) => this.#talk.askAll(questions);
    return readBulk(askAll, this.#talk.login.database, table);
  }

  async hasSession(table: string, id: string): Promise<boolean> {
    const sql = `SELECT id AS id FROM ${this.#named(table)} WHERE id = ? LIMIT 10`;
    const rows = await this.#talk.ask<{ id: unknown }>(sql, id);
    // Collations find `ABC` and `abc ` for `abc`, which to a browser are other sessions.
    return rows.some((row) => row.id === id);
  }

  async hold(name: string): Promise<number | null> {
    const sql = 'SELECT GET_LOCK(?, 0) AS held, CONNECTION_ID() AS connection';
    const [row] = await this.#talk.ask<{ held: number | null; connection: number }>(sql, name);
    return row?.held === 1 ? row.connection : null;
  }

  async endHolder(name: string, connection: number): Promise<void> {
    const sql = 'SELECT IS_USED_LOCK(?) AS connection';
    const [row] = await this.#talk.ask<{ connection: number | null }>(sql, name);
    if (row?.connection !== connection) return;
    try {
      await this.#talk.ask(`KILL ${connection}`);
    } catch (fault) {
      if (!(fault instanceof DatabaseRefused && NOT_OURS.includes(fault.code))) throw fault;
    }
  }

  #named(table: string): string {
    return `${escapeId(this.#talk.login.database, true)}.${escapeId(table, true)}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#talk[Symbol.asyncDispose]();
  }
}
