import { remedies, type Finding } from '../finding.ts';
import { inDatabase, inInputs, type Remedy } from '../remedy.ts';
import { commitMigration } from './migration.ts';
import { alter } from './remedy.ts';
import type { Match } from './rule.ts';
import type { Table } from './table.ts';
import { columnNamed } from './words.ts';

/** Bytes that a column of each type holds (storage requirements in the manuals of MySQL and MariaDB). */
const capacities: Readonly<Record<string, number>> = {
  tinyblob: 255,
  tinytext: 255,
  blob: 65_535,
  text: 65_535,
  mediumblob: 16_777_215,
  mediumtext: 16_777_215,
};

/**
 * Whether the sessions there are now fit into the column `data`. Files have no limit, a BLOB holds 65,535 bytes.
 * Without strictOn a longer one is cut short silently. The next request fails and the session is gone
 * (seen on CodeIgniter 4.1.9, 4.2.12, 4.3.8 and 4.7.2).
 *
 * @param largest length in bytes of the largest session there is
 * @param match a type that is not the document's is an error with `exact`, so that an input has to accept it
 * @returns an error when it does not fit, a warning when it takes more than half, else null. Null also for a column
 *   without a known limit or a missing one, of which other rules speak
 */
export function dataTooSmall(table: Table, largest: number, match: Match): Finding | null {
  const type = columnNamed(table, 'data')?.type.normal ?? '';
  const capacity = capacities[type];
  if (capacity === undefined || largest * 2 <= capacity) return null;
  const wider = capacity < 65_536 ? 'MEDIUMBLOB' : 'LONGBLOB';
  const statement = alter(table.name, [`MODIFY \`data\` ${wider} NOT NULL`]);
  // Without it the next run would ask for the old type again.
  const accepted: Remedy =
    match === 'compatible' ? [] : [inInputs('Accept that type', 'session-table-match: compatible')];
  const fact = `The largest session has ${bytes(largest)} bytes, and ${table.name}.data (${type}) holds ${bytes(capacity)}`;
  const effect =
    largest > capacity
      ? 'it would be cut short. The next request of that visitor fails with HTTP 500 (Failed to decode session object), or the write does with strictOn'
      : 'there is little room for it to grow';
  return {
    name: 'data-too-small',
    severity: largest > capacity ? 'error' : 'warning',
    message: `${fact}: ${effect}.`,
    remedies: remedies(
      [inDatabase('', statement), ...accepted],
      [commitMigration(table.name, [statement]), ...accepted],
    ),
  };
}

function bytes(count: number): string {
  return count.toLocaleString('en');
}
