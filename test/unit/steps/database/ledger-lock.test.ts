import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Application } from '../../../../src/app/application.ts';
import type { Host } from '../../../../src/plan/host.ts';
import { Recorder } from '../../../../src/plan/recorder.ts';
import type { Site } from '../../../../src/plan/site.ts';
import { Stopped } from '../../../../src/plan/results.ts';
import { Secret } from '../../../../src/secret.ts';
import { ledgerDatabase } from '../../../../src/steps/database/databases.ts';
import { lockedLedger, lockedRows, tryLedger } from '../../../../src/steps/database/ledger-lock.ts';
import { FakeDatabase, FakeDatabaseServer } from '../../../fakes/database.ts';
import { FakeServer } from '../../../fakes/server.ts';
import { fakeHost, fakeSite } from '../../../fakes/site.ts';

const never = new AbortController().signal;
let databases: FakeDatabaseServer;

beforeEach(() => {
  databases = new FakeDatabaseServer();
});

/** A repository whose application has a login of its own to a schema. */
function repository(user: string, database: string, wait = '0s'): [Site, Application, Host] {
  const login = { address: { socket: '/run/s' }, user, password: new Secret('p'), database };
  databases.add(new FakeDatabase(login));
  const host = fakeHost(new FakeServer({}), {
    inputs: { 'lock-wait': wait },
    logIn: async (to, signal) => databases.logIn(to, signal),
  });
  const site = host.site([], new Recorder());
  const application = {
    ledgerDatabase: { ...login, tls: null },
    ledger: { table: 'migrations', enabled: true, lockTable: null },
  };
  return [site, application as unknown as Application, host];
}

describe('a database that two repositories migrate', () => {
  test("is one deploy's until its run is over", async () => {
    const [first, shop, host] = repository('shop', 'kayart');
    const [second, blog] = repository('blog', 'kayart');
    await lockedLedger(first, shop, never);
    await expect(lockedLedger(second, blog, never)).rejects.toBeInstanceOf(Stopped);
    expect(second.findings.map(({ name }) => name)).toEqual(['database-locked']);
    await host.databases.close();
    expect((await lockedLedger(second, blog, never)).open).toBe(true);
  });

  test('may be taken again by the run that has it, and another schema is free', async () => {
    const [first, shop] = repository('shop', 'kayart');
    const [second, blog] = repository('blog', 'other');
    await lockedLedger(first, shop, never);
    await lockedLedger(first, shop, never);
    await lockedLedger(second, blog, never);
    expect([...first.findings, ...second.findings]).toEqual([]);
  });

  test('is asked for once a second, also by a deploy that wrote its own connection down', async () => {
    const [first, shop] = repository('shop', 'kayart');
    const [second, blog] = repository('blog', 'kayart', '2s');
    await lockedLedger(first, shop, never);
    const database = await ledgerDatabase(second, blog, never);
    second.journal.announce({ ledgerConnection: database.connection });
    await expect(lockedLedger(second, blog, never)).rejects.toBeInstanceOf(Stopped);
    expect(database).toMatchObject({ holds: 3 });
  });

  test('is taken from a connection of the deploy that is finished here, and from no other', async () => {
    const [first, shop] = repository('shop', 'kayart');
    await lockedLedger(first, shop, never);
    const connection = first.journal.now.ledgerConnection ?? 0;
    const another = new FakeDatabase(shop.ledgerDatabase);
    databases.add(another);
    const finishes = async (ledgerConnection: number): Promise<number | null> => {
      const site = fakeSite(new FakeServer({}), { logIn: async () => Promise.resolve(another) });
      await site.journal.note({ ledgerConnection });
      await lockedLedger(site, shop, never);
      return site.journal.now.ledgerConnection;
    };
    await expect(finishes(connection + 100)).rejects.toBeInstanceOf(Stopped);
    expect(await finishes(connection)).toBe(another.connection);
  });
});

describe('the lock before it is needed', () => {
  /** What the connection of a site has as its number, written down for the next run. */
  async function writtenDown(site: Site, application: Application): Promise<void> {
    const { connection } = await ledgerDatabase(site, application, never);
    site.journal.announce({ ledgerConnection: connection });
  }

  test('is taken with the rows, which need not be asked for again', async () => {
    const [site, shop] = repository('shop', 'kayart');
    const [second, blog] = repository('blog', 'kayart');
    await writtenDown(site, shop);
    const early = await tryLedger(site, shop, never);
    expect(early?.rows).toEqual([]);
    await expect(lockedLedger(second, blog, never)).rejects.toBeInstanceOf(Stopped);
    expect(await lockedRows(site, shop, early, never)).toBe(early);
  });

  test('is not waited for, and not taken before it is written down or by a plan', async () => {
    const [site, shop] = repository('shop', 'kayart');
    expect(await tryLedger(site, shop, never)).toBeNull();
    await writtenDown(site, shop);
    const [second, blog] = repository('blog', 'kayart');
    await lockedLedger(second, blog, never);
    expect(await tryLedger(site, shop, never)).toBeNull();
    expect(site.findings).toEqual([]);
    const [planned, its] = repository('plan', 'other');
    planned.journal.announce({ onlyPlans: true });
    await writtenDown(planned, its);
    expect(await tryLedger(planned, its, never)).toBeNull();
  });
});
