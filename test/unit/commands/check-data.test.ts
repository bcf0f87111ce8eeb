import { expect, test } from '@jest/globals';
import { check } from '../../../src/commands/check.ts';
import { parseCheck } from '../../../src/config/check-config.ts';
import { checkoutOf } from '../../fakes/checkout.ts';
import { application, migrationPath } from '../../static/application.ts';
import { file, right } from '../../static/corpus/migration.ts';

const sessions = migrationPath('2026-01-09-000000_CreateSessions');

test.each([
  ['MEDIUMBLOB', 'exact', ['notice column-type']],
  ['LONGBLOB', 'exact', ['notice column-type']],
  ['LONGBLOB', 'compatible', ['notice column-type']],
  ['TEXT', 'exact', ['error column-type']],
  ['TINYBLOB', 'compatible', ['error column-type']],
])('data as %s, with %s: %j', async (type, match, said) => {
  const given = new Map([
    ['command', 'check'],
    ['session-table-match', match],
  ]);
  const files = {
    ...application(),
    [sessions]: file('CreateSessions', right.replace("'BLOB'", `'${type}'`)),
  };
  const { findings } = await check(parseCheck(given, '').config, checkoutOf(files, {}), () => 0);
  const own = findings.filter(({ name }) => name === 'column-type');
  expect(own.map(({ severity, name }) => `${severity} ${name}`)).toEqual(said);
  if (type === 'LONGBLOB' && match === 'exact') {
    expect(own[0]?.message).toBe(
      'ci_sessions.data is longblob, not blob: wider than documented, it holds more. A deploy takes it with session-table-match: compatible.',
    );
  }
});
