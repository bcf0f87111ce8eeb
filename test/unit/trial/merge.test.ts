import { expect, test } from '@jest/globals';
import type { FindingName } from '../../../src/findings/registry.ts';
import type { Finding } from '../../../src/finding.ts';
import type { Changes } from '../../../src/static/judge/changes.ts';
import { merged } from '../../../src/trial/merge.ts';
import type { Tried } from '../../../src/trial/trial.ts';

const file = 'app/Database/Migrations/2026-01-09-000000_A.php';

function finding(name: FindingName, message = 'said', line = 11, severity = 'error'): Finding {
  return { name, severity: severity as Finding['severity'], message, at: { file, line } };
}

function tried(product: string, findings: readonly Finding[], judged = true): Tried {
  const database = { name: 'n', product, phases: [], columns: [], seconds: 1 };
  return { database, findings, judged };
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
