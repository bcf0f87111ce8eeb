import { describe, expect, test } from '@jest/globals';
import type { RequestListener } from 'node:http';
import type { StageFacts } from '../../../src/plan/facts.ts';
import { firstRelease } from '../../../src/release/directories/first.ts';
import { confirmOld, confirmOldWithNewTables } from '../../../src/steps/confirm-old.ts';
import { confirmSite } from '../../../src/steps/confirm.ts';
import type { Server } from '../../../src/server/server.ts';
import { fakeApplication, inFiles } from '../../fakes/application.ts';
import { FakeDatabase, generated, sketched } from '../../fakes/database.ts';
import { scripted, type Script } from '../../fakes/scripts.ts';
import { facts, fakeSite } from '../../fakes/site.ts';
import { FakeWorkflow } from '../../fakes/workflow.ts';
import { siteHere } from '../net/site-here.ts';

const never = new AbortController().signal;
const url = 'http://a.test/';

/** Gives every visitor without the cookie the next of these ids, and the others theirs. */
function sessions(...ids: readonly string[]): RequestListener {
  let at = 0;
  return (request, response) => {
    const own = /ci_session=(\w+)/.exec(request.headers.cookie ?? '')?.[1];
    const id = own !== undefined && own === ids[0] && ids.length === 1 ? own : ids[at];
    at = Math.min(at + 1, ids.length - 1);
    response.setHeader('set-cookie', `ci_session=${id ?? ''}; path=/`).end('ok');
  };
}

const fine: RequestListener = (_request, response) => response.end('ok');
const broken: RequestListener = (_request, response) => response.writeHead(500).end();

interface Setting {
  readonly rows?: readonly string[];
  readonly stage?: Partial<StageFacts>;
  readonly begun?: readonly string[];
  readonly scripts?: Record<string, Script>;
  readonly session?: Record<string, unknown>;
  readonly releases?: { readonly next: string; readonly previous: string };
  readonly inputs?: Record<string, string>;
}

async function at(listener: RequestListener, setting: Setting = {}): Promise<Asking> {
  const here = await siteHere(listener);
  const server: Server = scripted(setting.scripts);
  server.open = here.open;
  const { session } = setting;
  const live = fakeApplication({ baseUrl: url, ...(session === undefined ? {} : { session }) });
  const database = new FakeDatabase(live.ledgerDatabase);
  database.add(sketched({ ...generated, name: 'app_ci_sessions' }), ...(setting.rows ?? []));
  const workflow = new FakeWorkflow();
  const site = fakeSite<'inspect'>(server, {
    ...{ workflow, logIn: async () => Promise.resolve(database) },
    inputs: { host: 'n@a.test', 'health-retries': '1', ...setting.inputs },
    journal: {
      begun: setting.begun ?? [],
      writable: '/w',
      ...(setting.releases && { releases: setting.releases }),
    },
    facts: {
      ...facts('inspect', { live, largestSession: 0, serving: [] }),
      ...facts('stage', setting.stage ?? {}),
    },
  });
  return { site, live, workflow, [Symbol.asyncDispose]: async () => here[Symbol.asyncDispose]() };
}

interface Asking extends AsyncDisposable {
  readonly site: ReturnType<typeof fakeSite<'inspect'>>;
  readonly live: ReturnType<typeof fakeApplication>;
  readonly workflow: FakeWorkflow;
}

describe('the site as a visitor meets it', () => {
  test('its session is in the table and found again', async () => {
    await using asking = await at(sessions('abc'), { rows: ['ci_session:abc'] });
    await confirmSite(asking.site, asking.live, never);
    expect(asking.site.findings).toEqual([]);
    expect(asking.workflow.lines).toEqual([
      `${url} answers 200`,
      'The session of that visit is in the table and was found again.',
    ]);
  });

  test('rows of older releases have no prefix', async () => {
    await using asking = await at(sessions('abc'), { rows: ['abc'] });
    await confirmSite(asking.site, asking.live, never);
    expect(asking.site.findings).toEqual([]);
  });

  const missing: RequestListener = (_request, response) => response.writeHead(404).end();

  test.each([
    ['it had a page before', ['switch'], { status: 200, failure: null }, ['answer-worse']],
    ['nobody answered well before', ['switch'], { status: 404, failure: null }, []],
    ['nobody answered before', ['switch'], { status: null, failure: 'did not answer' }, []],
    ['no code was changed', [], { status: 200, failure: null }, []],
  ] as const)('a page that is missing: %s', async (_, begun, health, names) => {
    await using asking = await at(missing, { begun, stage: { health } });
    await confirmSite(asking.site, asking.live, never);
    expect(asking.site.findings.map(({ name }) => name)).toEqual(names);
  });

  test.each([
    ['without a page', '100-499', 404, true],
    ['closed to the web server', '100-499', 403, true],
    ['where somebody has said that it is right', '404', 404, false],
    ['that wants a login', '100-499', 401, false],
  ])('a first release %s', async (_, status, answer, stops) => {
    const release = { next: '20260101T000000Z-a', previous: firstRelease };
    await using asking = await at((_request, response) => response.writeHead(answer).end(), {
      begun: ['switch'],
      releases: release,
      inputs: { 'health-status': status },
    });
    const confirmed = confirmSite(asking.site, asking.live, never);
    await (stops ? expect(confirmed).rejects.toThrow(`answers ${answer}`) : confirmed);
    const errors = asking.site.findings.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ name }) => name)).toEqual(stops ? ['first-not-served'] : []);
  });

  test('a session that has no row is an error', async () => {
    await using asking = await at(sessions('abc'), { rows: ['other'] });
    await expect(confirmSite(asking.site, asking.live, never)).rejects.toThrow('has no row');
    expect(asking.site.findings).toMatchObject([
      { name: 'session-not-in-table', severity: 'error' },
    ]);
  });

  test('a new session on the second visit is an error', async () => {
    await using asking = await at(sessions('abc', 'def'), { rows: ['abc'] });
    await expect(confirmSite(asking.site, asking.live, never)).rejects.toThrow('not read back');
    expect(asking.site.findings.map(({ name }) => name)).toEqual(['session-not-found-again']);
  });

  test('an error on the second visit is one, too', async () => {
    const first = sessions('abc');
    await using asking = await at(
      (request, response) => {
        (request.headers.cookie === undefined ? first : broken)(request, response);
      },
      { rows: ['abc'] },
    );
    await expect(confirmSite(asking.site, asking.live, never)).rejects.toThrow('comes back');
    expect(asking.site.findings.map(({ name }) => name)).toEqual(['session-not-found-again']);
  });

  test('a page without a session says nothing of the sessions', async () => {
    await using asking = await at(fine);
    await confirmSite(asking.site, asking.live, never);
    expect(asking.site.findings).toEqual([]);
    expect(asking.workflow.lines).toEqual([`${url} answers 200`]);
  });

  test('sessions in files are not followed', async () => {
    await using asking = await at(sessions('abc'), { session: inFiles });
    await confirmSite(asking.site, asking.live, never);
    expect(asking.workflow.lines).toEqual([`${url} answers 200`]);
  });

  test('an unhealthy site is an error with the newest error of its log', async () => {
    const scripts = { "newest error in the application's log": 'ERROR - x --> boom\n' };
    await using asking = await at(broken, { scripts });
    await expect(confirmSite(asking.site, asking.live, never)).rejects.toThrow('status 500');
    expect(asking.site.findings).toMatchObject([
      {
        name: 'site-unhealthy',
        message: `${url} answered with status 500. The newest error in its log: ERROR - x --> boom`,
        remedies: [[{ lines: [expect.stringContaining('/w/logs/*.log | tail -n 20')] }]],
      },
    ]);
  });

  const before = { status: 500, failure: 'answered with status 500' };

  test.each([
    ['with the same failure', before, 'It did so before this deploy too'],
    ['with another', { status: null, failure: 'did not answer' }, '(it did not answer)'],
  ])(
    'one that was unhealthy before, %s, does not blame the new code alone',
    async (_, health, says) => {
      await using asking = await at(broken, { begun: ['switch'], stage: { health } });
      await expect(confirmSite(asking.site, asking.live, never)).rejects.toThrow();
      expect(asking.site.findings[0]?.message).toMatch(/^With the new code /);
      expect(asking.site.findings[0]?.message).toContain(says);
    },
  );

  test('new code that repairs it is said to', async () => {
    await using asking = await at(fine, { begun: ['switch'], stage: { health: before } });
    await confirmSite(asking.site, asking.live, never);
    expect(asking.workflow.lines).toContain('Before this deploy it answered with status 500.');
  });
});

describe('the old code after a rollback', () => {
  const healthy = { status: 200, failure: null };
  const unhealthy = { status: 500, failure: 'answered with status 500' };

  test('has to be healthy where it was', async () => {
    await using asking = await at(fine, { stage: { health: healthy } });
    await confirmOld(asking.site, never);
    expect(asking.workflow.lines).toEqual([`${url} answers 200 with the old code.`]);
    await using other = await at(broken, { stage: { health: healthy } });
    await expect(confirmOld(other.site, never)).rejects.toThrow(
      `the old code is back, but ${url} answered with status 500`,
    );
  });

  test('has to answer as before where it was not', async () => {
    await using asking = await at(broken, { stage: { health: unhealthy } });
    await confirmOld(asking.site, never);
    await using other = await at(fine, { stage: { health: unhealthy } });
    await expect(confirmOld(other.site, never)).rejects.toThrow('answers 200, not 500 as before');
  });

  test.each([
    ['did not answer before', { health: { status: null, failure: 'did not answer' } }],
    ['has no health address', { health: null }],
  ])('is not asked where it %s', async (_, stage) => {
    await using asking = await at(broken, { stage });
    await confirmOld(asking.site, never);
    expect(asking.workflow.lines).toEqual([]);
  });

  test('has to work with the tables of the new one where these stay', async () => {
    await using asking = await at(fine, { scripts: { php: { exit: { code: 1 } } } });
    await expect(confirmOldWithNewTables(asking.site, never)).rejects.toThrow(
      'the old code does not work with the tables',
    );
    await using files = await at(fine, { session: inFiles, stage: { health: healthy } });
    await confirmOldWithNewTables(files.site, never);
    expect(files.workflow.lines).toEqual([`${url} answers 200 with the old code.`]);
  });
});
