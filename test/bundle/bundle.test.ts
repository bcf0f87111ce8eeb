import { describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeKey } from '../rig/key.ts';
import { run } from '../rig/runner.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const secret = 'hunter2-and-more';

describe('the bundle without a server', () => {
  test('says every problem of the inputs at once, in log, annotations, summary and outputs', async () => {
    const result = await run({
      inputs: {
        ssh_key: 'x',
        'session-table-match': 'exakt',
        'lock-wait': 'soon',
        password: secret,
      },
    });
    expect(result.exitCode).toBe(1);
    expect(result.postExitCode).toBe(0);
    expect(result.outputs['outcome']).toBe('refused');
    const messages = (JSON.parse(result.outputs['findings'] ?? '[]') as { message: string }[]).map(
      ({ message }) => message,
    );
    expect(messages).toEqual([
      expect.stringContaining('no input ssh_key'),
      expect.stringContaining('Input session-table-match must be one of'),
      expect.stringContaining('Input lock-wait must be'),
      expect.stringContaining('Input host is missing'),
      expect.stringContaining('Input known-hosts is missing'),
    ]);
    for (const message of messages) expect(result.log.join('\n')).toContain(message);
    expect(result.summary).toContain('ci4-deploy: refused');
    expect(result.annotations.filter(({ level }) => level === 'error').length).toBeGreaterThan(4);
    expect(result.leaks([secret])).toEqual([]);
  });

  test('a secret that is mistyped is not shown either', async () => {
    const result = await run({
      inputs: {
        host: 'a@127.0.0.1:1',
        'ssh-key': secret,
        'known-hosts': 'x',
        'connect-timeout': '1s',
      },
      context: { sha: 'a'.repeat(40) },
    });
    expect(result.outputs['findings']).toContain('ssh-key-not-readable');
    expect(result.leaks([secret])).toEqual([]);
  });

  test('a server that is not there is a refusal with a sentence, a JSON report and no stack', async () => {
    const { privateKey } = await makeKey();
    const result = await run({
      inputs: {
        host: 'a@127.0.0.1:1',
        'ssh-key': privateKey,
        'known-hosts': 'x',
        'connect-timeout': '1s',
      },
      context: { sha: 'a'.repeat(40) },
    });
    expect([result.exitCode, result.postExitCode]).toEqual([1, 0]);
    const main = result.log.slice(0, result.log.length - result.postLog.length);
    expect(main.join('\n')).toContain(
      'Refused, nothing was changed: Nothing listens at a@127.0.0.1:1.',
    );
    expect(main.join('\n')).not.toMatch(/^\s+at /m);
    const report = JSON.parse(result.files.get('ci4-deploy-report.json') ?? '{}') as {
      outcome?: string;
    };
    expect(report.outcome).toBe('refused');
    expect(result.leaks([privateKey])).toEqual([]);
  }, 20_000);
});

describe('the bundle as a file', () => {
  const code = readFileSync(join(root, 'dist/index.cjs'), 'utf8');

  test('asks for nothing that Node does not have', () => {
    const asked = [...code.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name]) => name ?? '');
    const foreign = asked.filter(
      (name) => !isBuiltin(name) && name !== 'node:native-addons-are-left-out',
    );
    expect([...new Set(foreign)]).toEqual([]);
    expect(asked.length).toBeGreaterThan(10);
  });

  test('names no path of the machine it was built on', () => {
    expect(code).not.toContain(root.replace(/\/$/, '/node_modules'));
    // A native file; php-parser has a method of that name.
    expect(code).not.toMatch(/(?<!"parser)\.node"/);
  });

  test('comes out the same, byte for byte, from a folder with a blank in its name', () => {
    const folder = mkdtempSync(join(tmpdir(), 'ci4 deploy '));
    try {
      for (const name of ['src', 'scripts', 'package.json', 'tsconfig.json']) {
        execFileSync('cp', ['-r', join(root, name), folder]);
      }
      // Hard links cost nothing; on another disk it takes a real copy.
      const copy = 'cp -al "$1" "$2" 2>/dev/null || cp -a "$1" "$2"';
      execFileSync('sh', ['-c', copy, 'sh', join(root, 'node_modules'), folder]);
      execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: folder, stdio: 'pipe' });
      expect(readFileSync(join(folder, 'dist/index.cjs'), 'utf8') === code).toBe(true);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }, 60_000);
});
