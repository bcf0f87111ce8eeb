import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { chosen } from '../rig/releases.ts';
import type { Site } from '../rig/kayart.ts';
import { run } from '../rig/runner.ts';
import { fresh, inputsFor } from './situation.ts';

const program = fileURLToPath(new URL('../../dist/index.cjs', import.meta.url));
const [release] = (await chosen()).slice(-1);
if (release === undefined) throw new Error('There is no CodeIgniter release at hand.');

const escape = '\u001b';

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A computer with a key and the server among its known hosts, and nothing of a runner. */
class Computer implements Disposable {
  readonly home = mkdtempSync(join(tmpdir(), 'ci4-deploy-home-'));
  readonly #at: readonly string[];

  constructor({ machine, path }: Site) {
    mkdirSync(join(this.home, '.ssh'));
    writeFileSync(join(this.home, '.ssh/known_hosts'), `${machine.knownHostsLine}\n`);
    writeFileSync(join(this.home, '.ssh/id'), machine.privateKey, { mode: 0o600 });
    const login = ['--host', `${machine.user}@${machine.address}`, '--ssh-key-file', '~/.ssh/id'];
    this.#at = [...login, '--path', path];
  }

  /** Standard output and standard error are pipes. */
  typed(...words: readonly string[]): Ended {
    return spawnSync(process.execPath, [program, ...words, ...this.#at], this.#here());
  }

  /** On a terminal: both streams come as one, with what repaints it. */
  onTerminal(...words: readonly string[]): Ended {
    const line = [process.execPath, program, ...words, ...this.#at].map((one) => `'${one}'`);
    return spawnSync('script', ['-qec', line.join(' '), '/dev/null'], this.#here());
  }

  /** Ctrl-C, once the program says that line on standard error. */
  async interrupted(when: string, ...words: readonly string[]): Promise<Ended> {
    const child = spawn(process.execPath, [program, ...words, ...this.#at], this.#here());
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      if (!stderr.includes(when) && (stderr + text).includes(when)) child.kill('SIGINT');
      stderr += text;
    });
    const [status] = (await once(child, 'close')) as [number | null];
    return { status, stdout, stderr };
  }

  #here(): { cwd: string; encoding: 'utf8'; env: NodeJS.ProcessEnv } {
    const env = { PATH: process.env['PATH'], HOME: this.home };
    return { cwd: this.home, encoding: 'utf8', env };
  }

  [Symbol.dispose](): void {
    rmSync(this.home, { recursive: true });
  }
}

test('from a computer, without any variable of a runner: each command says what was asked for', async () => {
  await using server = await fresh(release);
  const { site, machine } = server;
  using computer = new Computer(site);
  const branch = ['--branch', 'main'];
  const next = ['--commit', site.commits.next, ...branch];
  const all: Ended[] = [];
  const typed = (...words: readonly string[]): Ended => {
    const ended = computer.typed(...words);
    all.push(ended);
    return ended;
  };

  const looked = typed('doctor', ...branch);
  expect([looked.stdout, looked.status]).toEqual([expect.stringMatching(/^✓ Ready: /), 0]);

  // In a folder that is no clone there is no commit to be found.
  const nowhere = typed('deploy');
  expect(nowhere.status).toBe(1);
  expect(nowhere.stdout).toContain('Stand in a clone of the repository, or give --commit.');
  expect(nowhere.stdout).not.toMatch(/workflow|secrets\./);

  const planned = typed('plan', ...next);
  expect([planned.stdout, planned.status]).toEqual([
    expect.stringMatching(
      /^✓ A deploy would bring 1 commit, \d files, 1 migration\nNothing was changed on the server\.\n\nWhat visitors would notice\n {2}A deploy would move 2 sessions .*\n[^]*\nCommits that would go live\n {2}[0-9a-f]{7} /,
    ),
    0,
  ]);
  expect(await site.head()).toBe(site.commits.live);

  const deployed = typed('deploy', ...next);
  expect([deployed.stdout, deployed.status]).toEqual([
    expect.stringMatching(
      /^✓ Deployed, and every step was proved\nCommit [0-9a-f]{10} is live and answers 200\./,
    ),
    0,
  ]);
  expect(await site.head()).toBe(site.commits.next);
  expect(deployed.stderr).toContain('Switch: the live tree to the new commit\n  Commit ');
  expect(deployed.stderr).not.toMatch(/exit status|^\$ /m);

  const listed = typed('releases', ...branch);
  expect([listed.stdout, listed.status]).toEqual([
    expect.stringMatching(
      /^✓ The server knows of 1 deploy\n.*\n\n\d{4}-\d\d-\d\d \d\d:\d\d UTC {2}deployed .* LIVE\n/,
    ),
    0,
  ]);

  const verified = typed('verify', '--debug');
  expect([verified.stdout, verified.status]).toEqual([
    expect.stringMatching(/^✓ Everything that was checked is right\n/),
    0,
  ]);
  expect(verified.stderr).toMatch(/^\$ .*\n│ /m);

  const back = computer.onTerminal('rollback', ...branch);
  const shown = back.stdout.replaceAll(escape, 'ESC');
  expect([shown, back.status]).toEqual([
    expect.stringMatching(/ESC\[32m✓ Went back to commit [0-9a-f]{10}/),
    0,
  ]);
  // The line that says what is going on is removed before each that stays.
  expect(shown).toMatch(/\rESC\[2KESC\[2m\w.* \(\d+ s\)ESC\[0m\rESC\[2K/);
  expect(await site.head()).toBe(site.commits.live);

  // The runner's word for step debug.
  const debugged = await run({
    inputs: { ...inputsFor(site), command: 'verify' },
    env: { RUNNER_DEBUG: '1' },
  });
  expect([debugged.exitCode, debugged.shown.join('\n')]).toEqual([
    0,
    expect.stringMatching(/^▸ Inspect: .*\n(?: .*\n)* {2}\$ .*\n {2}│ /m),
  ]);
  const everything = [...all, back].map(({ stdout, stderr }) => stdout + stderr).join();
  expect(everything).not.toContain(machine.privateKey.split('\n')[1]);
}, 300_000);

test('what is refused is red, once, with the lines to paste, and what waits comes after it', async () => {
  await using server = await fresh(release);
  const { site, machine } = server;
  using computer = new Computer(site);
  const edit = `echo '// edit' >> ${site.path}/app/Config/App.php`;
  await machine.exec(['sh', '-c', edit], { user: machine.user });
  const { status, stdout, stderr } = computer.typed(
    ...['deploy', '--commit', site.commits.next, '--branch', 'main'],
  );
  expect(status).toBe(1);
  expect(stdout).toMatch(
    /^✗ Refused: Tracked files were changed on the server: .*\nNothing was changed/,
  );
  expect(stdout.match(/dirty-tree: /g)).toHaveLength(1);
  expect(stdout).toMatch(/ {2}✗ Inspect +\d+\.\d s {2}.* Stopped by dirty-tree\.\n {2}↩ Lock /);
  expect(stdout).toMatch(/\nRefused, nothing was changed\. 1 thing to fix.*\n$/);
  expect(stderr).not.toContain('dirty-tree');
}, 240_000);

test('Ctrl-C rolls back what had begun, and says so', async () => {
  await using server = await fresh(release);
  const { site } = server;
  using computer = new Computer(site);
  const next = ['deploy', '--commit', site.commits.next, '--branch', 'main'];
  const { status, stdout, stderr } = await computer.interrupted('\nVerify: ', ...next);
  expect(status).toBe(1);
  expect(stdout).toMatch(/^✗ Cancelled.*\nThe previous commit [0-9a-f]{10} is live/);
  expect(stdout).toContain('The migration that ran was rolled back.');
  expect(stderr).toContain('Rolling back: Migrate: ');
  expect(await site.head()).toBe(site.commits.live);
  expect(computer.typed(...next)).toMatchObject({ status: 0 });
}, 240_000);
