import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { makeKey } from '../rig/key.ts';
import { application, migrationPath } from '../static/application.ts';
import { file, right } from '../static/corpus/migration.ts';
import { pullRequest } from '../static/repository.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { bin } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  readonly bin: Readonly<Record<string, string>>;
};
const program = join(root, bin['ci4-deploy'] ?? '');
const migration = migrationPath('2026-01-09-000000_CreateSessions');

let home = '';

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'ci4-deploy-home-'));
});

afterAll(() => {
  rmSync(home, { recursive: true });
});

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** As a person starts it: no variable of a runner. */
function typed(
  words: readonly string[],
  cwd = home,
  env: Readonly<Record<string, string>> = {},
): Ended {
  const path = process.env['PATH'] ?? '';
  return spawnSync(process.execPath, [program, ...words], {
    cwd,
    encoding: 'utf8',
    env: { PATH: path, HOME: home, ...env },
  });
}

test('the program of package.json can be started by its name', () => {
  expect(readFileSync(program, 'utf8').startsWith('#!/usr/bin/env node\n')).toBe(true);
});

test('the package is the program and needs no other: installed without a network, npx starts it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ci4-deploy-package-'));
  const npm = (cwd: string, program: string, ...words: readonly string[]): string => {
    const env = { PATH: process.env['PATH'], HOME: folder };
    const { stdout, stderr, status } = spawnSync(program, words, { cwd, encoding: 'utf8', env });
    expect([stderr.replaceAll(/^npm notice.*\n/gm, ''), status]).toEqual(['', 0]);
    return stdout;
  };
  try {
    const tarball = npm(root, 'npm', 'pack', '--silent', '--pack-destination', folder).trim();
    npm(folder, 'npm', 'install', '--silent', '--offline', '--omit=optional', `./${tarball}`);
    expect(readdirSync(join(folder, 'node_modules')).filter((one) => !one.startsWith('.'))).toEqual(
      ['ci4-deploy'],
    );
    expect(npm(folder, 'npx', '--offline', 'ci4-deploy', '--help')).toContain('Usage: ci4-deploy');
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 60_000);

test('the first lines of its page start it from a clone', () => {
  const page = readFileSync(join(root, 'docs/command-line.md'), 'utf8');
  const [, lines = ''] = /```sh\n([^]*?)```/.exec(page) ?? [];
  const folder = mkdtempSync(join(tmpdir(), 'ci4-deploy-clone-'));
  const [address = ''] = /https:\S+\.git/.exec(lines) ?? [];
  // Where git finds that address here.
  const here = {
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: `url.${root}.insteadOf`,
    GIT_CONFIG_VALUE_0: address,
  };
  try {
    const { status, stdout } = spawnSync('sh', ['-e', '-c', lines.replace('COMMIT', 'HEAD')], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, ...here },
    });
    expect([stdout, status]).toEqual([expect.stringContaining('Usage: ci4-deploy COMMAND'), 0]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

describe('usage', () => {
  test('--help says how it is called', () => {
    const { status, stdout, stderr } = typed(['--help']);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain('Usage: ci4-deploy COMMAND');
  });

  test('so does no word at all, and that is no success', () => {
    const { status, stdout } = typed([]);
    expect(status).toBe(1);
    expect(stdout).toContain('Usage: ci4-deploy COMMAND');
  });

  test('what is wrong is said in a line each, without a stack', () => {
    const { status, stdout, stderr } = typed(['doctor', '--hots', 'x', '--password', 'hunter2']);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr.split('\n')).toEqual([
      'There is no flag --hots. Did you mean --host?',
      expect.stringContaining('use --password-file FILE'),
      'See ci4-deploy --help.',
      '',
    ]);
  });
});

describe('a server that is not there', () => {
  test('is a report with all that is missing, in words, and nothing of a runner', async () => {
    const { privateKey } = await makeKey();
    writeFileSync(join(home, 'id'), privateKey);
    const words = [
      'doctor',
      '--host',
      'a@127.0.0.1:1',
      '--path',
      '/srv/x',
      '--ssh-key-file',
      '~/id',
    ];
    const { status, stdout, stderr } = typed([
      ...words,
      '--host-fingerprint',
      `SHA256:${'a'.repeat(43)}`,
    ]);
    expect(status).toBe(1);
    expect(stdout).toContain('Nothing listens at a@127.0.0.1:1.');
    expect(stdout).toMatch(/1 thing to fix\. .*\n$/);
    expect(stderr).toContain('Connecting to a@127.0.0.1:1');
    for (const text of [stdout, stderr]) {
      expect(text).not.toMatch(/^\s+at |::/m);
      expect(text).not.toContain('\u001b');
      expect(text).not.toContain(privateKey.split('\n')[1]);
    }
  });

  test('inputs that are missing are said all at once; those of the environment are read', () => {
    const { status, stdout } = typed(['doctor'], home, { CI4_DEPLOY_HOST: 'a@127.0.0.1:1' });
    expect(status).toBe(1);
    expect(stdout).toContain('Input ssh-key is missing');
    expect(stdout).toContain('Input known-hosts is missing');
    expect(stdout).not.toContain('Input host is missing');
  });
});

describe('a check of the folder', () => {
  test('that is right is green', () => {
    using repository = pullRequest(application(), { [migration]: file('CreateSessions', right) });
    const { status, stdout } = typed(['check', '--base', 'main'], repository.folder);
    expect(stdout).toMatch(/^✓ Passed\n/);
    expect(stdout).toMatch(/Nothing to fix\. \(\d+\.\d s\)\n$/);
    expect(status).toBe(0);
  });

  test('that is wrong is red, with the place and what to write, in colours where they are wanted', () => {
    const wrong = file('CreateSessions', right.replace("'BLOB'", "'TEXT'"));
    using repository = pullRequest(application(), { [migration]: wrong });
    const words = ['check', '--base=main', '--sarif-file', 'out.sarif'];
    const { status, stdout } = typed(words, repository.folder, { FORCE_COLOR: '1' });
    expect(status).toBe(1);
    expect(stdout).toContain(`\u001b[31mcolumn-type\u001b[0m at ${migration}:18`);
    expect(readFileSync(join(repository.folder, 'out.sarif'), 'utf8')).toContain('column-type');
  });
});

test('a user that a sentence names stays readable where the password is the same word', () => {
  writeFileSync(join(home, 'password'), 'nicolas\n');
  const words = ['doctor', '--host', 'nicolas@127.0.0.1:1', '--password-file', '~/password'];
  const { stdout } = typed([...words, '--host-fingerprint', `SHA256:${'a'.repeat(43)}`]);
  expect(stdout).toContain('Nothing listens at nicolas@127.0.0.1:1.');
});
