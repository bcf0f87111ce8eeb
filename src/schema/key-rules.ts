import type { Given, Rule, Verdict } from './rule.ts';
import { keyList, quoted } from './remedy.ts';
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
  const same = keys.some((key) => key.unique && covers({ ...key, parts: sorted(key) }, wanted));
  if (same && wanted.every((name) => columnNamed(given.table, name)?.nullable === false)) {
    return { severity: 'notice', message: `${problem}: accepted (match: compatible).` };
  }
  const both = ['id', 'ip_address'];
  if (!matchIP && given.table.primaryKey !== null && covers(given.table.primaryKey, both)) {
    return {
      severity: 'warning',
      message: `${problem}. It works (match: compatible), but one id may get several rows.`,
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
  const parts = key.parts.map(({ column, length }) =>
    length === null ? column : `${column}(${length})`,
  );
  const own = generatedKey(given) === undefined ? '' : ', which the server made up and hides';
  return `the primary key (${parts.join(', ')})${own}`;
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

const timestampIndex: Rule = {
  name: 'timestamp-index-missing',
  judge(given) {
    const { table } = given;
    const keys = [...table.indexes, ...(table.primaryKey === null ? [] : [table.primaryKey])];
    const led = keys.filter(({ parts }) => parts[0]?.column.toLowerCase() === 'timestamp');
    const seen = led.some(({ visible }) => visible);
    if (seen || columnNamed(table, 'timestamp') === undefined) return [];
    const hidden =
      led[0] === undefined ? '' : ` that the server uses (${led[0].name} is switched off)`;
    return [
      {
        severity: 'warning',
        message: `No index of ${table.name}${hidden} begins with timestamp: garbage collection reads and locks the whole table, and with many sessions the requests of visitors time out meanwhile.`,
        clauses: [`ADD INDEX (${quoted('timestamp')})`],
      },
    ];
  },
};

const uniqueKey: Rule = {
  name: 'unique-key-surplus',
  judge: (given) =>
    given.table.indexes
      .filter((index) => index.unique && keepsOut(given, index))
      .map((index) => ({
        severity: 'error',
        message: `${given.table.name} has the unique key ${index.name} (${index.parts.map(({ column }) => column).join(', ')}): ${uniqueReason(index)}`,
        clauses: [`DROP INDEX ${quoted(index.name)}`, ...plainAgain(index)],
      })),
};

/** A unique key keeps sessions out unless it holds the whole primary key, or a value that never repeats. */
function keepsOut({ expectation, table }: Given, { parts }: Index): boolean {
  const enough: Readonly<Record<string, number>> = { id: expectation.idLength, ip_address: 45 };
  const whole = new Set(
    parts
      .map(({ column, length }) => ({ name: column.toLowerCase(), length }))
      .filter(({ name, length }) => length === null || length >= (enough[name] ?? Infinity))
      .map(({ name }) => name),
  );
  if (expectation.primaryKey.every((name) => whole.has(name))) return false;
  const ours = new Set(expectation.columns.map(({ name }) => name));
  return !parts.some(({ column }) => {
    const found = columnNamed(table, column);
    if (found === undefined || ours.has(column.toLowerCase())) return false;
    const unfilled = found.nullable && /^(none|null)$/.test(found.default.normal);
    return unfilled || found.extra.normal.includes('auto_increment');
  });
}

/** Garbage collection needs an index that begins with timestamp; that one need not be unique. */
function plainAgain({ parts }: Index): readonly string[] {
  const leads = parts[0]?.column.toLowerCase() === 'timestamp';
  return leads ? [`ADD INDEX (${quoted('timestamp')})`] : [];
}

function uniqueReason({ parts }: Index): string {
  const [only, ...more] = parts.map(({ column }) => column.toLowerCase());
  if (more.length === 0 && only === 'ip_address') {
    return 'the second visitor from the same address (an office, a phone network) gets HTTP 500 (Duplicate entry).';
  }
  if (more.length === 0 && only === 'timestamp') {
    return 'the second visitor within the same second gets HTTP 500 (Duplicate entry).';
  }
  return 'a visitor whose values repeat those of another gets HTTP 500 (Duplicate entry).';
}

/** Rules about keys and indexes. They compare columns, never names, which differ by the way a table was made. */
export const keyRules: readonly Rule[] = [primaryKey, uniqueKey, timestampIndex];
