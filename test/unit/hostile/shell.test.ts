import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { command, quote, shell, type Command, type Output } from '../../../src/server/command.ts';
import { readRound, script } from '../../../src/server/ssh/script.ts';
import { hostile } from './values.ts';

let folder = '';
const mark = 'mark-0123456789abcdef';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ci4-deploy-hostile-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

// No argument of a program can hold a zero byte; inputs with one are refused before anything is asked.
const argument = hostile.map((text) => text.replaceAll('\0', ''));

function ran(
  commands: readonly Command[],
  login: Readonly<Record<string, string>> = {},
): readonly Output[] {
  const text = script(commands, 'every', mark, 60, 'id');
  const { stdout, stderr } = spawnSync('sh', ['-s'], {
    input: text,
    env: { ...process.env, ...login },
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  const outputs = readRound(stdout, stderr, mark, commands.length, 'every');
  if (outputs === null) throw new Error(`the round did not end: ${stderr}`);
  return outputs;
}

function nothingHappened(known: readonly string[] = []): void {
  expect(existsSync(join(folder, 'OWNED'))).toBe(false);
  expect(readdirSync(folder).map((name) => join(folder, name))).toEqual(known);
}

test('a value comes through a round as it is: as argument, as input, in the environment, in shell text', () => {
  fc.assert(
    fc.property(argument, hostile, (value, stdin) => {
      const [args, input, environment, words] = ran([
        command('printf', ['%s', value]),
        command('cat', [], { stdin }),
        command('sh', ['-c', 'printf %s "$ODD"'], { env: { ODD: value } }),
        shell('printf %s "$1$2"', [value, value]),
      ]);
      expect(args?.stdout).toBe(value);
      // Bytes that are no UTF-8 cannot be text on our side either.
      expect(input?.stdout).toBe(Buffer.from(stdin).toString());
      expect(environment?.stdout).toBe(value);
      expect(words?.stdout).toBe(value + value);
      nothingHappened();
    }),
    { numRuns: 400 },
  );
}, 120_000);

test('what survives a lost connection comes through as well', () => {
  fc.assert(
    fc.property(argument, (value) => {
      const [reported] = ran([{ ...command('printf', ['%s', value]), survives: true }]);
      expect(reported?.stdout).toBe(value);
      nothingHappened();
    }),
    { numRuns: 150 },
  );
}, 120_000);

test('a directory of any name is entered, or is not there', () => {
  fc.assert(
    fc.property(
      argument.filter((one) => one !== ''),
      (value) => {
        const [reported] = ran([command('pwd', [], { cwd: `/nowhere/${value}` })]);
        expect(reported?.exit).not.toEqual({ code: 0 });
        nothingHappened();
      },
    ),
    { numRuns: 150 },
  );
}, 120_000);

test('a quoted word is one word, the same', () => {
  fc.assert(
    fc.property(fc.array(argument, { minLength: 1, maxLength: 20 }), (values) => {
      const text = `for one in ${values.map(quote).join(' ')}; do printf '%s\\037' "$one"; done`;
      const reported = execFileSync('sh', ['-c', text], { cwd: folder, encoding: 'utf8' });
      expect(reported).toBe(values.map((value) => `${value}\x1f`).join(''));
    }),
    { numRuns: 200 },
  );
  nothingHappened();
}, 120_000);

test('a megabyte comes through', () => {
  const large = "it's $(touch OWNED)\n".repeat(52_429);
  const [reported] = ran([command('cat', [], { stdin: large })]);
  expect(reported?.stdout).toBe(large);
  nothingHappened();
});

test('git of a round works on the clone it is started in, and runs nothing that its settings name', () => {
  const [clone, other] = ['clone', 'other'].map((name) => join(folder, name)) as [string, string];
  const canary = join(folder, 'OWNED');
  try {
    for (const at of [clone, other]) execFileSync('git', ['init', '-q', at]);
    execFileSync('git', ['-C', clone, 'config', 'core.fsmonitor', `touch ${canary}; false`]);
    const login = {
      ...{
        GIT_DIR: join(other, '.git'),
        GIT_WORK_TREE: other,
        GIT_INDEX_FILE: join(other, 'index'),
      },
      ...{ GIT_CONFIG_PARAMETERS: `'core.fsmonitor=touch ${canary}; false'` },
    };
    const outputs = ran(
      [
        command('git', ['rev-parse', '--show-toplevel', '--absolute-git-dir'], { cwd: clone }),
        command('git', ['status', '--porcelain'], { cwd: clone }),
      ],
      login,
    );
    expect(outputs.map(({ stdout }) => stdout)).toEqual([`${clone}\n${clone}/.git\n`, '']);
    nothingHappened([clone, other]);
  } finally {
    for (const at of [clone, other]) rmSync(at, { recursive: true, force: true });
  }
});
