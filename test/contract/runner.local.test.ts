import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, expect, test } from '@jest/globals';
import { openRunner } from '../../src/runner.ts';
import { Cancelled } from '../../src/server/failures.ts';
import { command } from '../../src/server/command.ts';
import { runnerContract } from './runner.ts';

const root = mkdtempSync(join(tmpdir(), 'ci4-deploy-root-'));
afterAll(() => {
  rmSync(root, { recursive: true });
});
const open = async (): ReturnType<typeof openRunner> => openRunner(root, 30);
const still = new AbortController().signal;

runnerContract('this machine', { open });

test('a program gets the environment of the job, and nothing that is the runner’s own', async () => {
  const own = [
    'INPUT_DATABASES',
    'ACTIONS_RUNTIME_TOKEN',
    'GITHUB_TOKEN',
    'GITHUB_ENV',
    'STATE_x',
    'RUNNER_TEMP',
  ];
  for (const name of [...own, 'OF_THE_JOB']) process.env[name] = 'given';
  try {
    await using runner = await open();
    const asked = command('env', [], { env: { OURS: 'too' } });
    const { stdout } = await runner.run(asked, still);
    const names = stdout.split('\n').map((line) => line.split('=')[0] ?? '');
    expect(names).toEqual(expect.arrayContaining(['PATH', 'OF_THE_JOB', 'OURS']));
    expect(names.filter((name) => own.includes(name))).toEqual([]);
  } finally {
    for (const name of [...own, 'OF_THE_JOB']) Reflect.deleteProperty(process.env, name);
  }
});

test('what is written lies beside the checkout, and is gone afterwards', async () => {
  const runner = await open();
  const { folder } = runner;
  await runner.write('a/b.txt', 'text');
  expect(readFileSync(join(folder, 'a/b.txt'), 'utf8')).toBe('text');
  expect(folder.startsWith(root)).toBe(false);
  await runner[Symbol.asyncDispose]();
  expect(existsSync(folder)).toBe(false);
});

test('a program that is cancelled has ended with all it started, not only been left alone', async () => {
  await using runner = await open();
  const file = join(runner.folder, 'process');
  const stop = new AbortController();
  const text = 'sleep 61 & echo $! > "$1.new" && mv "$1.new" "$1"; sleep 60';
  const running = runner.run(command('sh', ['-c', text, 'sh', file]), stop.signal);
  const look = setInterval(() => {
    if (existsSync(file)) stop.abort(new Cancelled('enough'));
  }, 20);
  await expect(running).rejects.toThrow('enough');
  clearInterval(look);
  const child = Number(readFileSync(file, 'utf8'));
  expect(lives(child)).toBe(false);
});

test('what a program leaves running ends with it', async () => {
  await using runner = await open();
  const text = 'sleep 62 >/dev/null 2>&1 & echo $!';
  const { stdout } = await runner.run(command('sh', ['-c', text]), still);
  for (let tries = 50; tries > 0 && lives(Number(stdout)); tries -= 1) await pause(20);
  expect(lives(Number(stdout))).toBe(false);
});

test('its temporary files are gone with the folder', async () => {
  const runner = await open();
  const { stdout } = await runner.run(command('sh', ['-c', 'mktemp']), still);
  expect(stdout.startsWith(runner.folder)).toBe(true);
  await runner[Symbol.asyncDispose]();
  expect(existsSync(stdout.trim())).toBe(false);
});

/** What has ended and nobody has asked for is no process any more. */
function lives(id: number): boolean {
  const stat = `/proc/${id}/stat`;
  return existsSync(stat) && !/^\d+ \(.*\) Z /.test(readFileSync(stat, 'utf8'));
}
