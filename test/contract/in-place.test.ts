import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { inPlace } from '../../src/release/in-place/in-place.ts';
import type { Change, Strategy } from '../../src/release/strategy.ts';
import type { Command } from '../../src/server/command.ts';

// The real git and the real shell, without a server: what the strategy says is run here as it stands.
let root: string;
let path: string;
let stateDir: string;
let release: Strategy;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ci4-deploy-in-place-'));
  path = join(root, 'site');
  stateDir = join(path, '.git', 'ci4-deploy');
  mkdirSync(path);
  sh('git init -q -b main . && git config user.name N && git config user.email n@x');
  release = inPlace({ path, stateDir });
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function sh(script: string): string {
  return run({ program: 'sh', args: ['-e', '-c', script], cwd: path });
}

function run({ program, args, cwd = root, stdin = '' }: Command): string {
  const ended = spawnSync(program, args, { cwd, input: stdin, encoding: 'utf8' });
  if (ended.status !== 0) throw new Error(`${program} ${args.join(' ')}: ${ended.stderr}`);
  return ended.stdout.trim();
}

/** A commit with exactly these files; `null` takes one out of git and leaves it where it is. */
function commit(files: Readonly<Record<string, string | null>>): string {
  for (const [name, text] of Object.entries(files)) {
    if (text === null) sh(`git rm -q --cached '${name}'`);
    else {
      mkdirSync(dirname(join(path, name)), { recursive: true });
      writeFileSync(join(path, name), text);
      sh(`git add -f '${name}'`);
    }
  }
  sh('git commit -q -m one --allow-empty');
  return sh('git rev-parse HEAD');
}

/** Every file with its inode, mode and sum, what git says of the tree, and what is left of us. */
function state(): readonly string[] {
  const files = sh(
    "find . -path ./.git -prune -o \\( -type d -printf '- %m %p\\n' -o -printf '%i %m %p\\n' \\) | sort -k3; find . -path ./.git -prune -o -type f -exec sha1sum {} + | sort",
  );
  const git = sh(
    'git rev-parse HEAD; git symbolic-ref HEAD; git status --porcelain; git ls-files -s',
  );
  const left = sh(`ls ${stateDir} 2>/dev/null || true`);
  return [files, git, left].flatMap((text) => text.split('\n'));
}

function change(previous: string, target: string): Change {
  const writable = join(path, 'writable');
  return { previous, commit: target, dependencies: false, writable, backwards: true };
}

function perform(commands: readonly Command[]): void {
  for (const one of commands) run(one);
}

function prepare(to: Change): void {
  mkdirSync(join(stateDir, 'lock'), { recursive: true });
  perform(release.prepare(to));
}

function tidyUp(): void {
  perform([...Object.values(release.prune())]);
  rmSync(join(stateDir, 'lock'), { recursive: true });
}

const base = { 'app/Config/App.php': 'app', '.gitignore': 'uploads/\n.env\n' };

/** Two commits that differ in everything, and the newer one checked out. */
function two(): readonly [string, string] {
  const older = commit({ ...base, changed: 'old', 'deep/gone.php': 'old only' });
  sh('git rm -q -r deep');
  return [older, commit({ changed: 'new', 'other/added.php': 'new only' })];
}

describe('going back to an older commit', () => {
  test('the tree is that of the commit, on the same branch, and nothing is left', () => {
    const [older, newer] = two();
    prepare(change(newer, older));
    perform(release.activate(change(newer, older)));
    tidyUp();
    expect(sh('git rev-parse main')).toBe(older);
    expect(sh('git symbolic-ref --short HEAD; git status --porcelain')).toBe('main');
    expect(sh('cat changed deep/gone.php; ls')).toBe('oldold onlyapp\nchanged\ndeep');
    expect(sh(`ls ${stateDir}`)).toBe('');
  });

  test('the newer commit goes live again after that by a fast-forward', () => {
    const [older, newer] = two();
    for (const [from, to] of [
      [newer, older],
      [older, newer],
    ] as const) {
      prepare(change(from, to));
      perform(release.activate({ ...change(from, to), backwards: from === newer }));
      tidyUp();
    }
    expect(sh('git rev-parse main; git status --porcelain; ls')).toBe(
      `${newer}\napp\nchanged\nother`,
    );
  });

  test('undone, the newer commit is live again, the very same files', () => {
    const [older, newer] = two();
    const before = state();
    prepare(change(newer, older));
    perform(release.activate(change(newer, older)));
    expect(sh('git rev-parse HEAD')).toBe(older);
    perform(release.revert(change(newer, older)));
    tidyUp();
    expect(state()).toEqual(before);
  });

  test('undone where git had to do it alone (files that inherit their group)', () => {
    const [older, newer] = two();
    sh('chgrp 12345 . && chmod g+s . && chgrp 12345 app');
    const before = state();
    prepare(change(newer, older));
    perform(release.activate(change(newer, older)));
    expect(sh('git rev-parse HEAD; cat changed')).toBe(`${older}\nold`);
    perform(release.revert(change(newer, older)));
    tidyUp();
    const contents = (all: readonly string[]): readonly string[] =>
      all.map((line) => line.replace(/^(-|\d+) \d+ \./, '.'));
    expect(contents(state())).toEqual(contents(before));
  });

  test('a deploy that does not follow is refused without that word', () => {
    const [older, newer] = two();
    prepare(change(newer, older));
    const forward = { ...change(newer, older), backwards: false };
    expect(() => {
      perform(release.activate(forward));
    }).toThrow();
    expect(sh('cat changed')).toBe('new');
  });
});

describe('a file that the newer commit took out of git, and that stayed', () => {
  const files = { 'uploads/a.txt': 'of a visitor', 'uploads/b c.txt': 'of another' };

  function stayed(): readonly [string, string] {
    const older = commit({ ...base, ...files, changed: 'old' });
    return [older, commit({ 'uploads/a.txt': null, 'uploads/b c.txt': null, changed: 'new' })];
  }

  test('belongs to git again, and is the same file', () => {
    const [older, newer] = stayed();
    const inode = sh('stat -c %i uploads/a.txt');
    prepare(change(newer, older));
    perform(release.activate(change(newer, older)));
    tidyUp();
    expect(sh('git status --porcelain; git rev-parse HEAD; git ls-files uploads')).toBe(
      `${older}\nuploads/a.txt\nuploads/b c.txt`,
    );
    expect(sh('stat -c %i uploads/a.txt')).toBe(inode);
  });

  test('stays where it is when that is undone', () => {
    const [older, newer] = stayed();
    const before = state();
    prepare(change(newer, older));
    perform(release.activate(change(newer, older)));
    perform(release.revert(change(newer, older)));
    tidyUp();
    expect(state()).toEqual(before);
    expect(readFileSync(join(path, 'uploads/a.txt'), 'utf8')).toBe('of a visitor');
  });

  test('stays where it is when the change is undone half-way', () => {
    const [older, newer] = stayed();
    const before = state();
    prepare(change(newer, older));
    const [move] = release.activate(change(newer, older));
    if (move === undefined) throw new Error('there is no move');
    // Everything but the last line, which moves the branch.
    const [flag = '', text = '', ...values] = move.args;
    run({ ...move, args: [flag, text.replace(/\nover "\$2" "\$5"$/, ''), ...values] });
    expect(sh('git rev-parse HEAD; cat changed')).toBe(`${newer}\nold`);
    perform(release.revert(change(newer, older)));
    tidyUp();
    expect(state()).toEqual(before);
  });
});
