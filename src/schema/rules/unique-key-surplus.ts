import { of } from '../../findings/entry.ts';
import type { Expectation } from '../expected.ts';
import { dropped } from '../remedy.ts';
import { defineRule, type Given } from '../rule.ts';
import type { Column, Index } from '../table.ts';
import { columnNamed } from '../words.ts';
import { indexed, ledByTimestamp, partWords } from './keys.ts';

/** Any further unique key refuses the second session with the same value. */
export const uniqueKeySurplus = defineRule(
  'unique-key-surplus',
  of('a unique key that keeps visitors out', 'lines', 'error'),
  (given) => {
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
);

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
