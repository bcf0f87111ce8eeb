import { expect, test } from '@jest/globals';
import { parseCheck, type TrialConfig } from '../../../src/config/check-config.ts';
import { ConfigError } from '../../../src/config/config.ts';

function trial(inputs: Readonly<Record<string, string>>): TrialConfig | null {
  return parseCheck(new Map(Object.entries({ command: 'check', ...inputs })), '').trial;
}

function problems(inputs: Readonly<Record<string, string>>): string {
  try {
    trial(inputs);
    return '';
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map(({ message }) => message).join('\n');
  }
}

test('without a database nothing runs', () => {
  expect(trial({})).toBeNull();
});

test('databases come from lines of addresses, and one from db-*', () => {
  const given = trial({
    databases: '\n mysql://check:p%40ss%3A@127.0.0.1:3307/ci4\nmariadb://root@localhost/other\n\n',
    'db-host': 'LOCALHOST',
    'db-name': 'third',
    'db-user': 'u',
  })?.databases;
  expect(
    given?.map((one) => [
      one.address.host,
      one.address.port,
      one.user,
      one.password.reveal(),
      one.database,
    ]),
  ).toEqual([
    ['127.0.0.1', 3307, 'check', 'p@ss:', 'ci4'],
    // To mysqli localhost is a socket, whatever the port.
    ['127.0.0.1', 3306, 'root', '', 'other'],
    ['127.0.0.1', 3306, 'u', '', 'third'],
  ]);
});

test.each([
  ['no address', { databases: '127.0.0.1:3306 secret' }],
  ['another kind', { databases: 'postgres://u:secret@h/d' }],
  ['no user', { databases: 'mysql://127.0.0.1/d' }],
  ['no name', { databases: 'mysql://u:secret@127.0.0.1' }],
  ['half a character', { databases: 'mysql://u:secret%4@h/d' }],
  ['one twice', { databases: 'mysql://u:secret@h/d\nmysql://v:secret@h/d' }],
  ['half a database', { 'db-host': 'h', 'db-password': 'secret' }],
  ['a socket', { 'db-socket': '/run/mysqld.sock' }],
])('%s is a problem that does not repeat the password', (_name, inputs) => {
  expect(problems(inputs)).toMatch(/^[Ii]nput d/);
  expect(problems(inputs)).not.toContain('secret');
});
