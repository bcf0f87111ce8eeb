import { describe, expect, test } from '@jest/globals';
import type { Application } from '../../../../src/app/application.ts';
import { readInside, type Inside } from '../../../../src/app/inside.ts';
import { judgeState } from '../../../../src/steps/inspect/database-state.ts';
import { judgeInside, preloaded } from '../../../../src/steps/inspect/judge-inside.ts';

const session = {
  driver: 'CodeIgniter\\Session\\Handlers\\FileHandler',
  cookieName: 'ci_session',
  savePath: '/srv/app/writable/session',
  matchIP: false,
  connections: { environment: 'production', ledger: 'default', session: null, groups: [] },
};
const live = { root: '/srv/app', session } as unknown as Application;
const known = {
  php: '8.2.1',
  user: 'www-data',
  extensions: [],
  readsEnv: true,
  opcache: true,
  looksAgain: true,
  looksEvery: 2,
  preload: '',
  lockedCache: null,
  userIni: [],
  closed: [],
};
const inside: Inside = { ...known, session };

const sharing = {
  path: '/srv/app',
  user: 'nicolas',
  fpmUser: 'www-data',
  fpmGroup: 'www-data',
  socketGroup: 'www-data',
};

function found(changes: Partial<Inside>): string[] {
  return judgeInside({ ...inside, ...changes }, live, 'php8.2-fpm', sharing).map(
    ({ name }) => name,
  );
}

describe('what PHP-FPM sees', () => {
  test('nothing to say when it is what the command line sees', () => {
    expect(found({})).toEqual([]);
  });

  test.each<[string, Partial<Inside>, string[]]>([
    ['.env closed', { readsEnv: false }, ['env-closed-to-fpm']],
    ['a closed place', { closed: ['/srv/app/writable/logs'] }, ['writable-closed-to-fpm']],
    ['another table', { session: { ...session, savePath: 'x' } }, ['fpm-session-differs']],
    ['another matchIP', { session: { ...session, matchIP: true } }, ['fpm-session-differs']],
    ['opcache for ever', { looksAgain: false }, ['opcache-timestamps-disabled']],
    ['a file cache for ever', { lockedCache: '/var/cache/x' }, ['file-cache-closed']],
    ['no opcache at all', { opcache: false, looksAgain: false }, []],
    [
      'an application that fails',
      { session: { failure: { phase: 'boot', message: 'Error: x', at: null } } },
      ['fpm-application-fails'],
    ],
    // Without .env nothing else it says means anything.
    [
      '.env closed, and so another session',
      { readsEnv: false, session: { ...session, savePath: 'x' } },
      ['env-closed-to-fpm'],
    ],
  ])('what is reported of %s', (_, changes, names) => {
    expect(found(changes)).toEqual(names);
  });

  test('what is preloaded needs a reload', () => {
    const names = (changes: Partial<Inside>): string[] =>
      [...preloaded({ ...inside, ...changes }, 'fpm')].map(({ name }) => name);
    expect(names({ preload: '/srv/warm.php' })).toEqual(['preload-needs-reload']);
    expect(names({ preload: '/srv/warm.php', opcache: false })).toEqual([]);
    expect(names({})).toEqual([]);
  });

  test('is read from between its marks', () => {
    const reply = { ok: true, known, answer: { ...session, source: 'Config\\Session' } };
    expect(readInside(`noise @n@${JSON.stringify(reply)}@n@`, '@n@')).toEqual(inside);
  });

  test('holds even where the application does not boot', () => {
    const failure = { ok: false, phase: 'boot', message: 'Error: x', file: null, line: null };
    expect(readInside(`@n@${JSON.stringify({ ...failure, known })}@n@`, '@n@')).toMatchObject({
      user: 'www-data',
      session: { failure: { phase: 'boot', message: 'Error: x' } },
    });
  });

  test('is nothing when the program did not run', () => {
    expect(readInside('File not found.', '@n@')).toBeNull();
  });
});

describe('what a database is like', () => {
  const state = { readOnly: false, clock: 1000, account: 'u@h', grants: [] };
  test.each([
    [state, 1000, []],
    [state, 1005, []],
    [state, 1006, ['clock-skew']],
    [state, 994, ['clock-skew']],
    [{ ...state, readOnly: true }, 1000, ['database-read-only']],
  ])('%j at %i', (reported, clock, names) => {
    expect(judgeState(reported, clock).map(({ name }) => name)).toEqual(names);
  });
});
