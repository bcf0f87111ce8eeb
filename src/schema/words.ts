import { SQL_NULL } from './dialects/literal.ts';
import type { Column, Table, NormalizedValue } from './table.ts';

/** The column of that name; servers do not tell columns apart by case. */
export function columnNamed({ columns }: Table, name: string): Column | undefined {
  return columns.find((column) => column.name.toLowerCase() === name.toLowerCase());
}

/** A value in normal form, with the server's own words where they differ. */
export function describeValue({ raw, normal }: NormalizedValue): string {
  return raw === normal || raw === SQL_NULL ? normal : `${normal} (the server says ${raw})`;
}

/** A whole column, e.g. `timestamp not null default now (server: default CURRENT_TIMESTAMP)`. */
export function describeColumn(column: Column): string {
  const { type, nullable, default: fallback, extra } = column;
  const words = [type.normal, nullable ? 'null' : 'not null'];
  if (fallback.normal !== 'none') words.push(`default ${fallback.normal}`);
  if (extra.normal !== '') words.push(extra.normal);
  const own = ownWords(column);
  return own.length === 0 ? words.join(' ') : `${words.join(' ')} (server: ${own.join(', ')})`;
}

function ownWords({ type, default: fallback, extra }: Column): readonly string[] {
  const own: string[] = [];
  if (type.raw !== type.normal) own.push(type.raw);
  if (fallback.raw !== fallback.normal && fallback.raw !== SQL_NULL) {
    own.push(`default ${fallback.raw}`);
  }
  if (extra.normal !== '' && extra.raw !== extra.normal) own.push(extra.raw);
  return own;
}

/** `a, b and c`. */
export function listed(words: readonly string[]): string {
  return words.length < 2
    ? words.join('')
    : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}
