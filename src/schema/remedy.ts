import type { Expectation, ExpectedColumn } from './expected.ts';
import type { Fix } from './rule.ts';
import type { Index, Table } from './table.ts';

/** A name as MySQL and MariaDB read it whatever it holds. */
export function quoted(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

/** Gives up partitions. The grammar wants it last and without a comma, whatever else an ALTER TABLE does. */
export const WHOLE = 'REMOVE PARTITIONING';

/** One ALTER TABLE: every ALTER of its own would rebuild the table again, and two leave it without a primary key between them. */
export function alter(table: string, clauses: readonly string[]): string {
  const all = [...new Set(clauses)];
  const parts = all.filter((clause) => clause !== WHOLE).map((clause) => `\n  ${clause}`);
  const last = all.includes(WHOLE) ? `\n  ${WHOLE}` : '';
  return `ALTER TABLE ${quoted(table)}${parts.join(',')}${last};`;
}

/**
 * Parts of an ALTER TABLE for one column. A column opened again gives all rows its default: numbers in place of dates
 * cannot be kept, but dated now nobody is logged out. Its indexes go first, because servers would carry them over to
 * the new column with the length of the old one (error 1089). Those named in `gone` do not come back.
 */
export function fixed(
  table: Table,
  { name, sql }: ExpectedColumn,
  how: Fix,
  gone: readonly string[] = [],
): readonly string[] {
  const column = quoted(name);
  if (how === 'modify') return [`MODIFY ${column} ${sql}`];
  if (how === 'add') return [`ADD COLUMN ${column} ${sql}`];
  const own = table.indexes.filter(({ parts }) => parts.some((part) => part.column === name));
  return [
    ...own.map(dropped),
    `DROP COLUMN ${column}`,
    `ADD COLUMN ${column} ${sql}`,
    ...own.filter((index) => index.parts.length > 1 && !gone.includes(index.name)).map(added),
    ...(name === 'timestamp' ? [`ADD INDEX (${column})`] : []),
  ];
}

/** The part of an ALTER TABLE that takes an index away. */
export function dropped({ name }: Index): string {
  return `DROP INDEX ${quoted(name)}`;
}

function added({ name, unique, parts }: Index): string {
  const columns = parts.map(({ column, length }) =>
    length === null ? quoted(column) : `${quoted(column)}(${length})`,
  );
  return `ADD ${unique ? 'UNIQUE ' : ''}INDEX ${quoted(name)} (${columns.join(', ')})`;
}

/** The whole table as expected, primary key inside: servers with sql_require_primary_key refuse it otherwise. */
export function create({ table, columns, primaryKey }: Expectation): string {
  const lines = [
    ...columns.map(({ name, sql }) => `${quoted(name)} ${sql}`),
    `PRIMARY KEY (${keyList(primaryKey)})`,
    `KEY ${quoted('timestamp')} (${quoted('timestamp')})`,
  ];
  return `CREATE TABLE ${quoted(table)} (${lines.map((line) => `\n  ${line}`).join(',')}\n);`;
}

/** Another table in its place; the old one stays under another name. */
export function replace(expectation: Expectation): readonly string[] {
  const old = `${expectation.table.slice(0, 57)}_before`;
  return [`RENAME TABLE ${quoted(expectation.table)} TO ${quoted(old)};`, create(expectation)];
}

/** Columns of a key, to stand in parentheses. */
export function keyList(columns: readonly string[]): string {
  return columns.map(quoted).join(', ');
}
