import { describe, expect, test } from '@jest/globals';
import type { Host } from '../../../../src/plan/host.ts';
import type { StepRun } from '../../../../src/plan/results.ts';
import { walk } from '../../../../src/plan/walk.ts';
import { DatabaseRefused } from '../../../../src/schema/database.ts';
import type { Command, Output } from '../../../../src/server/command.ts';
import { inspectFor } from '../../../../src/steps/inspect/inspect.ts';
import { fakeApplication } from '../../../fakes/application.ts';
import { FakeDatabase, generated, sketched } from '../../../fakes/database.ts';
import { asked, failing, scripted, type Script } from '../../../fakes/scripts.ts';
import { fakeHost } from '../../../fakes/site.ts';
import { FakeWorkflow } from '../../../fakes/workflow.ts';
import { answer, printed } from '../../app/replies.ts';

const never = new AbortController().signal;
const live = 'b'.repeat(40);
const commit = 'a'.repeat(40);
const path = '/var/www/kayart';
const title = {
  place: 'who and where',
  clone: 'clone, commit and branch',
  pinned: 'is a session handler pinned',
  environment: 'is .env there and readable',
  fetch: 'fetch the commit',
};

function cloneAt(head: string): Script {
  return [path, `${path}/.git`, head, 'main', path].join('\n');
}

/** PHP as the version question and the probe of the application find it. */
function php({ args }: Command): Partial<Output> {
  const version = args[0] === '-r' && args[1]?.startsWith('echo PHP_VERSION') === true;
  return version
    ? { stdout: '8.2.1 Core mysqli intl mbstring' }
    : printed({ ok: true, answer: answer() });
}

const healthy: Record<string, Script> = {
  [title.place]: 'nicolas\nnicolas www-data\nwww-data\n',
  [title.clone]: cloneAt(live),
  '/usr/bin/php': php,
  date: () => ({ stdout: String(Math.floor(Date.now() / 1000)) }),
};

interface Inspected {
  readonly run: StepRun;
  readonly found: readonly string[];
  readonly asked: readonly string[];
  readonly host: Host;
}

interface Circumstances {
  readonly scripts?: Record<string, Script>;
  /** The ledger has all migrations. */
  readonly migrated?: boolean;
  /** The database lets nobody in. */
  readonly closed?: boolean;
  readonly purpose?: 'deploy' | 'verify';
  readonly journal?: { readonly stateDir: string; readonly locked: boolean };
  /** Input health-url. */
  readonly url?: string;
}

async function inspected(circumstances: Circumstances = {}): Promise<Inspected> {
  const {
    scripts,
    migrated = false,
    closed = false,
    purpose = 'deploy',
    journal,
    url = 'none',
  } = circumstances;
  const fake = scripted({ ...healthy, ...scripts });
  const { ledgerDatabase, migrations, ledger } = fakeApplication();
  const database = new FakeDatabase(ledgerDatabase);
  database.add(sketched({ ...generated, name: 'app_ci_sessions' }));
  if (migrated)
    database.ledgers.set(
      ledger.table,
      migrations.map((one) => ({ ...one, group: 'default', batch: 1 })),
    );
  const host = fakeHost(fake, {
    ...(journal === undefined ? {} : { journal }),
    workflow: new FakeWorkflow(),
    inputs: { 'fpm-service': 'none', 'health-url': url, php: '/usr/bin/php', commit },
    logIn: async () => {
      if (closed)
        throw new DatabaseRefused({ ...ledgerDatabase, tls: null }, 1045, 'Access denied');
      return Promise.resolve(database);
    },
  });
  const { steps } = await walk([inspectFor(purpose)], [host], never);
  const [run] = steps;
  if (run === undefined) throw new Error('it did not run');
  return { run, found: run.findings.map(({ name }) => name), asked: asked(fake), host };
}

const question = 'configuration of the web server';

describe('inspect as a whole', () => {
  test('finds nothing wrong with a healthy server, and keeps what it is like', async () => {
    const { run, found, host } = await inspected();
    expect(run).toMatchObject({ result: 'done', changesSite: false });
    expect(found).toEqual(['fpm-not-asked']);
    expect(host.facts.inspect).toMatchObject({
      ...{ live: { framework: '4.7.2' }, alreadyLive: false, user: 'nicolas' },
      ...{ changed: [], pools: [], serving: [], largestSession: 0 },
    });
    expect(host.journal.now).toMatchObject({
      ...{ stateDir: `${path}/.git/ci4-deploy`, branch: 'main', commit, previous: live },
      ...{ writable: '/srv/app/writable', pinned: '', pools: [] },
    });
  });

  test('asks the server all of it in one round trip, the commit first', async () => {
    const { asked: titles, host } = await inspected();
    expect(titles[0]).toBe(title.fetch);
    expect(titles).toContain(question);
    // The connection, the questions, and the clock beside that of the database.
    expect(host.server.roundTrips).toBe(3);
  });

  const underLock = { stateDir: `${path}/.git/ci4-deploy`, locked: true };
  const added = 'git worktree add';

  test('makes the stage under the lock, while the databases are asked', async () => {
    const { asked: titles, host } = await inspected({ journal: underLock });
    expect(titles.some((one) => one.startsWith(added))).toBe(true);
    expect(host.facts.inspect?.staged?.stdout).toContain('4.7.2');
    expect(host.journal.now.begun).toEqual(['inspect', 'stage']);
    // The connection, the questions, and the stage beside the clock.
    expect(host.server.roundTrips).toBe(3);
  });

  test.each([
    ['something stands against it', { scripts: { [title.place]: failing(43) } }],
    ['it is live already', { scripts: { [title.clone]: cloneAt(commit) } }],
    [
      'packages have to be installed',
      {
        scripts: {
          git: ({ args }: Command) => (args[0] === 'diff' ? { stdout: 'composer.lock\0' } : {}),
        },
      },
    ],
  ])('makes no stage where %s', async (_, circumstances) => {
    const { asked: titles, host } = await inspected({ ...circumstances, journal: underLock });
    expect(titles.filter((one) => one.startsWith(added))).toEqual([]);
    expect(host.journal.now.begun).not.toContain('stage');
  });

  test('rolls the stage back where the database lets nobody in', async () => {
    const { run, found, host } = await inspected({ journal: underLock, closed: true });
    expect([run.result, found.includes('database-refused')]).toEqual(['failed', true]);
    expect(host.journal.now.begun).toContain('stage');
  });

  test('visits the site where it refuses: all problems are said at once', async () => {
    const { found } = await inspected({
      scripts: { [title.place]: failing(43) },
      journal: underLock,
      url: 'http://a.test/',
    });
    expect(found).toEqual(expect.arrayContaining(['path-not-writable', 'health-url-unreachable']));
    const { found: later } = await inspected({ journal: underLock, url: 'http://a.test/' });
    expect(later).toEqual(['fpm-not-asked']);
  });

  test('keeps the files that the commit changes', async () => {
    const git = ({ args }: Command): Partial<Output> =>
      args[0] === 'diff' ? { stdout: 'app/A.php\0app/B.php\0' } : {};
    const { host } = await inspected({ scripts: { git } });
    expect(host.facts.inspect?.changed).toEqual(['app/A.php', 'app/B.php']);
  });

  test('reports all problems at once and what is live, and keeps no facts', async () => {
    const { run, found, host } = await inspected({
      scripts: {
        [title.place]: failing(43),
        [title.fetch]: failing(1, 'Permission denied (publickey).'),
      },
      closed: true,
    });
    expect(run.result).toBe('failed');
    expect(found).toEqual([
      'path-not-writable',
      'commit-unreachable',
      'fpm-not-asked',
      'database-refused',
    ]);
    expect(host.facts.inspect).toBeUndefined();
    expect(host.journal.now.previous).toBe('b'.repeat(40));
  });

  test('takes an application without .env as it is, when it finds its database', async () => {
    const scripts = { [title.environment]: failing(40) };
    const { run, found } = await inspected({ scripts });
    expect(run.result).toBe('done');
    expect(found).toEqual(['env-missing', 'fpm-not-asked']);
    expect(run.findings[0]?.severity).toBe('notice');
  });

  test('calls a missing .env an error where the database is not found without it', async () => {
    const scripts = { [title.environment]: failing(40) };
    const { run, found } = await inspected({ scripts, closed: true });
    expect(found).toEqual(['env-missing']);
    expect(run.findings[0]?.severity).toBe('error');
    const mute = { ...scripts, '/usr/bin/php': failing(1) };
    expect((await inspected({ scripts: mute })).found).toContain('env-missing');
  });

  test('a commit that is live with all its migrations is live already', async () => {
    const scripts = { [title.clone]: cloneAt(commit) };
    const [all, none] = [
      await inspected({ scripts, migrated: true }),
      await inspected({ scripts }),
    ];
    expect(all.host.facts.inspect?.alreadyLive).toBe(true);
    expect(none.host.facts.inspect?.alreadyLive).toBe(false);
  });

  test('a pinned handler is left to finish, so the commit is not live already', async () => {
    const pinned = '# ci4-deploy begin x\nA=b\n# ci4-deploy end\n';
    const scripts = { [title.clone]: cloneAt(commit), [title.pinned]: pinned };
    const { host } = await inspected({ scripts, migrated: true });
    expect(host.facts.inspect?.alreadyLive).toBe(false);
    expect(host.journal.now.pinned).toBe(pinned);
  });

  test('a verify asks nothing of a commit, and says which one is live', async () => {
    const { asked: titles, host } = await inspected({ purpose: 'verify', migrated: true });
    expect(titles).not.toContain(title.fetch);
    expect(host.journal.now).toMatchObject({ commit: live, previous: live });
    expect(host.facts.inspect?.alreadyLive).toBe(false);
  });
});
