import { of } from '../../findings/entry.ts';
import { quoted, WHOLE } from '../remedy.ts';
import { defineRule } from '../rule.ts';
import type { Table } from '../table.ts';

/** MariaDB keeps every state of a row of such a table (MariaDB manual, System-Versioned Tables). */
export const tableVersioned = defineRule(
  'table-versioned',
  of('MariaDB keeps every old row for ever', 'lines', 'warning'),
  ({ table }) => {
    if (!table.versioned) return [];
    return [
      {
        severity: 'warning',
        message: `${table.name} is system-versioned: it keeps every state of every session that ever was, so it grows with each request and garbage collection frees nothing.`,
        before: unversioned(table),
      },
    ];
  },
);

/** Servers let nothing else happen to the columns in the same ALTER TABLE. The columns of the period go only when the statement names them. */
function unversioned({ name, columns, partitioning }: Table): readonly string[] {
  const start = `ALTER TABLE ${quoted(name)}`;
  const period = columns.filter(({ extra }) => /row (start|end)/.test(extra.normal));
  const drops = period.map((column) => `, DROP COLUMN ${quoted(column.name)}`);
  return [
    ...(partitioning === null ? [] : [`${start} ${WHOLE};`]),
    ...(period.length === 0 ? [] : ['SET SESSION system_versioning_alter_history = KEEP;']),
    `${start} DROP SYSTEM VERSIONING${drops.join('')}${period.length === 0 ? '' : ', DROP PERIOD FOR SYSTEM_TIME'};`,
  ];
}
