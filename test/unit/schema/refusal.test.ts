import { expect, test } from '@jest/globals';
import { inspect } from 'node:util';
import { Secret } from '../../../src/secret.ts';
import { refusal } from '../../../src/schema/mysql/refusal.ts';

const login = {
  address: { host: '127.0.0.1', port: 3306 },
  user: 'kayart',
  password: new Secret('hush-hush'),
  database: 'shop',
};

test.each([
  [1045, 'wrong user or password'],
  [1698, 'wrong user or password'],
  [1049, 'there is no database shop'],
  [1044, 'may not use the database shop'],
  [1142, 'may not read this table'],
  [1205, 'holds locked'],
  [1040, 'too many'],
  [3159, 'over TLS only'],
  [4711, 'The database answers kayart@127.0.0.1:3306 with an error. It said: words of the server'],
])('number %i', (errno, words) => {
  const refused = refusal(login, { errno, sqlMessage: 'words of the server', message: 'x' });
  expect(refused).toMatchObject({ code: errno, login });
  expect(refused.message).toContain(words);
  expect(refused.message).toContain('kayart@127.0.0.1:3306');
  expect(refused.message).toContain('It said: words of the server');
});

test.each([
  ['PROTOCOL_CONNECTION_LOST', 'was closed'],
  ['ECONNRESET', 'was closed'],
  ['ETIMEDOUT', 'did not answer'],
  ['PROTOCOL_SEQUENCE_TIMEOUT', 'did not answer'],
  ['AUTH_SWITCH_PLUGIN_ERROR', 'cannot be used from here'],
])('code %s', (code, words) => {
  const refused = refusal(login, { code, message: 'words of the driver' });
  expect(refused.code).toBe(0);
  expect(refused.message).toContain(words);
  expect(refused.message).not.toContain('words of the driver');
});

test('what it knows nothing of it tells as the driver does', () => {
  expect(refusal(login, new Error('odd')).message).toBe(
    'The database answers kayart@127.0.0.1:3306 with an error. It said: odd',
  );
});

test('a question on a connection that has ended', () => {
  const fault = Object.assign(new Error("Can't add new command"), { fatal: true });
  expect(refusal(login, fault).message).toBe(
    'The connection of kayart@127.0.0.1:3306 to the database was closed.',
  );
});

test('neither password nor statement comes along', () => {
  const fault = Object.assign(new Error('bad'), { errno: 1064, sql: "SELECT 'ci_session:abc'" });
  expect(inspect(refusal(login, fault), { depth: 9 })).not.toMatch(/hush|ci_session:abc/);
});
