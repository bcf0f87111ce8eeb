import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Secret } from '../../src/secret.ts';
import {
  DatabaseRefused,
  type Database,
  type DatabaseLogin,
  type LedgerRow,
} from '../../src/schema/database.ts';
import { hostile } from '../unit/hostile/values.ts';
import { saysBulk } from './database-bulk.ts';
import { missingRights, readGrants } from '../../src/schema/rights.ts';

/** The ledger of the database under test, in the order its rows were written. */
export const ledger: readonly LedgerRow[] = [
  {
    version: '2026-01-09-000000',
    class: 'App\\Database\\Migrations\\CreateSessionTable',
    namespace: 'App',
    group: 'default',
    batch: 2,
  },
  {
    version: '20201228223112',
    class: "Shield\\O'Neil",
    namespace: 'Shield',
    group: 'default',
    batch: 1,
  },
];

/** Ids in `ci_sessions`. */
export const ids: readonly string[] = [
  'ci_session:0123456789abcdef0123456789abcdef',
  "it's",
  '100%',
  'back\\slash',
];

/**
 * A database server prepared for the contract. Its database `app` holds `ci_sessions` as the generator makes it with
 * `ids` in it, `migrations` with `ledger`, and the tables `app_users` and `Z_names`. Its database `app_other` the table
 * `MIGRATIONS`. Of these, `narrow` may read `migrations` alone.
 */
export interface Prepared {
  /** `app` may read everything, `narrow` only the ledger. Both have the password `password`. */
  readonly users: { readonly app: DatabaseLogin; readonly narrow: DatabaseLogin };
  /** What `Database.product` says. */
  readonly product: RegExp;
  logIn(login: DatabaseLogin, signal: AbortSignal): Promise<Database>;
  /** One more connection of `app`. */
  again(): Promise<Database>;
  close(): Promise<void>;
}

/** The password of both users: it must not show up anywhere. */
export const password = new Secret('pass w\'ord"\\ ü');

/** The questions that every Database answers alike. */
export function databaseContract(name: string, prepare: () => Promise<Prepared>): void {
  describe(`Database contract: ${name}`, () => {
    let prepared: Prepared;
    let app: Database;
    let narrow: Database;

    beforeAll(async () => {
      prepared = await prepare();
      const { signal } = new AbortController();
      app = await prepared.logIn(prepared.users.app, signal);
      narrow = await prepared.logIn(prepared.users.narrow, signal);
    }, 600_000);

    afterAll(async () => {
      await app[Symbol.asyncDispose]();
      await narrow[Symbol.asyncDispose]();
      await prepared.close();
    }, 60_000);

    test('says what it is', () => {
      expect(app.product).toMatch(prepared.product);
    });

    test('reads a table: columns in order, primary key, indexes', async () => {
      const table = await app.table('ci_sessions');
      expect(table).toMatchObject({
        name: 'ci_sessions',
        kind: 'table',
        engine: 'InnoDB',
        columns: [
          column('id', 'varchar(128)'),
          column('ip_address', 'varchar(45)'),
          column('timestamp', 'timestamp', 'now'),
          column('data', 'blob'),
        ],
        primaryKey: { unique: true, parts: [{ column: 'id', length: null }] },
        indexes: [{ unique: false, parts: [{ column: 'timestamp', length: null }] }],
      });
    });

    test.each(['missing', 'ci_session', 'ci_sessions%', 'CI_SESSIONS', "it's", 'a`b', 'app.ci'])(
      '%j is absent',
      async (absent) => {
        expect(await app.table(absent)).toBe('absent');
      },
    );

    test('a table the user may not read is not visible, never absent', async () => {
      expect(await narrow.table('ci_sessions')).toBe('not visible');
    });

    test('table names come sorted, without those the user may not see', async () => {
      expect(await app.tableNames()).toEqual(['Z_names', 'app_users', 'ci_sessions', 'migrations']);
      expect(await narrow.tableNames()).toEqual(['migrations']);
    });

    test('says how large a table is, and what else a change of it costs by', async () => {
      await saysBulk(app, narrow);
    });

    test('tables are found by name in any case and in other databases, as far as the user sees them', async () => {
      const own = { database: 'app', table: 'migrations' };
      const shout = { database: 'app_other', table: 'MIGRATIONS' };
      expect(await app.namesLike('Migrations')).toEqual([own, shout]);
      expect(await narrow.namesLike('migrations')).toEqual([own]);
      expect(await app.namesLike('MIGRATION_')).toEqual([]);
      expect(await app.namesLike('tables')).toEqual([]);
      expect(await app.namesLike("it's")).toEqual([]);
    });

    test('ledger rows come in the order they were written', async () => {
      expect(await app.ledger('migrations')).toEqual(ledger);
      expect(await narrow.ledger('migrations')).toEqual(ledger);
    });

    test('a ledger that is not there is empty and stays away', async () => {
      expect(await app.ledger('other_migrations')).toEqual([]);
      expect(await app.table('other_migrations')).toBe('absent');
    });

    test('says what it is like: writable, its time, who we are and what we may do', async () => {
      const { readOnly, clock, account, grants } = await app.state();
      expect(readOnly).toBe(false);
      expect(Math.abs(clock - Date.now() / 1000)).toBeLessThan(60);
      expect(account).toMatch(/^app@/);
      expect(missingRights(readGrants(grants, 'app'), ['SELECT', 'CREATE'])).toEqual([]);
    });

    test('an account with few rights lacks the others', async () => {
      const rights = readGrants((await narrow.state()).grants, 'app');
      expect(missingRights(rights, ['SELECT', 'CREATE'], 'migrations')).toContain('CREATE');
    });

    test('a name or an id does nothing, however hostile', async () => {
      const seen = fc.asyncProperty(hostile, async (text) => {
        fc.pre(text !== 'ci_sessions');
        const quiet = async (asked: Promise<unknown>): Promise<unknown> =>
          asked.catch((refused: unknown) => {
            if (!(refused instanceof DatabaseRefused)) throw refused;
            return 'refused';
          });
        expect(await app.hasSession('ci_sessions', text)).toBe(false);
        expect(['absent', 'refused']).toContain(await quiet(app.table(text)));
        expect([null, 'refused']).toContainEqual(await quiet(app.rowCount(text)));
        await quiet(app.namesLike(text));
      });
      await fc.assert(seen, { numRuns: 100 });
      expect(await app.rowCount('ci_sessions')).toBe(ids.length);
    }, 60_000);

    test('counts rows', async () => {
      expect(await app.rowCount('ci_sessions')).toBe(ids.length);
      expect(await app.rowCount('migrations')).toBe(ledger.length);
      expect(await app.rowCount('missing')).toBeNull();
      expect(await narrow.rowCount('ci_sessions')).toBeNull();
    });

    test.each(ids)('the session %j is there', async (id) => {
      expect(await app.hasSession('ci_sessions', id)).toBe(true);
    });

    test.each([
      '',
      'gone',
      '%',
      '_'.repeat(4),
      "' OR '1'='1",
      '\\',
      "\\' OR 1=1 -- ",
      "IT'S",
      "it's ",
    ])('the session %j is not there', async (id) => {
      expect(await app.hasSession('ci_sessions', id)).toBe(false);
    });

    test('sessions of a table that is missing or hidden cannot be asked for', async () => {
      const codes = { code: 1146 };
      await expect(app.hasSession('missing', 'x')).rejects.toMatchObject(codes);
      await expect(narrow.hasSession('ci_sessions', 'x')).rejects.toMatchObject({ code: 1142 });
    });

    test('what is asked at the same moment is answered each by itself, also where one cannot be', async () => {
      const asked = [app.rowCount('ci_sessions'), app.hasSession('missing', 'x')];
      const [rows, refused, missing, written] = await Promise.allSettled([
        ...[...asked, app.table('missing'), app.ledger('migrations')],
      ]);
      expect(rows).toMatchObject({ value: ids.length });
      expect(refused).toMatchObject({ status: 'rejected', reason: { code: 1146 } });
      expect([missing, written]).toMatchObject([{ value: 'absent' }, { value: ledger }]);
    });

    test.each([
      ['a wrong password', { password: new Secret('wrong-secret') }, 1045],
      ['an unknown user', { user: 'nobody' }, 1045],
      ['an unknown database', { database: 'app_missing' }, 1049],
    ])('%s is refused', async (_, change, code) => {
      const login = { ...prepared.users.app, ...change };
      const refused = await failure(prepared.logIn(login, new AbortController().signal));
      expect(refused).toBeInstanceOf(DatabaseRefused);
      expect(refused).toMatchObject({ code, login });
      expect(refused.message).toContain(`${login.user}@`);
      expect(refused.message).not.toContain(login.password.reveal());
    });

    test('a run that was asked to stop does not log in', async () => {
      const reason = new Error('stop');
      const attempt = prepared.logIn(prepared.users.app, AbortSignal.abort(reason));
      await expect(attempt).rejects.toBe(reason);
    });

    test("a lock is one connection's until that ends, and its holder may take it again", async () => {
      const connection = await narrow.hold('ci4-deploy test');
      expect(connection).toBeGreaterThan(0);
      expect(connection).toBe(narrow.connection);
      expect(await narrow.hold('ci4-deploy test')).toBe(connection);
      expect(await app.hold('ci4-deploy test')).toBeNull();
      expect(await app.hold("ci4-deploy 'other' \\")).not.toBe(connection);
      await narrow[Symbol.asyncDispose]();
      expect(await held(app, 'ci4-deploy test')).toBe(true);
      narrow = await prepared.logIn(prepared.users.narrow, new AbortController().signal);
    });

    test('a connection that holds a lock is ended by another one of the same user alone', async () => {
      const name = 'ci4-deploy left';
      const first = await prepared.again();
      const connection = (await first.hold(name)) ?? 0;
      await narrow.endHolder(name, connection);
      await app.endHolder(name, connection + 1);
      await app.endHolder('ci4-deploy other', connection);
      expect(await app.hold(name)).toBeNull();
      await app.endHolder(name, connection);
      expect(await held(app, name)).toBe(true);
      await expect(first.tableNames()).rejects.toBeInstanceOf(DatabaseRefused);
      expect(first.open).toBe(false);
    });

    test('once closed it answers no more, and can be closed again', async () => {
      const database = await prepared.logIn(prepared.users.narrow, new AbortController().signal);
      expect(database.open).toBe(true);
      await database[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
      expect(database.open).toBe(false);
      await expect(database.tableNames()).rejects.toBeInstanceOf(DatabaseRefused);
      narrow = await prepared.logIn(prepared.users.narrow, new AbortController().signal);
    });
  });
}

/** The server notices some moments later that a connection is over. */
async function held(database: Database, name: string): Promise<boolean> {
  for (let tries = 50; tries > 0; tries -= 1) {
    if ((await database.hold(name)) !== null) return true;
    await pause(100);
  }
  return false;
}

function column(name: string, type: string, fallback = 'none'): object {
  const reported = { normal: fallback };
  return {
    name,
    type: { normal: type },
    nullable: false,
    default: reported,
    extra: { normal: '' },
  };
}

async function failure(promise: Promise<unknown>): Promise<Error> {
  return promise.then(
    () => Promise.reject(new Error('It was let in.')),
    (error: unknown) => error as Error,
  );
}
