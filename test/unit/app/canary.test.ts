import { describe, expect, test } from '@jest/globals';
import type { Canary, SessionConfiguration } from '../../../src/app/application.ts';
import { judgeCanary } from '../../../src/app/canary.ts';

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
const good: Canary = {
  handler: session.driver,
  written: true,
  same: true,
  stamp: 1_767_950_000,
  clock: 1_767_950_000,
  left: 0,
};

function names(changes: Partial<Canary>): string[] {
  const reported = judgeCanary({ ok: true, canary: { ...good, ...changes } }, session);
  return reported.map(({ name }) => name);
}

describe('the canary', () => {
  test.each<[string, Partial<Canary>, string[]]>([
    ['flies', {}, []],
    ['is a second late', { clock: 1_767_950_001 }, []],
    ['wrote nothing', { written: false }, ['handler-writes-nothing']],
    ['left no row', { stamp: null }, ['handler-writes-nothing']],
    ['came back changed', { same: false }, ['handler-changes-data']],
    ['has no date', { stamp: 0 }, ['handler-writes-no-date']],
    ['is an hour off', { stamp: 1_767_953_600 }, ['handler-dates-wrongly']],
    ['cannot be destroyed', { left: 1 }, ['handler-destroys-nothing']],
    [
      'fails in two ways',
      { same: false, left: 1 },
      ['handler-changes-data', 'handler-destroys-nothing'],
    ],
  ])('that %s is reported as such', (_, changes, expected) => {
    expect(names(changes)).toEqual(expected);
  });

  test('a handler that throws is reported in its own words', () => {
    const failure = { phase: 'canary', message: "Table 'x' doesn't exist", at: null };
    const [finding] = judgeCanary({ ok: false, failure }, session);
    expect(finding).toMatchObject({ name: 'handler-fails', severity: 'error' });
    expect(finding?.message).toContain("Table 'x' doesn't exist");
  });
});
