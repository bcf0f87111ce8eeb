import { describe, expect, test } from '@jest/globals';
import type { Migration } from '../../../src/app/application.ts';
import {
  added,
  hasRow,
  key,
  olderThanNewest,
  pending,
  withoutFile,
  type Entry,
} from '../../../src/app/ledger.ts';

function migration(version: string, name: string, namespace = 'App'): Migration {
  const down = { empty: false, drops: [], dropsUnknown: false };
  return {
    namespace,
    version,
    class: `${namespace}\\${name}`,
    path: `${name}.php`,
    line: 1,
    needs: { up: [], down: [] },
    down,
  };
}

function row(version: string, name: string, namespace = 'App'): Entry {
  return { version, class: `${namespace}\\${name}`, namespace };
}

const users = migration('20250101000000', 'Users');
const sessions = migration('20260109000000', 'Sessions');
const shield = migration('20201228223112', 'Auth', 'Shield');
const all = [shield, users, sessions];

describe('pending', () => {
  test.each([
    ['app', [users, sessions]],
    ['all', [shield, users, sessions]],
  ] as const)('with an empty ledger, namespaces %s', (namespaces, expected) => {
    expect(pending(all, [], { namespaces, namespace: 'App' })).toEqual(expected);
  });

  test('a row counts however its version is punctuated', () => {
    const rows = [row('2025-01-01-000000', 'Users'), row('2026_01_09_000000', 'Sessions')];
    expect(pending(all, rows, { namespaces: 'app', namespace: 'App' })).toEqual([]);
    expect(pending(all, rows, { namespaces: 'all', namespace: 'App' })).toEqual([shield]);
  });

  test('a renamed class is new to the framework, and so to us', () => {
    const rows = [row('2025-01-01-000000', 'Users'), row('2026-01-09-000000', 'OldName')];
    expect(pending(all, rows, { namespaces: 'app', namespace: 'App' })).toEqual([sessions]);
  });

  test('a row filed under another namespace is not seen by a run without --all', () => {
    const rows = [{ ...row('2025-01-01-000000', 'Users'), namespace: 'Other' }];
    expect(pending([users], rows, { namespaces: 'app', namespace: 'App' })).toEqual([users]);
    expect(pending([users], rows, { namespaces: 'all', namespace: 'App' })).toEqual([]);
  });
});

test('added rows keep everything they hold', () => {
  const before = [{ ...row('2025-01-01-000000', 'Users'), batch: 1 }];
  const after = [...before, { ...row('2026-01-09-000000', 'Sessions'), batch: 2 }];
  expect(added(before, after)).toEqual([after[1]]);
  expect(added(after, after)).toEqual([]);
});

test('rows whose file is gone', () => {
  const rows = [row('2025-01-01-000000', 'Users'), row('2025-05-05-000000', 'Gone')];
  expect(withoutFile(rows, all)).toEqual([rows[1]]);
});

test('a migration dated before one that ran, in its own namespace only', () => {
  const rows = [row('2026-01-09-000000', 'Sessions')];
  expect(olderThanNewest([users, shield], rows)).toEqual([users]);
  expect(olderThanNewest([sessions], rows)).toEqual([]);
});

test("the key is the framework's own", () => {
  expect(key('2026-01-09-000000', 'App\\X')).toBe('20260109000000App\\X');
  expect(hasRow([row('2026-01-09-000000', 'Sessions')], sessions)).toBe(true);
  expect(hasRow([], sessions)).toBe(false);
});
