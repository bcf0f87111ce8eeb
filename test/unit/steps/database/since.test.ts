import { describe, expect, test } from '@jest/globals';
import type { Migration } from '../../../../src/app/application.ts';
import type { LedgerRow } from '../../../../src/schema/database.ts';
import { batchesSince } from '../../../../src/steps/database/since.ts';

const version = (number: number): string => `2026010${number}000000`;
const classOf = (number: number): string => `App\\Database\\Migrations\\M${number}`;

function migration(number: number, drops: readonly string[], more: object = {}): Migration {
  return {
    namespace: 'App',
    version: version(number),
    class: classOf(number),
    path: '',
    line: 1,
    needs: { up: [], down: [] },
    down: { empty: false, drops, dropsUnknown: false, ...more },
  };
}

function row(number: number, batch: number): LedgerRow {
  const dashed = `2026-01-0${number}-000000`;
  return { version: dashed, class: classOf(number), namespace: 'App', group: 'default', batch };
}

const rows = [row(1, 1), row(2, 2), row(3, 3)];
const made = new Map([
  [2, ['app_notes']],
  [3, ['orders']],
]);

function planned(
  later: readonly Migration[],
  all: readonly LedgerRow[] = rows,
  known: ReadonlyMap<number, readonly string[]> = made,
): unknown {
  return batchesSince(
    all,
    all.filter((one) => one.batch > 1),
    later,
    known,
    'app_',
  );
}

describe('batches since', () => {
  test('go one by one, the newest first, with what they drop by whole names', () => {
    expect(planned([migration(2, ['notes']), migration(3, ['orders'])])).toEqual([
      { batch: 3, classes: [classOf(3)], drops: ['orders'] },
      { batch: 2, classes: [classOf(2)], drops: ['app_notes'] },
    ]);
  });

  test.each<[string, Migration, string]>([
    [
      'drops what it did not make',
      migration(2, ['users']),
      'would drop users, and it did not make',
    ],
    ['does nothing', migration(2, [], { empty: true }), 'does nothing'],
    [
      'drops what only running would name',
      migration(2, [], { dropsUnknown: true }),
      'only running',
    ],
  ])('all stay where one %s', (_, second, why) => {
    expect(planned([second, migration(3, ['orders'])])).toContain(why);
  });

  test('all stay where nobody wrote down what they made', () => {
    const later = [migration(2, ['notes']), migration(3, ['orders'])];
    expect(planned(later, rows, new Map([[3, ['orders']]]))).toContain('nobody wrote down');
  });

  test('a batch that drops no table needs nobody to have written it down', () => {
    expect(planned([migration(2, []), migration(3, [])], rows, new Map())).toHaveLength(2);
  });

  test('all stay where a batch holds what the old code has as well, or nobody has', () => {
    const mixed = [...rows, row(4, 3)];
    const ran = [row(2, 2), row(3, 3)];
    const all = [mixed[0], ran[0], ran[1], mixed[3]].filter((one) => one !== undefined);
    const later = [migration(2, ['notes']), migration(3, ['orders'])];
    expect(batchesSince(all, ran, later, made, 'app_')).toContain('M4');
  });
});
