import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { escape } from 'mysql2';
import type { SessionConfiguration } from '../../src/app/application.ts';
import { DatabaseRefused, type Database, type DatabaseLogin } from '../../src/schema/database.ts';
import { compareColumns } from '../../src/schema/column-comparison.ts';
import { expected } from '../../src/schema/expected.ts';
import { logIn } from '../../src/schema/mysql/mysql.ts';
import { judgeTable } from '../../src/schema/judge.ts';
import type { Address } from '../../src/server/server.ts';
import { addressText } from '../../src/server/failures.ts';
import { corpus } from './database-corpus.ts';
import { servers, type RunningServer } from './database-servers.ts';
import { generator, odd } from './database-tables.ts';
import { databaseContract, ids, ledger, password } from './database.ts';
import { pasted } from '../fakes/remedies.ts';

const session: SessionConfiguration = {
  source: 'Config\\Session',
  driver: 'CodeIgniter\\Session\\Handlers\\DatabaseHandler',
  inDatabase: true,
  cookieName: 'ci_session',
  savePath: 'ci_sessions',
  matchIP: false,
  expiration: 7200,
  table: 'ci_sessions',
  forgeTable: 'ci_sessions',
};

/** Accounts and tables of the contract, opened again; forgotten password caches make the next login a full one. */
async function fill(server: RunningServer): Promise<void> {
  const rows = ledger.map((row) => {
    const { version, class: name, group, namespace, batch } = row;
    return `(${[version, name, group, namespace].map((one) => escape(one)).join(', ')}, 0, ${batch})`;
  });
  await server.sql(`
    DROP DATABASE IF EXISTS app; CREATE DATABASE app CHARACTER SET utf8mb4; USE app;
    ${generator('ci_sessions')}
    INSERT INTO ci_sessions (id, ip_address, data) VALUES ${ids.map((id) => `(${escape(id)}, '::1', '')`).join(', ')};
    CREATE TABLE migrations (id BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY, version VARCHAR(255) NOT NULL,
      class VARCHAR(255) NOT NULL, \`group\` VARCHAR(255) NOT NULL, namespace VARCHAR(255) NOT NULL,
      time INT NOT NULL, batch INT UNSIGNED NOT NULL);
    INSERT INTO migrations (version, class, \`group\`, namespace, time, batch) VALUES ${rows.join(', ')};
    DROP DATABASE IF EXISTS app_other; CREATE DATABASE app_other; CREATE TABLE app_other.MIGRATIONS (id INT);
    CREATE TABLE app_users (id INT PRIMARY KEY); CREATE VIEW Z_names AS SELECT id FROM app_users;
    ${['app', 'narrow'].map(account).join('')}
    GRANT ALL ON app.* TO app@'%', app@localhost; GRANT ALL ON app_missing.* TO app@'%', app@localhost;
    GRANT SELECT ON app_other.* TO app@'%', app@localhost;
    GRANT SELECT ON app.migrations TO narrow@'%', narrow@localhost; FLUSH PRIVILEGES;`);
}

/** At both hosts: an anonymous account of a fresh server comes before one for every host. */
function account(user: string): string {
  const hosts = [`${user}@'%'`, `${user}@localhost`];
  return hosts
    .map(
      (one) =>
        `DROP USER IF EXISTS ${one}; CREATE USER ${one} IDENTIFIED BY ${escape(password.reveal())};`,
    )
    .join('\n');
}

function loginAs(user: string, address: Address): DatabaseLogin {
  return { address, user, password, database: 'app' };
}

describe.each(servers)('$name', ({ name, product, addresses, start }) => {
  const [tcp = { socket: '' }] = addresses;
  let server: RunningServer;
  let app: Database;

  async function open(user: string): Promise<Database> {
    const { signal } = new AbortController();
    return logIn(loginAs(user, tcp), (to) => server.open(to), signal);
  }

  async function judged(match: 'exact' | 'compatible', configuration = session) {
    const table = await app.table('ci_sessions');
    if (typeof table === 'string') throw new Error(table);
    return judgeTable(expected(configuration), table, match);
  }

  beforeAll(async () => {
    server = await start();
    await fill(server);
    app = await open('app');
  }, 600_000);

  afterAll(async () => {
    await app[Symbol.asyncDispose]();
    await server.stop();
  }, 60_000);

  describe.each(addresses.map((address) => ({ at: addressText(address), address })))(
    'at $at',
    ({ address }) => {
      databaseContract(name, async () => {
        await fill(server);
        return {
          users: { app: loginAs('app', address), narrow: loginAs('narrow', address) },
          product,
          logIn: (to, signal) => logIn(to, (where) => server.open(where), signal),
          again: async () => open('app'),
          close: async () => undefined,
        };
      });
    },
  );

  test.each([false, true])('the table of the generator is right, matchIP %s', async (matchIP) => {
    await server.sql(`USE app; DROP TABLE ci_sessions; ${generator('ci_sessions', matchIP)}`);
    expect(await judged('exact', { ...session, matchIP })).toEqual([]);
  });

  const refused = corpus.filter(({ refusedBy }) => refusedBy?.[name] !== undefined);
  if (refused.length > 0) {
    test.each(refused.map((one) => ({ ...one, why: one.refusedBy?.[name] })))(
      'cannot make: $name ($why)',
      async ({ create }) => {
        await server.sql('USE app; DROP TABLE IF EXISTS ci_sessions');
        await expect(server.sql(`USE app; ${create}`)).rejects.toThrow('ERROR');
      },
    );
  }

  describe.each(corpus.filter((one) => !refused.includes(one)))(
    '$name',
    ({ create, exact, compatible }) => {
      beforeAll(async () => {
        await server.sql(`USE app; DROP TABLE IF EXISTS ci_sessions, ci_sessions_before;
        DROP VIEW IF EXISTS ci_sessions; ${create}`);
      });

      test('is judged alike everywhere', async () => {
        const reported = async (match: 'exact' | 'compatible') =>
          (await judged(match)).map((finding) => `${finding.severity} ${finding.name}`);
        expect({
          exact: await reported('exact'),
          compatible: await reported('compatible'),
        }).toEqual({
          exact,
          compatible,
        });
      });

      test('is right once the remedy is pasted', async () => {
        const [worst] = await judged('exact');
        if (worst?.severity === 'notice') return;
        await server.sql(`USE app; ${pasted(worst)}`);
        const left = await judged('exact');
        expect(left.filter((one) => one.severity !== 'notice')).toEqual([]);
        const columns = compareColumns(expected(session), await app.table('ci_sessions'));
        expect(columns.filter(({ ok }) => !ok)).toEqual([]);
      });
    },
  );

  test('a number as date gives way to a date, and no session is lost', async () => {
    await server.sql(`USE app; DROP TABLE IF EXISTS ci_sessions;
      CREATE TABLE ci_sessions (id VARCHAR(128) NOT NULL PRIMARY KEY, ip_address VARCHAR(45) NOT NULL,
        timestamp INT(10) UNSIGNED NOT NULL DEFAULT 0, data BLOB NOT NULL, KEY timestamp (timestamp));
      INSERT INTO ci_sessions VALUES ('a', '::1', 4294967295, 'x'), ('b', '::1', 0, 'y');`);
    const [worst] = await judged('exact');
    await server.sql(`USE app; SET sql_mode = ''; ${pasted(worst)}`);
    const sql =
      'SELECT COUNT(*) FROM app.ci_sessions WHERE timestamp > NOW() - INTERVAL 1 MINUTE AND LENGTH(data) = 1';
    expect((await server.sql(sql)).trim()).toBe('2');
    expect(await judged('exact')).toEqual([]);
    expect(await app.table('ci_sessions')).toMatchObject({ indexes: { length: 1 } });
  });

  test('normal forms are the same everywhere, whatever the server says', async () => {
    await server.sql(`USE app; DROP TABLE IF EXISTS odd; ${odd.create}`);
    const table = await app.table('odd');
    if (typeof table === 'string') throw new Error(table);
    const forms = table.columns.map(
      ({ name, type, nullable, default: fallback, extra }) =>
        `${name}: ${type.normal} ${nullable ? 'null' : 'not null'} ${fallback.normal} ${extra.normal}`,
    );
    expect(forms.map((form) => form.trim())).toEqual(odd.columns);
    const keys = [table.primaryKey, ...table.indexes].map((key) => key?.parts);
    expect(keys).toEqual(odd.keys);
  });

  test('a user who may read some columns only sees no half table', async () => {
    await server.sql(`USE app; DROP TABLE IF EXISTS half; CREATE TABLE half (a INT, b INT);
      GRANT SELECT (a) ON app.half TO narrow@'%', narrow@localhost;`);
    await using narrow = await open('narrow');
    expect(await narrow.table('half')).toBe('not visible');
  });

  test('a user with the rights of an application sees all but triggers in MySQL and checks in MariaDB 10.11', async () => {
    await server.sql(`USE app; DROP TABLE IF EXISTS ci_sessions; DROP VIEW IF EXISTS ci_sessions;
      CREATE TABLE IF NOT EXISTS known (id VARCHAR(128) PRIMARY KEY);
      CREATE TABLE ci_sessions (id VARCHAR(128) NOT NULL, ip_address VARCHAR(45) NOT NULL, timestamp INT NOT NULL,
        data BLOB NOT NULL, PRIMARY KEY (id), UNIQUE (ip_address),
        CONSTRAINT small CHECK (LENGTH(data) < 99), FOREIGN KEY (id) REFERENCES known (id));
      CREATE TRIGGER counts BEFORE INSERT ON ci_sessions FOR EACH ROW SET NEW.timestamp = 1;
      GRANT SELECT, INSERT, UPDATE, DELETE ON app.ci_sessions TO narrow@'%', narrow@localhost;`);
    await using narrow = await open('narrow');
    const [seen, all] = [await narrow.table('ci_sessions'), await app.table('ci_sessions')];
    if (typeof all === 'string' || typeof seen === 'string') throw new Error('It may be read.');
    const guards = { triggers: [], checks: [] };
    expect({ ...seen, ...guards }).toEqual({ ...all, ...guards });
    const counts = { name: 'counts', event: 'INSERT', timing: 'BEFORE' };
    expect([all.triggers, all.checks]).toEqual([[counts], ['small']]);
    expect(seen.triggers).toEqual(name === 'MySQL 9' ? [] : [counts]);
    expect(seen.checks).toEqual(name === 'MariaDB 10.11' ? [] : ['small']);
    await server.sql(`USE app; DROP TABLE ci_sessions; ${generator('ci_sessions')}`);
  });

  test('a connection that the server ends is a refusal, not a crash', async () => {
    await using database = await open('narrow');
    const list = await server.sql(
      "SELECT ID FROM information_schema.PROCESSLIST WHERE USER = 'narrow'",
    );
    for (const id of list.trim().split(/\s+/)) await server.sql(`KILL ${id}`);
    await new Promise((done) => setTimeout(done, 300));
    await expect(database.tableNames()).rejects.toBeInstanceOf(DatabaseRefused);
  });

  test('a session reads in UTC, and holds no lock on what it has read', async () => {
    await app.table('ci_sessions');
    await app.hasSession('ci_sessions', 'x');
    await server.sql('USE app; SET lock_wait_timeout = 1; DROP TABLE ci_sessions;');
    expect(await app.table('ci_sessions')).toBe('absent');
  });

  test('a sentence says who is refused', async () => {
    const login = { ...loginAs('nobody', tcp) };
    const attempt = logIn(login, (to) => server.open(to), new AbortController().signal);
    await expect(attempt).rejects.toThrow(`nobody@${addressText(tcp)} is refused: wrong user`);
  });

  test('a stop while logging in ends the attempt', async () => {
    const stop = new AbortController();
    const reason = new Error('asked to stop');
    const attempt = logIn(
      loginAs('app', tcp),
      async (to) => {
        const stream = await server.open(to);
        setImmediate(() => {
          stop.abort(reason);
        });
        return stream;
      },
      stop.signal,
    );
    await expect(attempt).rejects.toBe(reason);
  });
});
