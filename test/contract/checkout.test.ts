import { expect, test } from '@jest/globals';
import { openCheckout, type LocalCheckout } from '../../src/checkout/checkout.ts';
import type { Checkout } from '../../src/static/checkout.ts';
import type { Changes } from '../../src/static/judge/changes.ts';
import { checkoutOf } from '../fakes/checkout.ts';
import { pullRequest, Repository } from '../static/repository.ts';

const old = 'app/Database/Migrations/2026-01-01-000000_Old.php';
const gone = 'app/Database/Migrations/2026-01-02-000000_Gone.php';
const fresh = 'app/Database/Migrations/deep/2026-02-01-000000_é.php';
const base = { 'app/Config/App.php': '<?php', [old]: 'old', [gone]: 'gone', 'README.md': 'x' };
const change = { [old]: 'changed', [gone]: null, [fresh]: 'new' };
const now = { 'app/Config/App.php': '<?php', [old]: 'changed', [fresh]: 'new', 'README.md': 'x' };

function opened(workspace: string, directory = '.', merge: string | null = null): LocalCheckout {
  return openCheckout({ workspace, directory, merge });
}

async function changesOf(checkout: Checkout, name = 'main'): Promise<Changes> {
  const reported = await checkout.changesSince(name);
  if (typeof reported === 'string' || 'problem' in reported)
    throw new Error(JSON.stringify(reported));
  return reported;
}

async function keepsTheContract(checkout: Checkout): Promise<void> {
  const { files, basePaths, before, base: name } = await changesOf(checkout);
  expect(name).toBe('main');
  expect([...files].toSorted()).toEqual([
    [old, 'modified'],
    [gone, 'deleted'],
    [fresh, 'added'],
  ]);
  expect(basePaths.toSorted()).toEqual([old, gone]);
  expect([await before(old), await before(gone), await before(fresh)]).toEqual([
    'old',
    'gone',
    null,
  ]);
  const { tree } = checkout;
  expect([await tree.read(old), await tree.read(gone), await tree.read('app')]).toEqual([
    'changed',
    null,
    null,
  ]);
  expect((await tree.list('app/Database/Migrations/')).toSorted()).toEqual([old, fresh]);
  expect(await tree.list('nowhere/')).toEqual([]);
}

test('in memory', async () => {
  await keepsTheContract(checkoutOf(now, base));
});

test.each([
  ['everything fetched', 0],
  ['fetch-depth: 2, by the first parent of the merge', 2],
])('a pull request with %s', async (_, depth) => {
  using repository = pullRequest(base, change, depth);
  const merge = repository.git('rev-parse', 'HEAD').trim();
  await keepsTheContract(opened(repository.folder, '.', merge));
});

test('a checkout of depth 1 cannot tell', async () => {
  using repository = pullRequest(base, change, 1);
  expect(await opened(repository.folder).changesSince('main')).toBe('not fetched');
});

test('a merge that is not the one that GitHub made says nothing about the base', async () => {
  using repository = pullRequest(base, change, 2);
  expect(await opened(repository.folder).changesSince('main')).toBe('not fetched');
});

test('an application in a subfolder sees only what is its own', async () => {
  const below = (files: Readonly<Record<string, string | null>>): Record<string, string> =>
    Object.fromEntries(
      Object.entries(files).map(([path, text]) => [`sites/shop/${path}`, text]),
    ) as Record<string, string>;
  using repository = pullRequest(
    { ...below(base), 'other.txt': 'x' },
    { ...below(change), 'other.txt': 'y' },
  );
  await keepsTheContract(opened(repository.folder, 'sites/shop'));
});

test('a commit as the base', async () => {
  using repository = new Repository();
  repository.git('init', '-q', '-b', 'main');
  const first = repository.commit({ [old]: 'old' });
  repository.commit({ [fresh]: 'new' });
  expect([...(await changesOf(opened(repository.folder), first)).files]).toEqual([
    [fresh, 'added'],
  ]);
  expect([...(await changesOf(opened(repository.folder), 'main')).files]).toEqual([]);
});

test('no repository at all', async () => {
  using folder = new Repository();
  const reported = await opened(folder.folder).changesSince('main');
  expect(reported).toEqual({ problem: expect.stringMatching(/not a git repository/) as unknown });
});
