import { describe, expect, test } from '@jest/globals';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { run, type RunOptions, type RunResult } from '../../rig/runner.ts';
import { prints, tiny } from './tiny-action.ts';

const quick = { interrupt: 300, terminate: 300, output: 300 };

describe('how it ends', () => {
  test.each([
    ['process.exitCode = 3', 3, 'failure'],
    ["process.kill(process.pid, 'SIGKILL')", null, 'failure'],
    ["fs.appendFileSync(env.GITHUB_STATE, 'k=v\\n'); throw new Error('x')", 1, 'failure'],
  ])('%s: post runs all the same', async (main, exitCode, conclusion) => {
    const result = await tiny(main, { post: prints('post ran') });
    expect(result).toMatchObject({ exitCode, conclusion, postLog: ['post ran'] });
  });

  test.each([
    ['process.exitCode = 1', 1],
    ["process.kill(process.pid, 'SIGTERM')", null],
  ])('a post that ends with %s is a failure', async (post, postExitCode) => {
    expect(await tiny('', { post })).toMatchObject({ postExitCode, conclusion: 'failure' });
  });

  test('no post, no status of it', async () => {
    expect(await tiny('')).toMatchObject({ postExitCode: null, conclusion: 'success' });
  });

  test('a child that holds the output is not waited for', async () => {
    const child =
      "require('node:child_process').spawn('sleep', ['60'], { stdio: 'inherit' }).unref();";
    const { seconds, exitCode } = await tiny(child, { patience: quick });
    expect(exitCode).toBe(0);
    expect(seconds).toBeLessThan(10);
  });
});

describe('cancelled', () => {
  /** Runs until the script says it is ready, then cancels. */
  async function cancelled(script: string, options: Partial<RunOptions> = {}): Promise<RunResult> {
    const ready = new AbortController();
    return tiny(`${script}\nsetInterval(() => {}, 1000); console.log('ready');`, {
      post: 'console.log(`post: ${env.STATE_at}`)',
      onLine: (line) => {
        if (line === 'ready') ready.abort();
      },
      cancelAfter: ready.signal,
      patience: quick,
      ...options,
    });
  }
  const noted = "fs.appendFileSync(env.GITHUB_STATE, 'at=work\\n');";
  const deaf = `${noted} process.on('SIGINT', () => console.log('int')); process.on('SIGTERM', () => console.log('term'));`;

  test.each([
    [
      'SIGINT is enough',
      `${noted} process.on('SIGINT', () => { console.log('int'); process.exit(1) });`,
      1,
      ['ready', 'int'],
    ],
    [
      'then SIGTERM',
      `${noted} process.on('SIGINT', () => console.log('int')); process.on('SIGTERM', () => { console.log('term'); process.exit(2) });`,
      2,
      ['ready', 'int', 'term'],
    ],
    ['then SIGKILL', deaf, null, ['ready', 'int', 'term']],
  ])('a run that is cancelled ends: %s', async (_, script, exitCode, lines) => {
    const result = await cancelled(script);
    expect(result).toMatchObject({
      exitCode,
      conclusion: 'cancelled',
      log: [...lines, 'post: work'],
      postExitCode: 0,
    });
  });

  test('SIGKILL takes the children along', async () => {
    const result = await cancelled(
      `const child = require('node:child_process').spawn('sleep', ['60'], { stdio: 'inherit' });
       fs.appendFileSync(env.GITHUB_OUTPUT, 'pid=' + child.pid + '\\n'); ${deaf}`,
    );
    expect(result.exitCode).toBeNull();
    const pid = result.outputs['pid'] ?? '';
    await pause(100);
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => 'gone');
    expect(status).toMatch(/gone|State:\s+Z/);
  });

  test('a promise cancels as well, and green is not green then', async () => {
    let ready: () => void = () => undefined;
    const cancelAfter = new Promise<void>((resolve) => (ready = resolve));
    const onLine = (line: string): void => {
      if (line === 'ready') ready();
    };
    const script = "process.on('SIGINT', () => process.exit(0));";
    const result = await cancelled(script, { onLine, cancelAfter });
    expect(result).toMatchObject({ exitCode: 0, conclusion: 'cancelled' });
  });

  test('too late is not cancelled', async () => {
    const never = new AbortController();
    const result = await tiny('', { cancelAfter: never.signal });
    expect(result.conclusion).toBe('success');
  });
});

describe('leaks', () => {
  const key = '-----BEGIN KEY-----\nMIIEvQIBADANBgkqhkiG9w0\n-----END KEY-----\n';

  test('none, where a secret only stands in its own mask', async () => {
    const { leaks } = await tiny(
      prints(
        '::add-mask::hunter22',
        `::add-mask::${key.replaceAll('\n', '%0A')}`,
        '-----END KEY-----',
      ),
    );
    expect(leaks(['hunter22', key])).toEqual([]);
  });

  test('every place is named', async () => {
    const { leaks } = await tiny(
      `${prints('early hunter22', '::add-mask::hunter22', 'late hunter22', '::debug::MIIEvQIBADANBgkqhkiG9w0')}
       fs.appendFileSync(env.GITHUB_OUTPUT, 'a=hunter22\\n');
       fs.appendFileSync(env.GITHUB_STEP_SUMMARY, Buffer.from('hunter22').toString('base64'));
       fs.writeFileSync(env.RUNNER_TEMP + '/report.json', 'hunter22');`,
      { post: "fs.appendFileSync(env.GITHUB_STATE, 'a=hunter22\\n')" },
    );
    expect(leaks(['hunter22', key])).toEqual([
      'secret 1 in log line 1',
      'secret 1 in log line 3 (only its mask hides it)',
      'secret 1 in output',
      'secret 1 in summary',
      'secret 1 in state of post',
      'secret 1 in file report.json',
      'secret 2 in log line 4',
    ]);
  });
});

test('an action for another runtime is refused', async () => {
  const action = await mkdtemp(join(tmpdir(), 'old-action-'));
  await writeFile(join(action, 'action.yml'), 'name: x\nruns:\n  using: node16\n  main: x\n');
  await expect(run({ inputs: {}, action })).rejects.toThrow('no node16');
  await rm(action, { recursive: true });
});
