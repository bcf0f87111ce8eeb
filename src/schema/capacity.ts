import type { Finding } from '../finding.ts';
import type { Expectation } from './expected.ts';
import { quoted } from './remedy.ts';
import { migrationFor } from './repair.ts';
import type { Table } from './table.ts';
import { columnNamed } from './words.ts';

/** Bytes that BLOB holds (MySQL Reference Manual, Data Type Storage Requirements). */
const blob = 65_535;

/**
 * The largest session of today against the column that it will be kept in.
 * @param bytes of the largest session file; 0 when there is none
 */
export function dataTooSmall(
  expectation: Expectation,
  found: Table,
  bytes: number,
): readonly Finding[] {
  const type = columnNamed(found, 'data')?.type.normal;
  if (type !== 'blob' || bytes <= blob / 2) return [];
  const sql = `ALTER TABLE ${quoted(expectation.table)} MODIFY ${quoted('data')} MEDIUMBLOB NOT NULL;`;
  const fits = bytes <= blob;
  return [
    {
      name: 'data-too-small',
      severity: fits ? 'warning' : 'error',
      message: `The largest session file of today has ${bytes.toLocaleString('en')} bytes, and ${found.name}.data (BLOB) holds 65,535: ${fits ? 'there is little room left. A' : 'that visitor, and each'} session that is longer is cut short and then fails with HTTP 500, or cannot be written at all with strictOn.`,
      remedy: `${sql}   and input match: compatible`,
      migration: migrationFor(sql, 'WidenSessionData'),
    },
  ];
}
