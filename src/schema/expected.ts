import type { SessionConfiguration } from '../app/application.ts';

/** A column as the session handler needs it. Every one of them is NOT NULL. */
export interface ExpectedColumn {
  readonly name: string;
  /** In the form of `Column.type`. */
  readonly type: string;
  /** In the form of `Column.default`. */
  readonly default: 'none' | 'now';
  /** Its definition without the name, to paste. */
  readonly sql: string;
  /** Why the handler works with another type as well; null when it does not. */
  readonly tolerates: (type: string) => string | null;
}

/** The session table an application needs, derived from its own configuration. */
export interface Expectation {
  /** Name as the handler queries it, prefix included. */
  readonly table: string;
  readonly columns: readonly ExpectedColumn[];
  /** Columns of the primary key, in order. */
  readonly primaryKey: readonly string[];
  readonly matchIP: boolean;
  /** Characters of a stored id: `cookieName:` and 32 more since CodeIgniter 4.2.11 (32 or 40 before, and without the name). */
  readonly idLength: number;
}

/**
 * What the handler of this configuration needs (user guide of CodeIgniter 4, and what its own generator makes since 4.1.5).
 * @throws TypeError when the sessions are not kept in a table
 */
export function expected(session: SessionConfiguration): Expectation {
  if (session.table === null) throw new TypeError(`${session.driver} keeps no session table`);
  return {
    table: session.table,
    columns,
    primaryKey: session.matchIP ? ['id', 'ip_address'] : ['id'],
    matchIP: session.matchIP,
    idLength: session.cookieName.length + 1 + 32,
  };
}

const columns: readonly ExpectedColumn[] = [
  {
    name: 'id',
    type: 'varchar(128)',
    default: 'none',
    sql: 'VARCHAR(128) NOT NULL',
    tolerates: (type) => holds(type, 128),
  },
  {
    name: 'ip_address',
    type: 'varchar(45)',
    default: 'none',
    sql: 'VARCHAR(45) NOT NULL',
    tolerates: (type) => holds(type, 45),
  },
  {
    name: 'timestamp',
    type: 'timestamp',
    default: 'now',
    sql: 'TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP',
    tolerates: (type) => {
      if (/^timestamp\(\d\)$/.test(type)) return 'fractions of a second do no harm';
      if (!/^datetime(\(\d\))?$/.test(type)) return null;
      return "the handler writes and compares the server's own time; around a change of daylight saving time sessions live an hour more or less";
    },
  },
  {
    name: 'data',
    type: 'blob',
    default: 'none',
    sql: 'BLOB NOT NULL',
    tolerates: (type) => (/^(medium|long)blob$/.test(type) ? 'it holds more' : null),
  },
];

function holds(type: string, length: number): string | null {
  // BINARY is no such type: it fills up with zero bytes, and an id is never found again.
  const found = /^(?:char|varchar|varbinary)\((\d+)\)$/.exec(type);
  return found !== null && Number(found[1]) >= length ? 'every value fits' : null;
}
