import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openWorkspace } from '../../src/checkout/pack.ts';
import { NotPacked } from '../../src/plan/workspace.ts';
import { madeBack, swapMade } from '../../src/release/in-place/made.ts';
import {
  endOwn,
  isTracked,
  makeOwn,
  missingIn,
  ownCommand,
  putBack,
} from '../../src/release/own.ts';
import { receivedIn, receivePart, unpackReceived } from '../../src/release/received.ts';
import type { Command } from '../../src/server/command.ts';

// The real shell, git and tar, without a server: the commands are run here as they stand.
let root: string;
let live: string;
let stage: string;
let state: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ci4-deploy-own-'));
  [live, stage, state] = [join(root, 'live'), join(root, 'stage'), join(root, 'state')];
  mkdirSync(join(state, 'lock'), { recursive: true });
  write('live/app/Config/App.php', '<?php');
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function write(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

function read(file: string): string | null {
  return existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : null;
}

function inode(file: string): number {
  return statSync(join(root, file)).ino;
}

function ran({ program, args, cwd = root, stdin, bytes, env }: Command): {
  status: number | null;
  stdout: string;
  stderr: string;
} {
  const { PATH } = process.env;
  return spawnSync(program, args, {
    ...{ cwd, input: stdin ?? bytes ?? '', encoding: 'utf8' },
    env: { PATH, LC_ALL: 'C.UTF-8', ...env },
  });
}

function run(command: Command): string {
  const { status, stdout, stderr } = ran(command);
  if (status !== 0) throw new Error(`${command.args.join(' ')}: ${stderr}`);
  return stdout;
}

describe('what was made', () => {
  const made = ['public/build', 'public/manifest.json', 'public/new'];

  beforeEach(() => {
    write('live/public/build/app.js', 'old');
    write('live/public/manifest.json', 'old');
    for (const file of ['build/app.js', 'manifest.json', 'new/a.txt'])
      write(`stage/public/${file}`, 'new');
  });

  test('goes live, and the rollback brings the very same ones; each may run twice', () => {
    const before = [inode('live/public/build'), inode('live/public/manifest.json')];
    run(swapMade(live, stage, state, made));
    run(swapMade(live, stage, state, made));
    expect(made.map((path) => inode(`live/${path}`))).not.toEqual(before);
    expect([read('live/public/build/app.js'), read('live/public/new/a.txt')]).toEqual([
      'new',
      'new',
    ]);
    run(madeBack(live, stage, state, made));
    run(madeBack(live, stage, state, made));
    expect([inode('live/public/build'), inode('live/public/manifest.json')]).toEqual(before);
    expect(read('live/public/new/a.txt')).toBeNull();
    expect(existsSync(join(state, 'made.before'))).toBe(false);
  });

  test('what was not swapped is left alone', () => {
    const before = inode('live/public/build');
    run(madeBack(live, stage, state, made));
    expect(inode('live/public/build')).toBe(before);
    expect(read('stage/public/build/app.js')).toBe('new');
  });

  // Each is where a swap may have ended: what mv(1) did before.
  test.each([
    ['before anything was moved', ''],
    ['between two renames', 'mv -T live/public/build state/made.before/1'],
    [
      'after the exchange',
      'mv -T live/public/build x; mv -T stage/public/build live/public/build; mv -T x stage/public/build',
    ],
    [
      'at its end',
      'mv -T live/public/build state/made.before/1; mv -T stage/public/build live/public/build',
    ],
  ])('it ends %s: the previous one is live', (_, script) => {
    const before = inode('live/public/build');
    const mark = 'mkdir state/made.before; stat -c %i stage/public/build >state/made.before/1.new';
    execFileSync('sh', ['-e', '-c', `${mark}; ${script}`], { cwd: root });
    run(madeBack(live, stage, state, made));
    expect([inode('live/public/build'), read('live/public/build/app.js')]).toEqual([before, 'old']);
  });
});

describe('the stage of commands', () => {
  beforeEach(() => {
    write('stage/tracked.txt', 'commit');
    execFileSync(
      'sh',
      [
        '-e',
        '-c',
        'git init -q; git add tracked.txt; git -c user.name=N -c user.email=n@x commit -qm one',
      ],
      { cwd: stage },
    );
    write('live/vendor/autoload.php', 'vendor');
    write('live/local.php', 'local');
    write('live/public/assets/logo.svg', 'logo');
    write('live/public/assets/build/app.js', 'old');
    mkdirSync(join(stage, 'public'));
    symlinkSync(join(live, 'public/assets'), join(stage, 'public/assets'));
    execFileSync(
      'sh',
      ['-e', '-c', 'cp -al live/vendor stage/vendor; ln live/local.php stage/local.php'],
      { cwd: root },
    );
  });

  test('what is written there reaches no live file, neither by a hard link nor by a link of a folder', () => {
    run(makeOwn(live, stage, state, ['public/assets/build'], true));
    expect(existsSync(join(stage, 'public/assets/build'))).toBe(false);
    write('stage/public/assets/build/app.js', 'new');
    for (const file of ['vendor/autoload.php', 'local.php'])
      writeFileSync(join(stage, file), 'new');
    expect([
      read('live/public/assets/build/app.js'),
      read('live/vendor/autoload.php'),
      read('live/local.php'),
    ]).toEqual(['old', 'vendor', 'local']);
    expect(read('stage/public/assets/logo.svg')).toBe('logo');
  });

  test('a path of git is refused, and files of git are put back', () => {
    const { status, stdout } = ran(makeOwn(live, stage, state, ['public', 'tracked.txt'], true));
    expect([status, stdout.trim()]).toEqual([isTracked, 'tracked.txt']);
    writeFileSync(join(stage, 'tracked.txt'), 'changed');
    expect(run(putBack(stage, state, ['--', '.']))).toBe('tracked.txt\0');
    expect(read('stage/tracked.txt')).toBe('commit');
    expect(run(missingIn(stage, ['tracked.txt', 'public/build']))).toBe('public/build\n');
  });
});

test('a command has the modes of the live tree, and what it started is ended, also in a session of its own', async () => {
  chmodSync(join(live, 'app/Config/App.php'), 0o644);
  const command = ownCommand({
    line: 'umask; setsid sleep 600 & sleep 600',
    cwd: root,
    live,
    limit: 60,
    name: 'id/in-stage/1',
  });
  const { PATH } = process.env;
  const child = spawn(command.program, command.args, {
    cwd: root,
    env: { PATH, CI4_DEPLOY: 'id', ...command.env },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  expect(said.toString()).toBe('0022\n');
  const left = (): string =>
    spawnSync(
      'sh',
      ['-c', 'grep -lsz "^CI4_DEPLOY_COMMAND=id/in-stage/1/" /proc/[0-9]*/environ | wc -l'],
      { encoding: 'utf8' },
    ).stdout.trim();
  expect(Number(left())).toBeGreaterThan(1);
  run(endOwn('id/in-stage/10'));
  expect(Number(left())).toBeGreaterThan(1);
  run(endOwn('id'));
  expect(left()).toBe('0');
});

describe('files of the workspace', () => {
  test('come whole and as readable as the live tree, or not at all', async () => {
    chmodSync(join(live, 'app/Config/App.php'), 0o644);
    mkdirSync(stage);
    write('work/public/build/app.js', 'x'.repeat(100_000));
    for (const [path, mode] of [
      ['build', 0o700],
      ['build/app.js', 0o600],
    ] as const)
      chmodSync(join(root, 'work/public', path), mode);
    await using packed = await openWorkspace(join(root, 'work'), '').pack(['public/build']);
    const paths = ['public/build'];
    const sent = { sum: packed.sum, paths };
    const half = Math.floor(packed.bytes / 2);
    run(receivePart('the files', receivedIn(state, 'files.tgz'), 0, await packed.read(0, half)));
    expect(() => run(unpackReceived(live, stage, state, sent))).toThrow('is not what was sent');
    expect(read('stage/public/build/app.js')).toBeNull();
    // A part that is sent again stands where it should.
    for (const from of [half, half])
      run(
        receivePart(
          'the files',
          receivedIn(state, 'files.tgz'),
          from,
          await packed.read(from, packed.bytes),
        ),
      );
    run(unpackReceived(live, stage, state, sent));
    expect(read('stage/public/build/app.js')).toBe('x'.repeat(100_000));
    const modes = ['build', 'build/app.js'].map(
      (one) => statSync(join(stage, 'public', one)).mode & 0o777,
    );
    expect(modes).toEqual([0o755, 0o644]);
  });

  test('what is not there is named', async () => {
    const packing = openWorkspace(root, 'live').pack(['app', 'public/build']);
    await expect(packing).rejects.toThrow(NotPacked);
    await expect(packing).rejects.toMatchObject({ missing: ['public/build'] });
  });
});
