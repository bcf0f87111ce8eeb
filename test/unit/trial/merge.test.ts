import { describe, expect, test } from '@jest/globals';
import type { FindingName } from '../../../src/findings/registry.ts';
import type { Finding } from '../../../src/finding.ts';
import type { Changes } from '../../../src/static/judge/changes.ts';
import { merged } from '../../../src/trial/merge.ts';
import type { Tried } from '../../../src/trial/trial.ts';

const file = 'app/Database/Migrations/2026-01-09-000000_A.php';

function finding(name: FindingName, message = 'said', line = 11, severity = 'error'): Finding {
  return { name, severity: severity as Finding['severity'], message, at: { file, line } };
}

function tried(
  product: string,
  findings: readonly Finding[],
  judged = true,
  migrated = judged,
): Tried {
  const database = { name: 'n', product, phases: [], columns: [], seconds: 1 };
  return { database, findings, judged, migrated };
}

function words(read: readonly Finding[], ...all: readonly Tried[]): readonly string[] {
  return merged({ findings: read, columns: [] }, all, null).findings.map(
    ({ name, message, at }) => `${name}:${at?.line ?? ''} ${message}`,
  );
}

test('one finding of two servers is one that names both, one of one names that', () => {
  const both = finding('handler-fails', 'both');
  const reported = words(
    [],
    tried('A 1', [both]),
    tried('B 2', [both, finding('migrate-again-differs', 'one')]),
  );
  expect(reported).toEqual([
    'handler-fails:11 On A 1 and B 2: both',
    'migrate-again-differs:11 On B 2: one',
  ]);
});

test('what reading foresaw and running proved is said once, with the line of the one and the words of the other', () => {
  const reported = words(
    [finding('migration-fails', 'foreseen', 17)],
    tried('A 1', [finding('migration-failed', 'proved')]),
  );
  expect(reported).toEqual(['migration-failed:17 On A 1: proved']);
});

test.each<[FindingName, string, string, number]>([
  ['column-type', 'ci_sessions.id is short', 'ci_sessions.id is varchar(40)', 1],
  ['column-type', 'ci_sessions.id is short', 'ci_sessions.data is text', 2],
  ['primary-key', 'one', 'another', 1],
])('%s: %s, then %s: %i', (name, read, ran, count) => {
  expect(words([finding(name, read)], tried('A 1', [finding(name, ran)]))).toHaveLength(count);
});

test.each<[FindingName, FindingName]>([
  ['table-missing', 'session-table-not-created'],
  ['rollback-incomplete', 'migration-down-empty'],
])('%s has the cause that %s has said', (ran, read) => {
  expect(words([finding(read)], tried('A 1', [finding(ran)]))).toEqual([`${read}:11 said`]);
});

test('a doubt ends where every server has shown the table, or a migration stops', () => {
  const doubt = finding('session-table-unresolved');
  expect(words([doubt], tried('A 1', []), tried('B 2', []))).toEqual([]);
  expect(words([doubt], tried('A 1', []), tried('B 2', [], false))).toHaveLength(1);
  expect(words([doubt], tried('A 1', [finding('migration-failed')], false))).toEqual([
    'migration-failed:11 On A 1: said',
  ]);
});

test('of migrations that the pull request leaves alone only errors are said', () => {
  const changes: Changes = {
    base: 'main',
    files: new Map(),
    basePaths: [file],
    before: async () => null,
  };
  const found = [finding('old-table-survives', 'said', 11, 'notice'), finding('rollback-failed')];
  const reported = merged({ findings: [], columns: [] }, [tried('A 1', found)], changes);
  expect(reported.findings.map(({ name }) => name)).toEqual(['rollback-failed']);
});

describe('running wins', () => {
  const otherwise = (name: string): string =>
    `refuted-by-running:11 Reading the migrations had said ${name} (${file}:11). Running them showed otherwise, so that this is withdrawn.`;

  test.each<FindingName>([
    'migration-fails',
    'described-column',
    'session-table-not-created',
    'column-type',
  ])('%s is withdrawn where every database shows otherwise, and that is said', (name) => {
    expect(words([finding(name)], tried('A 1', []), tried('B 2', []))).toEqual([otherwise(name)]);
  });

  test('one database that stops leaves it', () => {
    const read = [finding('migration-fails')];
    expect(words(read, tried('A 1', []), tried('B 2', [], false))).toHaveLength(1);
    expect(words(read, tried('A 1', [], true, false))).toEqual(['migration-fails:11 said']);
    expect(words(read)).toEqual(['migration-fails:11 said']);
  });

  test('what running finds too stays', () => {
    const read = [finding('column-type', 'ci_sessions.id is short')];
    const ran = [finding('column-type', 'ci_sessions.id is varchar(40)', 11)];
    expect(words(read, tried('A 1', ran))).toEqual(['column-type:11 ci_sessions.id is short']);
  });

  test('a doubt that ends is no mistake, and what running does not look at stays', () => {
    const read = [finding('described-table-unresolved'), finding('migration-deleted')];
    expect(words(read, tried('A 1', []))).toEqual(['migration-deleted:11 said']);
  });

  test('many are counted', () => {
    const read = [1, 2, 3, 4, 5, 6, 7].map((line) => finding('migration-fails', 'said', line));
    expect(words(read, tried('A 1', []))[0]).toContain(`${file}:5) and 2 more. Running`);
  });
});
