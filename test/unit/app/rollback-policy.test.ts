import { describe, expect, test } from '@jest/globals';
import type { Down, Migration } from '../../../src/app/application.ts';
import { whyMigrationsStay } from '../../../src/app/rollback-policy.ts';

function migration(down: Partial<Down>): Migration {
  return {
    namespace: 'App',
    version: '20260109000000',
    class: 'App\\Database\\Migrations\\X',
    path: 'app/Database/Migrations/2026-01-09-000000_X.php',
    line: 9,
    needs: { up: [], down: [] },
    down: { empty: false, drops: [], dropsUnknown: false, ...down },
  };
}

describe('whether a batch may be regressed', () => {
  test.each([
    ['drops what it made', { drops: ['ci_sessions'] }, [], 'auto', null],
    ['does nothing', { empty: true }, [], 'auto', 'does nothing'],
    [
      'drops what was there',
      { drops: ['ci_sessions'] },
      ['ci_sessions'],
      'auto',
      'would drop ci_sessions',
    ],
    [
      'drops a prefixed table',
      { drops: ['ci_sessions'] },
      ['app_ci_sessions'],
      'auto',
      'would drop',
    ],
    ['drops the unknown', { dropsUnknown: true }, ['users'], 'auto', 'only running it'],
    ['drops what was there, on demand', { drops: ['a'] }, ['a'], 'always', null],
    ['is not to be undone', {}, [], 'never', 'undo-migrations is never'],
  ] as const)('a batch that %s', (_, down, tables, wish, reason) => {
    const reported = whyMigrationsStay([migration(down)], tables, 'app_', wish);
    if (reason === null) expect(reported).toBeNull();
    else expect(reported).toContain(reason);
  });
});
