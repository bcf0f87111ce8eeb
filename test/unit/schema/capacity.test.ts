import { expect, test } from '@jest/globals';
import { dataTooSmall } from '../../../src/schema/capacity.ts';
import { table } from './faults.ts';
import { offeredMigration, pasted } from '../../fakes/remedies.ts';

test.each([
  ['blob', 65_536, 'error', 'MEDIUMBLOB'],
  ['blob', 65_535, 'warning', 'MEDIUMBLOB'],
  ['blob', 32_768, 'warning', 'MEDIUMBLOB'],
  ['text', 100_000, 'error', 'MEDIUMBLOB'],
  ['tinyblob', 256, 'error', 'MEDIUMBLOB'],
  ['mediumblob', 16_777_216, 'error', 'LONGBLOB'],
])('data %s and a session of %d bytes: %s', (type, largest, severity, wider) => {
  const found = dataTooSmall(
    table({ columns: { data: `${type} not null` } }),
    largest,
    'compatible',
  );
  expect(found).toMatchObject({ name: 'data-too-small', severity });
  expect(pasted(found ?? undefined)).toBe(
    `ALTER TABLE \`ci_sessions\`\n  MODIFY \`data\` ${wider} NOT NULL;`,
  );
  expect(offeredMigration(found ?? undefined)).toContain(`MODIFY \`data\` ${wider} NOT NULL`);
});

test.each([
  ['blob not null', 32_767],
  ['mediumblob not null', 8_000_000],
  ['longblob not null', 4_000_000_000],
  ['varbinary(100) not null', 101],
  [null, 100_000],
])('data %s and a session of %d bytes: nothing to say', (data, largest) => {
  expect(dataTooSmall(table({ columns: { data } }), largest, 'exact')).toBeNull();
});

test('the message tells both numbers', () => {
  expect(dataTooSmall(table({}), 100_000, 'exact')?.message).toContain(
    'The largest session has 100,000 bytes, and ci_sessions.data (blob) holds 65,535',
  );
});

test('where only the exact type is right, the input that accepts the wider one belongs to the remedy', () => {
  const lines = (match: 'exact' | 'compatible'): readonly string[] =>
    (dataTooSmall(table({}), 100_000, match)?.remedies ?? []).map((one) =>
      one.map(({ where }) => where).join(),
    );
  expect(lines('exact')).toEqual(['database,inputs', 'clone,inputs']);
  expect(lines('compatible')).toEqual(['database', 'clone']);
});
