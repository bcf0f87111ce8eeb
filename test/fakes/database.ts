import {
  DatabaseRefused,
  type Database,
  type DatabaseLogin,
  type DatabaseState,
  type LedgerRow,
} from '../../src/schema/database.ts';
import { normalTable, product } from '../../src/schema/normal.ts';
import type { IndexRow, TriggerRow } from '../../src/schema/rows.ts';
import type { Table } from '../../src/schema/table.ts';

/** A table as a test writes it down; columns as `id varchar(128) not null default 'x' extra auto_increment`. */
export interface TableSketch {
  readonly name: string;
  readonly columns: readonly string[];
  /** Parts as `id` or `id(100)`. */
  readonly primaryKey?: readonly string[];
  readonly indexes?: readonly (readonly string[])[];
  readonly unique?: readonly (readonly string[])[];
  readonly kind?: 'BASE TABLE' | 'VIEW' | 'SYSTEM VERSIONED';
  readonly engine?: string;
  readonly rowFormat?: string;
  readonly options?: string;
  /** Names of indexes that are switched off. */
  readonly hidden?: readonly string[];
  /** As `name BEFORE INSERT`. */
  readonly triggers?: readonly string[];
  /** VERSION() of the server whose words the sketch uses. */
  readonly server?: string;
}

/** The table that CodeIgniter's generator makes since 4.1.5. */
export const generated: TableSketch = {
  name: 'ci_sessions',
  columns: [
    'id varchar(128) not null',
    'ip_address varchar(45) not null',
    'timestamp timestamp not null default CURRENT_TIMESTAMP extra DEFAULT_GENERATED',
    'data blob not null',
  ],
  primaryKey: ['id'],
  indexes: [['timestamp']],
};

/** A sketch as the adapter would read it from its server. */
export function sketched(sketch: TableSketch): Table {
  const { name, columns, triggers = [], server = '9.7.0' } = sketch;
  const about = {
    name,
    kind: sketch.kind ?? 'BASE TABLE',
    engine: sketch.engine ?? 'InnoDB',
    rowFormat: sketch.rowFormat ?? 'Dynamic',
    options: sketch.options ?? '',
  };
  return normalTable(
    product(server),
    about,
    columns.map(row),
    indexRows(sketch),
    triggers.map(trigger),
  );
}

function indexRows(sketch: TableSketch): IndexRow[] {
  const { primaryKey = [], indexes = [], unique = [], hidden = [] } = sketch;
  const keys = [
    ...key('PRIMARY', 0, primaryKey),
    ...indexes.flatMap((parts) => key(parts.join('_'), 1, parts)),
    ...unique.flatMap((parts) => key(`unique_${parts.join('_')}`, 0, parts)),
  ];
  return keys.map((one) => ({ ...one, visible: hidden.includes(one.name) ? 'NO' : 'YES' }));
}

function row(text: string): {
  name: string;
  type: string;
  nullable: string;
  fallback: string | null;
  extra: string;
} {
  const [before = '', extra = ''] = text.split(' extra ');
  const [named = '', fallback = null] = before.split(' default ');
  const [name = '', ...type] = named.replace(/ not null$/, '').split(' ');
  const nullable = named.endsWith(' not null') ? 'NO' : 'YES';
  return { name, type: type.join(' '), nullable, fallback, extra };
}

function trigger(text: string): TriggerRow {
  const [name = '', timing = '', event = ''] = text.split(' ');
  return { name, timing, event };
}

function key(name: string, nonUnique: number, parts: readonly string[]): IndexRow[] {
  return parts.map((part) => {
    const [, column = '', prefix] = /^(\w+)(?:\((\d+)\))?$/.exec(part) ?? [];
    const shown = { visible: 'YES', ignored: null };
    return { name, nonUnique, part: column, prefix: prefix ?? null, ...shown };
  });
}

/** A database in memory. Everything may be changed by the test while it is in use. */
export class FakeDatabase implements Database {
  product = 'MySQL 9.7.0';
  readonly tables = new Map<string, Table>();
  readonly ledgers = new Map<string, LedgerRow[]>();
  readonly sessions = new Map<string, Set<string>>();
  /** Names of tables this user may not read. */
  readonly hidden = new Set<string>();
  closed = false;
  /** Tables of other schemas that this user may see. */
  elsewhere: { schema: string; name: string }[] = [];
  now: DatabaseState;
  readonly login: DatabaseLogin;

  constructor(login: DatabaseLogin) {
    this.login = login;
    const account = `${login.user}@localhost`;
    const grants = [
      `GRANT ALL PRIVILEGES ON \`${login.database}\`.* TO \`${login.user}\`@\`localhost\``,
    ];
    this.now = { readOnly: false, clock: Math.floor(Date.now() / 1000), account, grants };
  }

  /** Puts a table there, with the ids of its sessions if it is one for sessions. */
  add(table: Table, ...ids: readonly string[]): this {
    this.tables.set(table.name, table);
    this.sessions.set(table.name, new Set(ids));
    return this;
  }

  get open(): boolean {
    return !this.closed;
  }

  async table(name: string): Promise<Table | 'absent' | 'not visible'> {
    this.#open();
    if (this.hidden.has(name)) return 'not visible';
    if (this.ledgers.has(name)) return sketched({ name, columns: ['id bigint not null'] });
    return this.tables.get(name) ?? 'absent';
  }

  async alike(name: string): Promise<readonly { schema: string; name: string }[]> {
    const same = (await this.tableNames()).filter(
      (other) => other.toLowerCase() === name.toLowerCase(),
    );
    const here = same.map((other) => ({ schema: this.login.database, name: other }));
    return [...here, ...this.elsewhere.filter((other) => other.name === name)];
  }

  async tableNames(): Promise<readonly string[]> {
    this.#open();
    return [...this.tables.keys(), ...this.ledgers.keys()]
      .filter((name) => !this.hidden.has(name))
      .toSorted();
  }

  async ledger(name: string): Promise<readonly LedgerRow[]> {
    this.#read(name);
    return [...(this.ledgers.get(name) ?? [])];
  }

  async state(): Promise<DatabaseState> {
    this.#open();
    return this.now;
  }

  async rowCount(table: string): Promise<number | null> {
    this.#open();
    if (this.hidden.has(table)) return null;
    return this.sessions.get(table)?.size ?? this.ledgers.get(table)?.length ?? null;
  }

  async hasSession(table: string, id: string): Promise<boolean> {
    this.#read(table);
    const ids = this.sessions.get(table);
    if (ids === undefined) throw new DatabaseRefused(this.login, 1146, `No table ${table}.`);
    return ids.has(id);
  }

  #read(table: string): void {
    this.#open();
    if (this.hidden.has(table)) throw new DatabaseRefused(this.login, 1142, `${table} is hidden.`);
  }

  #open(): void {
    if (this.closed) throw new DatabaseRefused(this.login, 0, 'The connection was closed.');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.closed = true;
  }
}

/** A database server in memory with one account for each database added to it. */
export class FakeDatabaseServer {
  readonly #databases: FakeDatabase[] = [];

  add(database: FakeDatabase): this {
    this.#databases.push(database);
    return this;
  }

  /** @throws DatabaseRefused 1045 for a wrong user or password, 1049 for a database that is not there */
  async logIn(login: DatabaseLogin, signal: AbortSignal): Promise<Database> {
    signal.throwIfAborted();
    const { user, password, database } = login;
    const own = this.#databases.filter(
      (one) => one.login.user === user && one.login.password.reveal() === password.reveal(),
    );
    const who = `${user}@${'socket' in login.address ? login.address.socket : login.address.host}`;
    if (own.length === 0) throw new DatabaseRefused(login, 1045, `${who} is refused.`);
    const found = own.find((one) => one.login.database === database);
    if (found === undefined) {
      throw new DatabaseRefused(login, 1049, `${who} finds no database ${database}.`);
    }
    found.closed = false;
    return found;
  }
}
