import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { openSource } from '../../src/checkout/source.ts';
import { bundleRef } from '../../src/steps/push/source.ts';
import { FakeSource } from '../fakes/source.ts';
import { content, sourceContract, type Subject } from './source.ts';

const [a, b, c] = ['a', 'b', 'c'].map((one) => one.repeat(40)) as [string, string, string];

sourceContract('a source in memory', (history) => ({
  source: new FakeSource(history === 'whole' ? { [a]: [], [b]: [a], [c]: [b] } : { [c]: [b] }),
  commits: [a, b, c],
  [Symbol.dispose]: () => undefined,
}));

function git(folder: string, ...args: string[]): string {
  return execFileSync('git', ['-C', folder, '-c', 'user.name=N', '-c', 'user.email=n@x', ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  }).trim();
}

interface RealSubject extends Subject {
  readonly folder: string;
}

function real(history: 'whole' | 'newest alone'): RealSubject {
  const root = mkdtempSync(join(tmpdir(), 'ci4-source-'));
  const whole = join(root, 'whole');
  mkdirSync(whole);
  git(whole, 'init', '-q', '-b', 'main');
  const commits = [1, 2, 3].map((at) => {
    writeFileSync(join(whole, 'file.txt'), randomBytes(2000).toString('base64'));
    git(whole, 'add', '-A');
    git(whole, 'commit', '-q', '-m', `Commit ${at}`);
    return git(whole, 'rev-parse', 'HEAD');
  }) as [string, string, string];
  const shallow = join(root, 'shallow');
  if (history !== 'whole') git(root, 'clone', '-q', '--depth', '1', `file://${whole}`, shallow);
  const folder = history === 'whole' ? whole : shallow;
  return {
    source: openSource(folder, ''),
    folder,
    commits,
    [Symbol.dispose]: () => {
      rmSync(root, { recursive: true });
    },
  };
}

sourceContract('the repository of a workspace', real);

test('git takes the very commit from a bundle, also one that is not checked out, and the workspace stays as it is', async () => {
  using subject = real('whole');
  const [first, second] = subject.commits;
  const before = [git(subject.folder, 'for-each-ref'), readdirSync(join(subject.folder, '.git'))];
  const beside = mkdtempSync(join(tmpdir(), 'ci4-server-'));
  try {
    await using bundle = await subject.source.bundle(second, []);
    const file = join(beside, 'file.bundle');
    writeFileSync(file, await content(bundle, 1000));
    git(beside, 'init', '-q', '--bare', '.');
    git(beside, 'fetch', '-q', file, bundleRef);
    expect(git(beside, 'rev-list', second).split('\n')).toEqual([second, first]);
  } finally {
    rmSync(beside, { recursive: true });
  }
  expect([git(subject.folder, 'for-each-ref'), readdirSync(join(subject.folder, '.git'))]).toEqual(
    before,
  );
});

test('a workspace without a repository', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ci4-none-'));
  try {
    await expect(openSource(folder, '').cutOff(a)).rejects.toMatchObject({
      fault: { kind: 'no checkout' },
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('what git cannot pack is said in its words, and nothing stays behind', async () => {
  using subject = real('whole');
  const [, , newest] = subject.commits;
  const tree = git(subject.folder, 'rev-parse', `${newest}^{tree}`);
  rmSync(join(subject.folder, '.git/objects', tree.slice(0, 2), tree.slice(2)));
  const before = readdirSync(tmpdir()).filter((name) => name.startsWith('ci4-deploy-'));
  await expect(subject.source.bundle(newest, [])).rejects.toMatchObject({
    fault: { kind: 'other', problem: expect.stringContaining(tree) },
  });
  const after = readdirSync(tmpdir()).filter((name) => name.startsWith('ci4-deploy-'));
  expect(after.filter((name) => !before.includes(name))).toEqual([]);
});
