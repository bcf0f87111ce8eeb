import { of } from '../../findings/entry.ts';
import { dropped } from '../remedy.ts';
import { defineRule } from '../rule.ts';
import { columnNamed } from '../words.ts';
import { indexed, ledByTimestamp } from './keys.ts';

/** Garbage collection looks for old timestamps; a table without that index is read and locked whole. */
export const timestampIndexMissing = defineRule(
  'timestamp-index-missing',
  of('garbage collection reads the whole table', 'lines', 'warning'),
  (given) => {
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
);
