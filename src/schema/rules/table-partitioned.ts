import { of } from '../../findings/entry.ts';
import { WHOLE } from '../remedy.ts';
import { defineRule } from '../rule.ts';
import type { Partitioning } from '../table.ts';

/** Columns of a partition belong to every unique key (MySQL manual, partitioning limitations). */
export const tablePartitioned = defineRule(
  'table-partitioned',
  of(
    'partitions that refuse sessions or widen the primary key; a notice where they do no harm',
    'lines',
    'warning',
    'notice',
  ),
  ({ table, expectation }) => {
    const { partitioning: found } = table;
    // SYSTEM_TIME goes with versioning, which has a rule of its own.
    if (found === null || found.method === 'SYSTEM_TIME') return [];
    const by = `${table.name} is partitioned by ${partitionWords(found)}`;
    if (spread(found, expectation.primaryKey)) {
      return [{ severity: 'notice', message: `${by}. It does no harm: every id has its place.` }];
    }
    const effect = found.open
      ? 'Its columns must belong to the primary key, which then admits several rows for one id.'
      : 'A session that belongs to none of the partitions fails with HTTP 500 (no partition for value), and with dates that day comes by itself.';
    return [{ severity: 'warning', message: `${by}. ${effect}`, clauses: [WHOLE] }];
  },
);

function partitionWords({ method, expression }: Partitioning): string {
  return `${method} (${expression.replaceAll('`', '')})`;
}

/** By columns of the wanted primary key alone, and with a place for every value. */
function spread({ open, expression }: Partitioning, primaryKey: readonly string[]): boolean {
  const columns = [...expression.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name.toLowerCase());
  return open && columns.every((name) => primaryKey.includes(name));
}
