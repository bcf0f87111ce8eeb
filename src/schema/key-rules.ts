import { alter, type Rule } from './rule.ts';
import type { Index } from './table.ts';

function inWords(key: Index | null): string {
  if (key === null) return 'no primary key';
  const parts = key.parts.map(({ column, length }) =>
    length === null ? column : `${column}(${length})`,
  );
  return `the primary key (${parts.join(', ')})`;
}

/** What the keys must be. */
export const keyRules: readonly Rule[] = [
  {
    name: 'primary-key',
    *check({ wanted, table }) {
      if (table.kind === 'view') return;
      const parts = table.primaryKey?.parts ?? [];
      const same =
        parts.length === wanted.primaryKey.length &&
        parts.every(
          ({ column, length }, at) =>
            length === null && column.toLowerCase() === wanted.primaryKey[at],
        );
      if (same) return;
      const drop = table.primaryKey === null ? '' : 'DROP PRIMARY KEY, ';
      yield {
        severity: 'error',
        message: `${wanted.table} has ${inWords(table.primaryKey)}; with matchIP ${wanted.session.matchIP ? 'on' : 'off'} it must be (${wanted.primaryKey.join(', ')}), or sessions collide or get lost.`,
        remedy: alter(wanted, `${drop}ADD PRIMARY KEY (${wanted.primaryKey.join(', ')})`),
      };
    },
  },
  {
    name: 'timestamp-index-missing',
    *check({ wanted, table }) {
      if (table.kind === 'view') return;
      const led = table.indexes.some(({ parts }) => parts[0]?.column.toLowerCase() === 'timestamp');
      if (led) return;
      yield {
        severity: 'warning',
        message: `${wanted.table} has no index that begins with timestamp: cleaning up old sessions reads and locks the whole table.`,
        remedy: alter(wanted, 'ADD INDEX `timestamp` (`timestamp`)'),
      };
    },
  },
];
