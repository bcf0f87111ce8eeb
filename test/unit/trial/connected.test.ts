import { expect, test } from '@jest/globals';
import type { Group } from '../../../src/app/groups.ts';
import { Secret } from '../../../src/secret.ts';
import { judgeConnections } from '../../../src/trial/connected.ts';
import { settingsFor } from '../../../src/trial/steer.ts';

const login = {
  address: { host: '127.0.0.1', port: 3307 },
  user: 'check',
  password: new Secret('word'),
  database: 'ci4_check',
};
const right: Group = {
  name: 'default',
  driver: 'MySQLi',
  host: '127.0.0.1',
  port: '3307',
  database: 'ci4_check',
  dsn: false,
  failovers: [],
  reached: { refused: null, holder: 42, database: 'ci4_check' },
};

test.each<[string, Group, readonly string[]]>([
  ['where we are', right, []],
  ['another host', { ...right, host: 'db.example.org' }, ['database-elsewhere']],
  ['another schema', { ...right, database: 'shop' }, ['database-elsewhere']],
  ['another port', { ...right, port: '3306' }, ['database-elsewhere']],
  ['a DSN', { ...right, dsn: true }, ['database-elsewhere']],
  [
    'a failover that the constructor of Config\\Database has set',
    { ...right, failovers: [{ ...right, key: '0', host: 'db2.example.org' }] },
    ['database-elsewhere'],
  ],
  [
    'the same words, but a server that does not know our lock: a forwarded port',
    { ...right, reached: { refused: null, holder: 0, database: 'ci4_check' } },
    ['database-elsewhere'],
  ],
  [
    'the same words and server, but another schema after all',
    { ...right, reached: { refused: null, holder: 42, database: 'shop' } },
    ['database-elsewhere'],
  ],
  [
    'a group that cannot log in reaches nothing, and may be one that no migration uses',
    { ...right, reached: { refused: 'no', holder: 0, database: '' } },
    [],
  ],
  [
    'another driver is believed by its settings: nobody can ask it for a lock',
    { ...right, driver: 'Postgre', reached: null },
    [],
  ],
  [
    'another driver that leads elsewhere',
    { ...right, driver: 'Postgre', host: 'pg.example.org', reached: null },
    ['database-elsewhere'],
  ],
  [
    'a file of SQLite is nobody else’s',
    { ...right, driver: 'SQLite3', host: '', database: ':memory:', reached: null },
    [],
  ],
])('a database of a group is reported where it has to be: %s', (_name, group, names) => {
  expect(judgeConnections([group], login, 42).map(({ name }) => name)).toEqual(names);
});

test('every group and every failover is led there, but what else they say stays', () => {
  const failover = { ...right, key: '1' };
  const failing = { ...right, name: 'legacy', failovers: [failover] };
  const lite = { ...right, name: 'tests', driver: 'SQLite3' };
  const settings = settingsFor([right, failing, lite], login);
  expect(settings).toMatchObject({
    'database.default.hostname': '127.0.0.1',
    'database.default.port': '3307',
    'database.default.password': 'word',
    'database.default.DSN': '',
    'database.default.DBDebug': 'true',
    'database.legacy.failover.1.hostname': '127.0.0.1',
    'database.legacy.failover.1.database': 'ci4_check',
  });
  expect(Object.keys(settings).filter((name) => /prefix|charset|tests/i.test(name))).toEqual([]);
});
