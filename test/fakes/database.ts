import {
  DatabaseRefused,
  placeWords,
  type Bulk,
  type Database,
  type DatabaseLogin,
  type DatabaseState,
  type LedgerRow,
  type TablePlace,
} from '../../src/schema/database.ts';
import { normalTable, product } from '../../src/schema/dialects/normal.ts';
import type { TableRows } from '../../src/schema/dialects/rows.ts';
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
  /** As information_schema names them; the name is made from the parts. */
  readonly invisible?: readonly string[];
  readonly partitions?: TableRows['partitions'];
  readonly triggers?: TableRows['triggers'];
  readonly references?: TableRows['references'];
  readonly checks?: readonly string[];
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
  const { name, columns, kind = 'BASE TABLE', engine = 'InnoDB', server = '9.7.0' } = sketch;
  return normalTable(product(server), {
    table: { name, kind, engine, rowFormat: sketch.rowFormat ?? 'Dynamic' },
    columns: columns.map(row),
    indexes: keys(sketch),
    partitions: sketch.partitions ?? [],
    triggers: sketch.triggers ?? [],
    references: sketch.references ?? [],
    checks: (sketch.checks ?? []).map((own) => ({ name: own })),
  });
}

function keys(sketch: TableSketch): TableRows['indexes'] {
  const { primaryKey = [], indexes = [], unique = [], invisible = [] } = sketch;
  return [
    ...key('PRIMARY', 0, primaryKey),
    ...indexes.flatMap((parts) => key(parts.join('_'), 1, parts)),
    ...unique.flatMap((parts) => key(`unique_${parts.join('_')}`, 0, parts)),
  ].map((one) => ({ ...one, visible: invisible.includes(one.name) ? 'NO' : 'YES' }));
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

function key(
  name: string,
  nonUnique: number,
  parts: readonly string[],
): { name: string; nonUnique: number; part: string; prefix: string | null }[] {
  return parts.map((part) => {
    const [, column = '', prefix] = /^(\w+)(?:\((\d+)\))?$/.exec(part) ?? [];
    return { name, nonUnique, part: column, prefix: prefix ?? null };
  });
}

let connections = 0;

/** A database in memory. Everything may be changed by the test while it is in use. */
export class FakeDatabase implements Database {
  product = 'MySQL 9.7.0';
  readonly tables = new Map<string, Table>();
  readonly ledgers = new Map<string, LedgerRow[]>();
  readonly sessions = new Map<string, Set<string>>();
  /** Names of tables this user may not read. */
  readonly hidden = new Set<string>();
  /** What is otherwise with the bulk of a table. */
  readonly bulks = new Map<string, Partial<Bulk>>();
  /** Tables of other databases that this user may see. */
  readonly elsewhere: TablePlace[] = [];
  closed = false;
  readonly connection = ++connections;
  /** How often a lock was asked for. */
  holds = 0;
  /** Locks of its server, by name. */
  locks = new Map<string, FakeDatabase>();
  now: DatabaseState;
  readonly login: DatabaseLogin;

  constructor(login: Omit<DatabaseLogin, 'tls'>) {
    this.login = login;
    const account = `${login.user}@localhost`;
    const grants = [
      `GRANT ALL PRIVILEGES ON \`${login.database}\`.* TO \`${login.user}\`@\`localhost\``,
    ];
    this.now = { readOnly: false, clock: Math.floor(Date.now() / 1000), account, grants };
  }

  get open(): boolean {
    return !this.closed;
  }

  /** Puts a table there, with the ids of its sessions if it is one for sessions. */
  add(table: Table, ...ids: readonly string[]): this {
    this.tables.set(table.name, table);
    this.sessions.set(table.name, new Set(ids));
    return this;
  }

  async table(name: string): Promise<Table | 'absent' | 'not visible'> {
    this.#open();
    if (this.hidden.has(name)) return 'not visible';
    if (this.ledgers.has(name)) return sketched({ name, columns: ['id bigint not null'] });
    return this.tables.get(name) ?? 'absent';
  }

  async tableNames(): Promise<readonly string[]> {
    this.#open();
    return [...this.tables.keys(), ...this.ledgers.keys()]
      .filter((name) => !this.hidden.has(name))
      .toSorted();
  }

  async namesLike(table: string): Promise<readonly TablePlace[]> {
    const { database } = this.login;
    const own = (await this.tableNames()).map((name) => ({ database, table: name }));
    return [...own, ...this.elsewhere]
      .filter((place) => place.table.toLowerCase() === table.toLowerCase())
      .toSorted((a, b) => (placeWords(a) < placeWords(b) ? -1 : 1));
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

  async bulk(table: string): Promise<Bulk | null> {
    this.#open();
    const found = this.hidden.has(table) ? undefined : this.tables.get(table);
    if (found?.kind !== 'table') return null;
    const texts = found.columns.filter(({ type }) => /char|text/.test(type.normal));
    return {
      rows: this.sessions.get(table)?.size ?? 0,
      bytes: 16_384,
      fulltext: false,
      characterBytes: Object.fromEntries(texts.map(({ name }) => [name, 4])),
      ...this.bulks.get(table),
    };
  }

  async hasSession(table: string, id: string): Promise<boolean> {
    this.#read(table);
    const ids = this.sessions.get(table);
    if (ids === undefined) throw new DatabaseRefused(this.login, 1146, `No table ${table}.`);
    return ids.has(id);
  }

  async hold(name: string): Promise<number | null> {
    this.#open();
    this.holds += 1;
    const holder = this.locks.get(name);
    if (holder !== undefined && holder !== this && holder.open) return null;
    this.locks.set(name, this);
    return this.connection;
  }

  async endHolder(name: string, connection: number): Promise<void> {
    this.#open();
    const holder = this.locks.get(name);
    if (holder?.connection === connection && holder.login.user === this.login.user)
      holder.closed = true;
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
  readonly #locks = new Map<string, FakeDatabase>();

  add(database: FakeDatabase): this {
    database.locks = this.#locks;
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
