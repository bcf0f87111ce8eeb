import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { boot, type Machine } from '../rig/machine.ts';
import { newest } from '../rig/releases.ts';
import { run, type RunResult } from '../rig/runner.ts';

// .github/workflows/e2e.yml has GitHub's runner for a server. Its scripts are tried here on one of ours.
const scripts = '.github/e2e';
const site = '/var/www/kayart';

let machine: Machine;
let folder = '';
let commits: Readonly<Record<string, string>> = {};
let server: Readonly<Record<string, string>> = {};

/** The outputs of a step, as its program wrote them to GITHUB_OUTPUT. */
function outputsIn(text: string): Record<string, string> {
  const blocks = [...text.matchAll(/^([a-z-]+)<<(\S+)\n([\s\S]*?\n)\2$/gm)];
  const lines = [...text.matchAll(/^([a-z-]+)=(.*)$/gm)];
  return Object.fromEntries([
    ...lines.map(([, name = '', value = '']) => [name, value]),
    ...blocks.map(([, name = '', , value = '']) => [name, value]),
  ]) as Record<string, string>;
}

async function onServer(...argv: string[]): Promise<string> {
  const { code, stdout, stderr } = await machine.exec(argv);
  if (code !== 0) throw new Error(`${argv.join(' ')} ended with ${code}: ${stdout}${stderr}`);
  return stdout;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ci4-deploy-e2e-'));
  const output = join(folder, 'output');
  await writeFile(output, '');
  const env = { ...process.env, GITHUB_OUTPUT: output };
  const skeleton = (await newest()).folder;
  const kayart = join(folder, 'kayart');
  await promisify(execFile)(`${scripts}/application.sh`, [skeleton, kayart], { env });
  commits = outputsIn(await readFile(output, 'utf8'));
  machine = await boot();
  const tar = await promisify(execFile)('tar', ['-C', folder, '-cf', '-', 'kayart'], {
    encoding: 'buffer',
    maxBuffer: 256 * 1024 * 1024,
  });
  await machine.writeFile('/tmp/kayart.tar', tar.stdout);
  await onServer('tar', '-C', '/tmp', '--no-same-owner', '-xf', '/tmp/kayart.tar');
  await machine.writeFile('/tmp/server.sh', await readFile(`${scripts}/server.sh`));
  await onServer(
    ...['env', 'GITHUB_OUTPUT=/tmp/output', `PHP_VERSION=${machine.phpVersion}`],
    ...['bash', '/tmp/server.sh', '/tmp/kayart', commits['live'] ?? ''],
  );
  server = outputsIn(await onServer('cat', '/tmp/output'));
}, 300_000);

afterAll(async () => {
  await machine[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

async function deploy(commit: string): Promise<RunResult> {
  const inputs = {
    host: `nicolas@${machine.address}`,
    'ssh-key': server['ssh-key'] ?? '',
    // The runner calls itself 127.0.0.1; from here it has another name.
    'known-hosts': (server['known-hosts'] ?? '').replace('127.0.0.1', machine.address),
    path: site,
    branch: 'main',
    commit,
    'preserve-sessions': 'required',
  };
  return run({ inputs, context: { ref_name: '7/merge' } });
}

test('one green, one refused, one rolled back, and a visitor who stays logged in', async () => {
  const { next = '', broken = '' } = commits;
  const cookies = ['curl', '-sS', '-b', '/tmp/visitor', '-c', '/tmp/visitor'];
  await onServer(...cookies, 'http://127.0.0.1/login/anna');
  const green = await deploy(next);
  expect({ outcome: green.outputs['outcome'], log: green.shown }).toMatchObject({
    outcome: 'deployed',
  });
  expect(await onServer(...cookies, 'http://127.0.0.1/count')).toBe('anna:1');

  const home = `${site}/app/Controllers/Home.php`;
  await onServer('sh', '-c', `echo '// a quick repair' >>${home}`);
  const refused = await deploy(broken);
  expect(refused.outputs['outcome']).toBe('refused');
  const found = JSON.parse(refused.outputs['findings'] ?? '[]') as { name: string }[];
  expect(found[0]?.name).toBe('dirty-tree');
  await onServer(
    'runuser',
    '-u',
    'nicolas',
    '--',
    'git',
    '-C',
    site,
    'checkout',
    '-q',
    'HEAD',
    '.',
  );

  const back = await deploy(broken);
  expect(back.outputs['outcome']).toBe('rolled-back');
  const head = ['runuser', '-u', 'nicolas', '--', 'git', '-C', site, 'rev-parse', 'HEAD'];
  expect((await onServer(...head)).trim()).toBe(next);
  expect(await onServer(...cookies, 'http://127.0.0.1/count')).toBe('anna:2');
}, 300_000);

test('one check of a pull request passes', async () => {
  const workspace = join(folder, 'kayart');
  const git = promisify(execFile);
  await git('git', ['-C', workspace, 'checkout', '-q', commits['next'] ?? '']);
  const inputs = { command: 'check', base: commits['live'] ?? '', 'db-version': 'MySQL 8.0' };
  const { outputs, shown } = await run({ inputs, context: { workspace } });
  expect({ outcome: outputs['outcome'], shown }).toMatchObject({ outcome: 'passed' });
}, 60_000);
