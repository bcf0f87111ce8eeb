import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { parseCheck } from '../../../src/config/check-config.ts';

interface Step {
  readonly id?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
}

const read = (file: string): Action => parse(readFileSync(file, 'utf8')) as Action;
const composite = read('check/action.yml');
const action = parse(readFileSync('action.yml', 'utf8')) as Pick<Action, 'inputs'>;
const { steps } = composite.runs;
const handed = Object.entries(steps.find(({ id }) => id === 'check')?.env ?? {})
  .filter(([name]) => name !== 'INPUT_COMMAND')
  .map(([name, value]) => [name.replace('INPUT_', '').toLowerCase(), value] as const);

test('pins what it uses, and lets no text of an input into a shell', () => {
  const used = steps.flatMap(({ uses }) => uses ?? []);
  expect(used).not.toEqual([]);
  expect(used.filter((uses) => !/@[0-9a-f]{40}$/.test(uses))).toEqual([]);
  expect(steps.filter(({ run }) => run?.includes('${{') === true)).toEqual([]);
});

test('hands on every input under its own name, with the default it has there', () => {
  const own = ['servers', 'php-version'];
  const names = Object.keys(composite.inputs).filter((name) => !own.includes(name));
  expect(handed.map(([name]) => name).toSorted()).toEqual(names.toSorted());
  for (const [name, value] of handed) {
    expect(value).toContain(`\${{ inputs.${name} }}`);
    expect(action.inputs).toHaveProperty([name]);
    expect(composite.inputs[name]?.default ?? '').toBe(action.inputs[name]?.default ?? '');
  }
});

describe('servers.sh, with programs that only write down how they were called', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ci4-deploy-servers-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  function program(name: string, text: string): void {
    const file = join(folder, name);
    writeFileSync(file, `#!/bin/sh\necho "${name} $*" >> "${folder}/calls"\n${text}\n`);
    chmodSync(file, 0o755);
  }

  function servers(
    word: string,
    list: string,
  ): { status: number | null; out: string; urls: string; started: string } {
    const output = join(folder, 'output');
    writeFileSync(output, '');
    const { PATH = '' } = process.env;
    const env = {
      PATH: `${folder}:${PATH}`,
      RUNNER_TEMP: folder,
      GITHUB_OUTPUT: output,
      ...(word === 'start' ? { SERVERS: list } : { STARTED: list }),
    };
    const ended = spawnSync('check/servers.sh', [word], { env, encoding: 'utf8' });
    const text = readFileSync(output, 'utf8');
    const [, urls = ''] = /^urls<<(?:.*)\n([\s\S]*)\nci4-deploy-urls\n/.exec(text) ?? [];
    const [, started = ''] = /^started=(.*)$/m.exec(text) ?? [];
    return { status: ended.status, out: ended.stdout + ended.stderr, urls, started };
  }

  test('starts what is named, masks each password, and hands out addresses that a check takes', () => {
    program('sudo', '');
    program('mysql', 'cat > /dev/null');
    program('docker', 'case "$1" in run) echo abc;; port) echo 127.0.0.1:49153;; esac');
    const { status, out, urls, started } = servers('start', 'mysql, mariadb:11.8');
    expect({ status, out }).toMatchObject({ status: 0 });
    const { trial } = parseCheck(
      new Map([
        ['command', 'check'],
        ['databases', urls],
      ]),
      '',
    );
    const given = trial?.databases ?? [];
    expect(
      given.map(({ address: { host, port }, database }) => `${host}:${port}/${database}`),
    ).toEqual(['127.0.0.1:3306/ci4_check', '127.0.0.1:49153/ci4_check']);
    for (const { password } of given) expect(out).toContain(`::add-mask::${password.reveal()}`);
    expect(started).toBe('mysql abc');
    expect(servers('stop', started).status).toBe(0);
    const calls = readFileSync(join(folder, 'calls'), 'utf8');
    for (const { password } of given) expect(calls).not.toContain(password.reveal());
    expect(calls).toContain('sudo systemctl start mysql');
    expect(calls).toMatch(/docker run .* mariadb:11\.8\n/);
    expect(calls).toContain('docker rm --force abc');
    expect(calls).toMatch(/mysql .*DROP DATABASE ci4_check/);
  });

  test('a runner without MySQL is reported what to name instead', () => {
    program('sudo', 'exit 5');
    const { status, out } = servers('start', 'mysql');
    expect(status).toBe(1);
    expect(out).toContain('::error title=ci4-deploy: servers::');
    expect(out).toContain('mysql:8.4');
  });

  test('where nothing was started nothing is removed, whatever a file of the runner says', () => {
    program('docker', '');
    writeFileSync(join(folder, 'ci4-deploy-servers'), 'abc\n');
    expect(servers('stop', '').status).toBe(0);
    expect(servers('stop', '--all x;touch').status).toBe(0);
    expect(existsSync(join(folder, 'calls'))).toBe(false);
  });

  test('what had started before another one failed can be removed', () => {
    program('sudo', 'exit 5');
    program('docker', 'case "$1" in run) echo abc;; port) echo 127.0.0.1:49153;; esac');
    const { status, started } = servers('start', 'mariadb:11.8, mysql');
    expect([status, started]).toEqual([1, 'abc']);
  });
});
