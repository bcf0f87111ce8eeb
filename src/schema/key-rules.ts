import type { Expectation } from './expected.ts';
import type { Given, Rule, Verdict } from './rule.ts';
import { dropped, keyList, quoted } from './remedy.ts';
import type { Column, Index } from './table.ts';
import { columnNamed } from './words.ts';

const primaryKey: Rule = {
  name: 'primary-key',
  judge(given) {
    const { primaryKey: wanted } = given.expectation;
    const found = given.table.primaryKey;
    if (found !== null && covers(found, wanted)) return [];
    const problem = `${given.table.name} has ${keyWords(given, found)}, expected (${wanted.join(', ')}) because matchIP is ${String(given.expectation.matchIP)}`;
    return [tolerable(given, problem) ?? wrong(given, problem)];
  },
};

function wrong(given: Given, problem: string): Verdict {
  return {
    severity: 'error',
    message: `${problem}. ${keyReason(given)}`,
    clauses: keyClauses(given),
  };
}

/** What `compatible` lets pass: the same columns in another order, a unique key in its place, one column too many. */
function tolerable(given: Given, problem: string): Verdict | null {
  if (given.match === 'exact') return null;
  const { primaryKey: wanted, matchIP } = given.expectation;
  const keys = [given.table.primaryKey, ...given.table.indexes].filter((key) => key !== null);
  const same = keys.some(
    (key) => key.unique && key.visible && covers({ ...key, parts: sorted(key) }, wanted),
  );
  if (same && wanted.every((name) => columnNamed(given.table, name)?.nullable === false)) {
    return {
      severity: 'notice',
      message: `${problem}: accepted (session-table-match: compatible).`,
    };
  }
  const both = ['id', 'ip_address'];
  if (!matchIP && given.table.primaryKey !== null && covers(given.table.primaryKey, both)) {
    return {
      severity: 'warning',
      message: `${problem}. It works (session-table-match: compatible), but one id may get several rows.`,
      clauses: keyClauses(given),
    };
  }
  return null;
}

function sorted({ parts }: Index): Index['parts'] {
  return parts.toSorted((a, b) => (a.column < b.column ? -1 : 1));
}

function covers({ parts }: Index, wanted: readonly string[]): boolean {
  return (
    parts.length === wanted.length &&
    parts.every((part, at) => part.length === null && part.column.toLowerCase() === wanted[at])
  );
}

function keyWords(given: Given, key: Index | null): string {
  if (key === null) return 'no primary key';
  const own = generatedKey(given) === undefined ? '' : ', which the server made up and hides';
  return `the primary key (${partWords(key)})${own}`;
}

function partWords({ parts }: Index): string {
  return parts
    .map(({ column, length }) => (length === null ? column : `${column}(${length})`))
    .join(', ');
}

/** The column of a primary key that MySQL 8 adds by itself (sql_generate_invisible_primary_key). */
export function generatedKey({ table }: Pick<Given, 'table'>): Column | undefined {
  const [part, ...more] = table.primaryKey?.parts ?? [];
  if (part === undefined || more.length > 0) return undefined;
  const column = columnNamed(table, part.column);
  const { normal } = column?.extra ?? { normal: '' };
  return /auto_increment.*invisible/.test(normal) ? column : undefined;
}

function keyReason(given: Given): string {
  const { expectation, table } = given;
  const found = (table.primaryKey?.parts ?? []).map(({ column }) => column.toLowerCase());
  if (generatedKey(given) !== undefined || found.length === 0) {
    return 'Each request reads the whole table, and two first requests of one visitor make two rows.';
  }
  if (expectation.matchIP && !found.includes('ip_address')) {
    return 'With matchIP a visitor whose address changes gets a second row: Duplicate entry, HTTP 500.';
  }
  if (!found.includes('id')) {
    return 'The second visitor with the same value gets HTTP 500 (Duplicate entry).';
  }
  return 'One id may get several rows, ids may be taken for one another, or be found only by reading the whole table. If the server answers Duplicate entry to the remedy, delete the older rows of that id first.';
}

function keyClauses(given: Given): readonly string[] {
  const add = `ADD PRIMARY KEY (${keyList(given.expectation.primaryKey)})`;
  const own = generatedKey(given);
  if (own !== undefined) return ['DROP PRIMARY KEY', `DROP COLUMN ${quoted(own.name)}`, add];
  if (given.table.primaryKey === null) return [add];
  return ['DROP PRIMARY KEY', add, ...counting(given)];
}

/** A counting column of its own must stay a key when it stops being the primary one (error 1075). */
function counting({ table, expectation }: Given): readonly string[] {
  return (table.primaryKey?.parts ?? []).flatMap(({ column }) => {
    const counts = columnNamed(table, column)?.extra.normal.includes('auto_increment') ?? false;
    const ours = expectation.columns.some(({ name }) => name === column.toLowerCase());
    return counts && !ours ? [`ADD UNIQUE KEY (${quoted(column)})`] : [];
  });
}

const indexed = `ADD INDEX (${quoted('timestamp')})`;

function ledByTimestamp({ parts }: Index): boolean {
  return parts[0]?.column.toLowerCase() === 'timestamp';
}

const timestampIndex: Rule = {
  name: 'timestamp-index-missing',
  judge(given) {
    const { table } = given;
    const keys = [...table.indexes, ...(table.primaryKey === null ? [] : [table.primaryKey])];
    const led = keys.filter(ledByTimestamp);
    if (led.some(({ visible }) => visible)) return [];
    if (columnNamed(table, 'timestamp') === undefined) return [];
    const hidden = led.map(({ name }) => name).join(', ');
    const problem =
      led.length === 0
        ? `No index of ${table.name} begins with timestamp`
        : `The server does not use the index of ${table.name} that begins with timestamp (${hidden} is invisible or ignored)`;
    return [
      {
        severity: 'warning',
        message: `${problem}: garbage collection reads and locks the whole table, and with many sessions the requests of visitors time out meanwhile.`,
        clauses: [...led.map(dropped), indexed],
      },
    ];
  },
};

const uniqueSurplus: Rule = {
  name: 'unique-key-surplus',
  judge(given) {
    const narrow = given.table.indexes.filter((key) => key.unique && refuses(key, given));
    const others = given.table.indexes.filter((key) => key.visible && !narrow.includes(key));
    return narrow.map((key) => ({
      severity: 'error',
      message: `${given.table.name} has the unique key ${key.name} (${partWords(key)}): the second session with the same value is refused with HTTP 500 (Duplicate entry). Only the primary key may be unique.`,
      // Taking it away must not take away the index that garbage collection needs.
      clauses: [
        dropped(key),
        ...(ledByTimestamp(key) && !others.some(ledByTimestamp) ? [indexed] : []),
      ],
    }));
  },
};

/** Whether two sessions can meet in this key: neither the whole primary key is in it, nor a column that differs by itself. */
function refuses({ parts }: Index, { expectation, table }: Given): boolean {
  const whole = new Set(
    parts
      .filter(({ column, length }) => length === null || holdsId(column, length, expectation))
      .map(({ column }) => column.toLowerCase()),
  );
  if (expectation.primaryKey.every((name) => whole.has(name))) return false;
  return !parts.some(({ column }) => differs(columnNamed(table, column), expectation));
}

function holdsId(column: string, length: number, { idLength }: Expectation): boolean {
  return column.toLowerCase() === 'id' && length >= idLength;
}

/** A column the handler leaves out: NULL is never a duplicate, counters and expressions like uuid() make new values. */
function differs(column: Column | undefined, { columns }: Expectation): boolean {
  if (column === undefined || columns.some(({ name }) => name === column.name.toLowerCase())) {
    return false;
  }
  if (column.extra.normal.includes('generated')) return false;
  const { normal } = column.default;
  return (
    column.extra.normal.includes('auto_increment') || normal === 'null' || normal.startsWith('(')
  );
}

/** Rules about keys and indexes. They compare columns, never names, which differ by the way a table was made. */
export const keyRules: readonly Rule[] = [primaryKey, uniqueSurplus, timestampIndex];
