import { expect, test } from '@jest/globals';
import { tableElsewhere } from '../../../src/schema/elsewhere.ts';
import { expected } from '../../../src/schema/expected.ts';
import { session } from './session.ts';
import { offeredMigration, pasted } from '../../fakes/remedies.ts';

const wanted = expected(session);

test('a table in another case is named, with what renames it', () => {
  const like = [{ database: 'shop', table: 'CI_Sessions' }];
  const [found, ...more] = tableElsewhere(wanted, 'shop', like);
  expect(more).toEqual([]);
  expect(found).toMatchObject({ name: 'table-name-case', severity: 'error' });
  expect(pasted(found)).toBe('RENAME TABLE `CI_Sessions` TO `ci_sessions`;');
  expect(offeredMigration(found)).toContain('RENAME TABLE `CI_Sessions` TO `ci_sessions`');
});

test('tables of the name in other databases are one warning that names them', () => {
  const like = ['old', 'shop_test'].map((database) => ({ database, table: 'ci_sessions' }));
  const [found, ...more] = tableElsewhere(wanted, 'shop', like);
  expect(more).toEqual([]);
  expect(found).toMatchObject({ name: 'table-in-other-schema', severity: 'warning' });
  expect(found?.message).toContain(
    'in old and shop_test, but the session handler asks for it in shop',
  );
});

test('another case in another database says nothing', () => {
  expect(tableElsewhere(wanted, 'shop', [{ database: 'old', table: 'CI_SESSIONS' }])).toEqual([]);
  expect(tableElsewhere(wanted, 'shop', [])).toEqual([]);
});
