import { describe, expect, test } from '@jest/globals';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { blank, type Journal } from '../../src/plan/journal.ts';
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
    expect(result.summary).toContain(
      '## ❌ Refused for 5 reasons, the first: There is no input ssh',
    );
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
    expect(main.join('\n').split('Nothing listens at a@127.0.0.1:1.')).toHaveLength(2);
    expect(main.at(-1)).toMatch(/^Refused, nothing was changed\. 1 thing to fix\. \(\d+\.\d s\)$/);
    expect(main.join('\n')).not.toMatch(/^\s+at /m);
    const report = JSON.parse(result.files.get('ci4-deploy-report.json') ?? '{}') as {
      outcome?: string;
    };
    expect(report.outcome).toBe('refused');
    expect(result.leaks([privateKey])).toEqual([]);
  }, 20_000);
});

/** The files of a folder by name. */
function filesOf(folder: string): ReadonlyMap<string, string> {
  const names = readdirSync(folder).toSorted();
  return new Map(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

describe('the bundle as files', () => {
  const files = filesOf(join(root, 'dist'));
  const programs = [...files].filter(([name]) => /\.c?js$/.test(name));

  test('asks for nothing that neither Node nor the bundle has', () => {
    const absent = 'node:native-addons-are-left-out';
    const asked = programs.flatMap(([, code]) =>
      [...code.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name]) => name ?? ''),
    );
    const foreign = asked.filter(
      (name) => !isBuiltin(name) && !files.has(name.replace(/^\.\//, '')) && name !== absent,
    );
    expect([...new Set(foreign)]).toEqual([]);
    expect(asked.length).toBeGreaterThan(10);
    // Without this line a part of a library has come back.
    expect(asked).toContain('./left-out.js');
  });

  test('what is left out of a library says so when it is used after all', () => {
    const { HttpClient } = createRequire(import.meta.url)('../../dist/left-out.js') as {
      HttpClient: new () => unknown;
    };
    expect(() => new HttpClient()).toThrow('left out of the bundle of ci4-deploy');
  });

  test('names no path of the machine it was built on', () => {
    for (const [, code] of programs) {
      expect(code).not.toContain(root.replace(/\/$/, '/node_modules'));
      // A native file; php-parser has a method of that name.
      expect(code).not.toMatch(/(?<!"parser)\.node"/);
    }
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
      const listed = execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: folder });
      expect(String(listed)).toMatch(/ kB {2}dist\/index\.cjs\n/);
      const rebuilt = filesOf(join(folder, 'dist'));
      expect([...rebuilt.keys()]).toEqual([...files.keys()]);
      for (const [name, text] of files) {
        expect({ name, same: rebuilt.get(name) === text }).toEqual({ name, same: true });
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  }, 60_000);
});

describe('the post step', () => {
  /** It runs where nothing of the bundle lies but its first file: whatever else it loads is missing. */
  function alone(state: Readonly<Record<string, string>>): { status: number | null; said: string } {
    const folder = mkdtempSync(join(tmpdir(), 'ci4-deploy-alone-'));
    try {
      cpSync(join(root, 'dist/index.cjs'), join(folder, 'index.cjs'));
      const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, 'index.cjs')], {
        env: state,
        encoding: 'utf8',
      });
      return { status, said: stdout + stderr };
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  const closed = { ...blank('a deploy'), closed: true };
  const journals = (...all: readonly Journal[]): string =>
    JSON.stringify(Object.fromEntries(all.map((one, at) => [`a@h${at}:22`, one])));

  test.each([
    ['after a main that saved nothing', {}],
    ['after a deploy that ended well', { STATE_journals: journals(closed) }],
    ['after two of them', { STATE_journals: journals(closed, closed), STATE_outcome: 'deployed' }],
  ])('loads nothing but its state %s', (_, state) => {
    expect(alone({ STATE_phase: 'main', ...state })).toEqual({ status: 0, said: '' });
  });

  test.each([
    ['main itself', {}],
    ['a deploy that was cut off', { STATE_journals: journals(closed, blank('another')) }],
    ['a state that cannot be read', { STATE_journals: '{"a@h:22":{}}' }],
  ])('goes on, or fails, for %s', (what, state) => {
    const phase = what === 'main itself' ? '' : 'main';
    expect(alone({ STATE_phase: phase, ...state }).status).toBe(1);
  });
});
