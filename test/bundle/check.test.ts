import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { Log } from 'sarif';
import { run, type RunResult } from '../rig/runner.ts';
import { application, migrationPath } from '../static/application.ts';
import { file, right } from '../static/corpus/migration.ts';
import { pullRequest, type Repository } from '../static/repository.ts';

const path = migrationPath('2026-01-09-000000_CreateSessions');
const wrong = file('CreateSessions', right.replace("'BLOB'", "'TEXT'"));

async function checked(
  { folder }: Repository,
  inputs: Readonly<Record<string, string>> = {},
): Promise<RunResult> {
  const context = { workspace: folder, base_ref: 'main', event_name: 'pull_request' };
  return run({ inputs: { command: 'check', ...inputs }, context });
}

test('a wrong table is red at its line, in annotations, summary, outputs and SARIF, without any other input', async () => {
  using repository = pullRequest(application(), { [path]: wrong });
  const result = await checked(repository, {
    'sarif-file': 'out/ci4.sarif',
    'db-version': 'MySQL 8.0',
  });
  expect(result).toMatchObject({ exitCode: 1, postExitCode: 0, outputs: { outcome: 'failed' } });
  const at = { level: 'error', title: 'ci4-deploy: column-type', file: path, line: 18 };
  expect(result.annotations).toContainEqual(expect.objectContaining(at));
  expect(result.summary).toContain('2026-01-09-000000');
  expect(result.summary).toContain('-- MySQL 8.0: copies the table');
  const { runs } = JSON.parse(
    readFileSync(join(repository.folder, 'out/ci4.sarif'), 'utf8'),
  ) as Log;
  const [first] = runs[0]?.results ?? [];
  expect(first).toMatchObject({ ruleId: 'column-type', level: 'error' });
  expect(first?.locations?.[0]?.physicalLocation).toMatchObject({
    artifactLocation: { uri: path },
    region: { startLine: 18 },
  });
});

test('a pull request that is in order is green', async () => {
  using repository = pullRequest(application(), { [path]: file('CreateSessions', right) });
  const result = await checked(repository);
  expect(result).toMatchObject({ exitCode: 0, outputs: { outcome: 'passed' } });
});

test('a pull request without migrations is green and says so', async () => {
  using repository = pullRequest(application(), { 'README.md': 'x' });
  const result = await checked(repository);
  expect(result).toMatchObject({ exitCode: 0, outputs: { outcome: 'passed', findings: '[]' } });
  expect(result.log.join('\n')).toContain('No migration changes since main');
});

test('a shallow checkout is red with the line to paste', async () => {
  using repository = pullRequest(application(), { [path]: wrong }, 1);
  const result = await checked(repository);
  expect(result.exitCode).toBe(1);
  expect(result.log.join('\n')).toContain('fetch-depth: 0');
});
