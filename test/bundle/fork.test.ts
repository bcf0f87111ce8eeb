import {
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, afterEach, expect, test } from '@jest/globals';
import { run, type RunResult } from '../rig/runner.ts';
import { application, migrationPath } from '../static/application.ts';
import { file, right } from '../static/corpus/migration.ts';
import { forgedRepository, inFolder } from '../static/forged.ts';
import { pullRequest, Repository, type Deed, type Deeds } from '../static/repository.ts';

// A stranger wrote the checkout. Whatever lies in it: of what is outside, nothing is read, written, deleted or run.
const migration = migrationPath('2026-01-09-000000_CreateSessions');
const wrong = file('CreateSessions', right.replace("'BLOB'", "'TEXT'"));
const sound = { [migration]: file('CreateSessions', right) };
const secrets = ['canary-of-the-environment', 'canary-of-a-file'];

/** Something of the runner's beside the checkout. */
let outside: Repository;
beforeEach(() => {
  outside = new Repository();
  for (const name of ['secret', 'script.sh', 'temp/x', 'ci4.sarif/x']) {
    mkdirSync(join(outside.folder, name, '..'), { recursive: true });
    writeFileSync(join(outside.folder, name), `<?php canary-of-a-file: canary-of-a-file\n`);
  }
});
afterEach(() => {
  outside[Symbol.dispose]();
});

function everything(): readonly string[] {
  const names = readdirSync(outside.folder, { recursive: true, encoding: 'utf8' }).toSorted();
  return names.map((name) => {
    const whole = join(outside.folder, name);
    return `${name} ${statSync(whole).isFile() ? readFileSync(whole, 'utf8') : ''}`;
  });
}

async function checked(
  base: Deeds,
  change: Deeds,
  inputs: Readonly<Record<string, string>> = {},
  env: Readonly<Record<string, string>> = {},
  look: (repository: Repository) => void = () => undefined,
): Promise<RunResult> {
  using repository = pullRequest(base, change, 0, { 'CHANGES.md': 'more' });
  const before = everything();
  const result = await run({
    inputs: { command: 'check', ...inputs },
    context: { workspace: repository.folder, base_ref: 'main', event_name: 'pull_request' },
    env: { OF_THE_JOB: 'canary-of-the-environment', ...env },
    // A check that waits for a device is ended, and red for that.
    cancelAfter: AbortSignal.timeout(60_000),
    patience: { interrupt: 1000, terminate: 1000 },
  });
  expect(everything()).toEqual(before);
  expect(result.leaks(secrets)).toEqual([]);
  expect(result.conclusion).not.toBe('cancelled');
  look(repository);
  return result;
}

function names(result: RunResult): readonly string[] {
  const found = JSON.parse(result.outputs['findings'] ?? '[]') as Record<string, string>[];
  return found.flatMap(({ name = '', severity }) => (severity === 'notice' ? [] : [name]));
}

test('a folder that looks like a repository is not believed, and nothing that it names runs', async () => {
  const shop = 'sites/shop';
  const files = { ...application(), [migration]: wrong };
  const forged = forgedRepository(files, `touch ${outside.folder}/ran`);
  const change = inFolder(shop, { ...forged, [migration]: wrong });
  const result = await checked(inFolder(shop, application()), change, { directory: shop });
  expect(result).toMatchObject({ exitCode: 1, outputs: { outcome: 'failed' } });
  expect(names(result)).toContain('column-type');
});

test.each([
  '.ci4-deploy.yml',
  '.env',
  'app/Config/Session.php',
  'app/Config/Database.php',
  'app/Config/Autoload.php',
  'composer.lock',
  'spark',
  migrationPath('2026-01-10-000000_Another'),
])(
  '%s as a link that leads out ends, and is red',
  async (path) => {
    for (const link of ['/proc/self/environ', '/dev/zero', join(outside.folder, 'secret')]) {
      const result = await checked(application(), { ...sound, [path]: { link } });
      expect([link, names(result), result.exitCode]).toEqual([
        link,
        expect.arrayContaining(['file-not-read']),
        1,
      ]);
    }
  },
  120_000,
);

test.each(['app', 'app/Config', 'app/Database', 'app/Database/Migrations'])(
  'the folder %s as a link that leads out ends, and is red',
  async (path) => {
    for (const link of ['/', '/proc', outside.folder]) {
      const result = await checked(application(), { ...sound, [path]: { link } });
      expect([link, names(result), result.exitCode]).toEqual([
        link,
        expect.arrayContaining(['file-not-read']),
        1,
      ]);
    }
  },
  120_000,
);

test('a migration that is a link within the checkout is read: the runner runs it', async () => {
  const result = await checked(application(), {
    'docs/harmless.txt': wrong,
    [migration]: { link: '../../../docs/harmless.txt' },
  });
  expect(names(result)).toContain('column-type');
  expect(result.annotations).toContainEqual(
    expect.objectContaining({ title: 'ci4-deploy: column-type', file: migration }),
  );
});

test('what changes behind a link that the base has already is seen', async () => {
  const base = {
    ...application(),
    'docs/harmless.txt': file('CreateSessions', right),
    [migration]: { link: '../../../docs/harmless.txt' },
  };
  const result = await checked(base, { 'docs/harmless.txt': wrong });
  expect(names(result)).toEqual(expect.arrayContaining(['column-type', 'migration-changed']));
});

test.each([
  ['a link', { 'ci4.sarif': 'script.sh' }, 'ci4.sarif', 0],
  ['a link in a folder', { 'out/ci4.sarif': 'script.sh' }, 'out/ci4.sarif', 0],
  ['a folder that is a link', { out: '.' }, 'out/script.sh', 1],
  ['a link to a folder that is not there yet', { out: 'absent' }, 'out/ci4.sarif', 1],
])('sarif-file never writes through %s', async (_, links, sarifFile, exit) => {
  const made: Record<string, Deed> = {};
  for (const [path, name] of Object.entries(links))
    made[path] = { link: join(outside.folder, name) };
  const inputs = { 'sarif-file': sarifFile };
  const change = { ...sound, ...made };
  const result = await checked(application(), change, inputs, {}, ({ folder }) => {
    if (exit === 0)
      expect(JSON.parse(readFileSync(join(folder, sarifFile), 'utf8'))).toHaveProperty('runs');
  });
  expect([result.exitCode, names(result)]).toEqual([exit, exit === 0 ? [] : ['sarif-not-written']]);
});

test('the report is not written through a link that lies in its place', async () => {
  const temp = join(outside.folder, 'temp');
  symlinkSync(join(outside.folder, 'script.sh'), join(temp, 'ci4-deploy-report.json'));
  using repository = pullRequest(application(), sound);
  const result = await run({
    inputs: { command: 'check' },
    context: { workspace: repository.folder, base_ref: 'main', event_name: 'pull_request' },
    env: { RUNNER_TEMP: temp },
  });
  expect(result.exitCode).toBe(0);
  expect(readFileSync(join(outside.folder, 'script.sh'), 'utf8')).toContain('canary-of-a-file');
  expect(JSON.parse(readFileSync(result.outputs['report'] ?? '', 'utf8'))).toMatchObject({
    outcome: 'passed',
  });
});
