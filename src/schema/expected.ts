import type { SessionConfiguration } from '../app/application.ts';
import type { Column, Table } from './table.ts';

/** What a column must be, in the words of `Column`. */
export interface ExpectedColumn {
  readonly name: string;
  readonly type: string;
  readonly default: string;
}

/** The table that the application's own configuration asks for. */
export interface Expectation {
  readonly table: string;
  readonly columns: readonly ExpectedColumn[];
  readonly primaryKey: readonly string[];
  readonly session: SessionConfiguration;
}

/** One of the four columns, expected and found, in words: output `columns` and the summary. */
export interface ColumnTold {
  readonly name: string;
  readonly expected: string;
  readonly actual: string;
  readonly ok: boolean;
}

/** The session table of CodeIgniter's own generator since 4.1.5; the primary key follows matchIP (user guide, sessions). */
export function expected(session: SessionConfiguration): Expectation {
  return {
    table: session.table ?? session.savePath,
    columns: [
      { name: 'id', type: 'varchar(128)', default: 'none' },
      { name: 'ip_address', type: 'varchar(45)', default: 'none' },
      { name: 'timestamp', type: 'timestamp', default: 'now' },
      { name: 'data', type: 'blob', default: 'none' },
    ],
    primaryKey: session.matchIP ? ['id', 'ip_address'] : ['id'],
    session,
  };
}

/** The four columns side by side. Right means right in the strictest sense; what the rules tolerate is a finding. */
export function columnsTold(
  wanted: Expectation,
  table: Table | 'absent' | 'not visible',
): readonly ColumnTold[] {
  return wanted.columns.map((column) => {
    const found = typeof table === 'string' ? undefined : find(table, column.name);
    const actual = found === undefined ? 'missing' : inWords(found);
    const words = `${column.type} not null${defaulted(column.default)}`;
    const ok = found !== undefined && isAsDocumented(found, column);
    return { name: column.name, expected: words, actual, ok };
  });
}

function isAsDocumented(found: Column, { type, default: value }: ExpectedColumn): boolean {
  return found.type.normal === type && !found.nullable && found.default.normal === value;
}

/** Column names are case-insensitive on every server (MySQL manual, identifier case sensitivity). */
export function find(table: Table, name: string): Column | undefined {
  return table.columns.find((column) => column.name.toLowerCase() === name);
}

/** A column in words, the server's own beside ours where they differ. */
export function inWords({ type, nullable, default: value, extra }: Column): string {
  const words = `${type.normal}${nullable ? ' null' : ' not null'}${defaulted(value.normal)}${extra.normal === '' ? '' : ` ${extra.normal}`}`;
  const raw = [type, value].filter(
    (told) => told.raw !== '' && told.raw.toLowerCase() !== told.normal,
  );
  return raw.length === 0 ? words : `${words} (server: ${raw.map((told) => told.raw).join(', ')})`;
}

function defaulted(value: string): string {
  return value === 'none' ? '' : ` default ${value}`;
}
