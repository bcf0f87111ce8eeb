import { describe, expect, test } from '@jest/globals';
import type { Host } from '../../../src/plan/host.ts';
import { blank, JournalBook } from '../../../src/plan/journal.ts';
import { Recorder } from '../../../src/plan/recorder.ts';
import type { Database } from '../../../src/schema/database.ts';
import { Secret } from '../../../src/secret.ts';
import { FakeServer } from '../../fakes/server.ts';
import { facts, fakeHost, fakeSite } from '../../fakes/site.ts';

const never = new AbortController().signal;
const login = {
  address: { socket: '/run/s' },
  user: 'u',
  password: new Secret('p'),
  database: 'd',
};

/** Databases that only know whether they are open. */
function databases(): { host: Host; opened: { open: boolean }[] } {
  const opened: { open: boolean }[] = [];
  const host = fakeHost(new FakeServer({}), {
    logIn: async () => {
      const database = {
        open: true,
        [Symbol.asyncDispose]: async () => {
          database.open = false;
          return Promise.resolve();
        },
      };
      opened.push(database);
      return Promise.resolve(database as unknown as Database);
    },
  });
  return { host, opened };
}

describe('the databases of a host', () => {
  test('one connection for each login, kept until it is lost', async () => {
    const { host, opened } = databases();
    const first = await host.databases.open(login, never);
    expect(await host.databases.open({ ...login }, never)).toBe(first);
    for (const other of [{ user: 'v' }, { database: 'e' }, { address: { socket: '/x' } }]) {
      expect(await host.databases.open({ ...login, ...other }, never)).not.toBe(first);
    }
    expect(opened).toHaveLength(4);
    (first as { open: boolean }).open = false;
    expect(await host.databases.open(login, never)).not.toBe(first);
  });

  test('a login that failed is tried again', async () => {
    let tries = 0;
    const host = fakeHost(new FakeServer({}), {
      logIn: async () => {
        tries += 1;
        return Promise.reject(new Error('refused'));
      },
    });
    await expect(host.databases.open(login, never)).rejects.toThrow('refused');
    await expect(host.databases.open(login, never)).rejects.toThrow('refused');
    expect(tries).toBe(2);
    await host.close();
  });

  test('all end with the host, and so does its connection', async () => {
    const { host, opened } = databases();
    await host.databases.open(login, never);
    await host.databases.open({ ...login, user: 'v' }, never);
    let closed = false;
    host.server[Symbol.asyncDispose] = async () => {
      closed = true;
      return Promise.resolve();
    };
    await host.close();
    expect(opened.map(({ open }) => open)).toEqual([false, false]);
    expect(closed).toBe(true);
  });

  test('a site opens those of its host', async () => {
    const { host } = databases();
    const site = host.site([], new Recorder());
    expect(await site.database(login, never)).toBe(await host.databases.open(login, never));
  });
});

describe('what a host knows', () => {
  test('nothing at first, then what each step returned', () => {
    const host = fakeHost(new FakeServer({}));
    expect(host.facts).toEqual({});
    host.learn('migrate', { classes: ['A'], batch: 1 });
    host.learn('verify', { columns: [] });
    host.learn('migrate', undefined);
    host.learn('lock', undefined);
    expect(host.facts).toEqual({
      migrate: { classes: ['A'], batch: 1 },
      verify: { columns: [] },
    });
  });

  test('a site shows it, where it is needed for certain', () => {
    const known = facts('migrate', { classes: ['A'], batch: 1 });
    const host = fakeHost(new FakeServer({}), { facts: known });
    expect(host.site(['migrate'], new Recorder()).facts).toEqual(known);
    expect(() => host.site(['migrate', 'stage'], new Recorder())).toThrow(
      'the step stage is not done yet',
    );
  });

  test('of another deploy on it nothing is known', () => {
    const host = fakeHost(new FakeServer({}), { facts: facts('verify', { columns: [] }) });
    const journal = new JournalBook(blank('other'), async () => Promise.resolve());
    const other = host.site([], new Recorder()).otherDeploy(journal);
    expect(other.facts).toEqual({});
    expect(other.journal).toBe(journal);
    expect(other.server).toBe(host.server);
    expect(other.databases).not.toBe(host.databases);
  });

  test('its stage is where the journal says', async () => {
    const site = fakeSite(new FakeServer({}), { journal: { stateDir: '/a' } });
    expect(site.release).toMatchObject({ live: '/var/www/kayart', staged: '/a/stage' });
    await site.journal.note({ stateDir: '/b' });
    expect(site.release.staged).toBe('/b/stage');
  });
});

test('what a step says is on its own recorder', () => {
  const recorder = new Recorder();
  const host = fakeHost(new FakeServer({}));
  const site = host.site([], recorder);
  const found = { name: 'tables-left', severity: 'error', message: 'a' } as const;
  site.find(found);
  site.notVerified('one..', 'two.');
  site.rolledBack('three.');
  expect(recorder.recorded).toEqual({
    findings: [found],
    unverified: ['one.', 'two.'],
    rollbackNotes: ['three.'],
    did: [],
    answers: null,
    ran: [],
    ready: [],
  });
  expect(site.findings).toEqual([found]);
  expect(host.site([], new Recorder()).findings).toEqual([]);
  expect(() => {
    site.stopAtErrors();
  }).toThrow('errors were found');
});
