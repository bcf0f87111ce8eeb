import { describe, expect, test } from '@jest/globals';
import type { Application, SessionConfiguration } from '../../../src/app/application.ts';
import {
  dropsForeignIds,
  handlerChanges,
  obstacles,
  otherPlace,
  routeOf,
} from '../../../src/steps/cutover/route.ts';
import { accessesTo } from '../../../src/steps/cutover/access.ts';

const session: SessionConfiguration = {
  source: 'Config\\Session',
  driver: 'CodeIgniter\\Session\\Handlers\\FileHandler',
  inDatabase: false,
  cookieName: 'ci_session',
  savePath: '/srv/app/writable/session',
  matchIP: false,
  expiration: 7200,
  table: null,
  forgeTable: null,
};
const inRows: Partial<SessionConfiguration> = {
  driver: 'CodeIgniter\\Session\\Handlers\\DatabaseHandler',
  inDatabase: true,
  savePath: 'ci_sessions',
  table: 'app_ci_sessions',
};

function application(
  settings: Partial<SessionConfiguration>,
  more: Partial<Application> = {},
): Application {
  const whole = { framework: '4.7.2', root: '/srv/app', caches: [], ...more };
  return { ...whole, session: { ...session, ...settings } } as unknown as Application;
}

const stage = { root: '/srv/app/.git/ci4-deploy/stage' };
const live = application({});
const staged = application(inRows, stage);

describe('what stands against moving sessions', () => {
  test('nothing, from files to rows and back', () => {
    expect(handlerChanges(live, staged)).toBe(true);
    expect(handlerChanges(live, live)).toBe(false);
    expect(obstacles(live, staged)).toEqual([]);
    expect(obstacles(staged, live)).toEqual([]);
  });

  const cases: readonly (readonly [string, Application, Application, RegExp])[] = [
    ['matchIP before', application({ matchIP: true }), staged, /matchIP is on/],
    ['matchIP after', live, application({ ...inRows, matchIP: true }), /matchIP is on/],
    ['the cookie', live, application({ ...inRows, cookieName: 'shop' }), /ci_session now and shop/],
    ['a cache', application({}, { caches: ['configuration'] }), staged, /is cached/],
    ['a new cache', live, application(inRows, { caches: ['configuration'] }), /is cached/],
    ['Redis', live, application({ driver: 'CodeIgniter\\Session\\Handlers\\RedisHandler' }), /nor/],
    ['an own class', live, application({ ...inRows, driver: 'App\\OwnHandler' }), /OwnHandler/],
    ['no folder', application({ savePath: '' }), staged, /is empty/],
    ['a quote', application({ savePath: "/srv/o'neill" }), staged, /absolute path/],
  ];
  test.each(cases)('%s, and says so', (_name, before, after, because) => {
    const found = obstacles(before, after);
    expect(found.map((one) => one.because)).toEqual([expect.stringMatching(because)]);
    expect(found[0]?.remedy).not.toBe('');
  });

  test('a cache of file locations alone does no harm', () => {
    expect(obstacles(application({}, { caches: ['file locations'] }), staged)).toEqual([]);
  });
});

describe('the same handler in another place', () => {
  const rows = application(inRows);
  const cases: readonly (readonly [string, Application, Application, readonly RegExp[]])[] = [
    ['nothing changes', live, application({}), []],
    [
      'the stage has the same folder as the live tree',
      live,
      application({ savePath: `${stage.root}/writable/session` }, stage),
      [],
    ],
    ['the same table', rows, application(inRows, stage), []],
    [
      'another table',
      rows,
      application({ ...inRows, savePath: 'x', table: 'app_x' }, stage),
      [/table app_ci_sessions now and in app_x/],
    ],
    ['another folder', live, application({ savePath: '/srv/other' }), [/now and in \/srv\/other/]],
    ['another cookie', rows, application({ ...inRows, cookieName: 'shop' }), [/now and shop/]],
    ['matchIP alone', rows, application({ ...inRows, matchIP: true }), []],
  ];
  test.each(cases)('ends sessions where it has to: %s', (_name, before, after, because) => {
    const found = otherPlace(before, after).map((one) => one.because);
    expect(found).toEqual(because.map((words) => expect.stringMatching(words)));
  });
});

describe('the route', () => {
  test('knows both homes, and pins the previous handler', () => {
    expect(routeOf(live, staged, 'id1', 'h:/srv/app')).toEqual({
      id: 'id1',
      from: 'files',
      files: { folder: '/srv/app/writable/session', cookie: 'ci_session' },
      rows: {
        table: 'app_ci_sessions',
        prefix: 'ci_session:',
        mark: expect.stringMatching(/^0\./),
      },
      expiration: 7200,
      env: '/srv/app/.env',
      lines: `# ci4-deploy begin id1: the previous session handler, until the sessions are moved
session.driver = 'CodeIgniter\\Session\\Handlers\\FileHandler'
session.savePath = '/srv/app/writable/session'
# ci4-deploy end
`,
    });
  });

  test('each site marks the rows it brings in its own way', () => {
    const marks = ['a:/srv/app', 'b:/srv/app', 'a:/srv/other'].map(
      (place) => routeOf(live, staged, 'id1', place).rows.mark,
    );
    expect(new Set(marks).size).toBe(3);
    for (const mark of marks) expect(mark).toMatch(/^0(\.\d{1,3}){3}$/);
  });

  test('an unfinished deploy has pinned the handler already: its lines are the ones to take out', () => {
    expect(routeOf(live, staged, 'id1', 'h', '# older\n').lines).toBe('# older\n');
  });

  test('back to files these are where the stage will be live', () => {
    const files = application({ savePath: `${stage.root}/writable/session` }, stage);
    const route = routeOf(application(inRows), files, 'id1', 'h');
    expect(route.files.folder).toBe('/srv/app/writable/session');
    expect(route).toMatchObject({ from: 'rows', rows: { table: 'app_ci_sessions' } });
    expect(route.lines).toContain("session.savePath = 'ci_sessions'");
  });

  test.each([
    ['4.2.10', ''],
    ['4.2.11', 'ci_session:'],
    ['4.10.0', 'ci_session:'],
  ])('rows of CodeIgniter %s begin with "%s"', (framework, prefix) => {
    expect(routeOf(live, application(inRows, { framework }), 'x', 'h').rows.prefix).toBe(prefix);
  });

  test('under the names that each of the two releases reads', () => {
    const old = application({ source: 'Config\\App' }, { framework: '4.2.0' });
    const { lines } = routeOf(old, staged, 'x', 'h');
    expect(lines).toContain('app.sessionDriver = ');
    expect(lines).toContain("app.sessionSavePath = '/srv/app/writable/session'");
    expect(lines).toContain('session.driver = ');
  });

  test('ids change their form with 4.6', () => {
    const of = (framework: string): Application => application({}, { framework });
    expect(dropsForeignIds(of('4.5.8'), of('4.6.0'))).toBe(true);
    expect(dropsForeignIds(of('4.6.0'), of('4.7.2'))).toBe(false);
    expect(dropsForeignIds(of('4.4.8'), of('4.5.8'))).toBe(false);
  });
});

test('the owner is reached as ourselves, else through PHP-FPM, else by sudo', () => {
  const pool = { name: 'www', user: 'www-data', listen: '/run/fpm.sock', maxChildren: 5 };
  expect(accessesTo('nicolas', 'nicolas', [pool])).toEqual([{ kind: 'self' }]);
  expect(accessesTo('nicolas', 'www-data', [{ ...pool, user: 'other' }, pool])).toEqual([
    { kind: 'fpm', pool },
    { kind: 'sudo', user: 'www-data' },
  ]);
  expect(accessesTo('nicolas', 'www-data', [])).toEqual([{ kind: 'sudo', user: 'www-data' }]);
});
