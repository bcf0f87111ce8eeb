import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { openCheckout, type LocalCheckout } from '../../src/checkout/checkout.ts';
import { usualLimits } from '../../src/checkout/files.ts';
import type { Changes } from '../../src/static/judge/changes.ts';
import { pullRequest, Repository, type Deed, type Deeds } from '../static/repository.ts';

const folder = 'app/Database/Migrations';
const secret = 'what lies outside';

function opened(workspace: string, limits = usualLimits, directory = '.'): LocalCheckout {
  return openCheckout({ workspace, directory, merge: null, limits });
}

/** A checkout beside a file that is none of its business. */
function beside(files: Deeds): Repository & { readonly checkout: string } {
  const outer = new Repository();
  writeFileSync(join(outer.folder, 'secret'), secret);
  const checkout = join(outer.folder, 'checkout');
  mkdirSync(checkout);
  const repository = new Repository(checkout);
  repository.git('init', '-q', '-b', 'main');
  repository.commit(files);
  return Object.assign(outer, { checkout });
}

test.each([
  ['a link out of the checkout', '../secret', 'it is a link that leads out of the checkout'],
  ['a link with a whole path', '/etc/passwd', 'it is a link that leads out of the checkout'],
  ['a device that never ends', '/dev/zero', 'it is a link that leads out of the checkout'],
  ['what waits for the kernel', '/proc/kmsg', 'it is a link that leads out of the checkout'],
  [
    'the environment of the check',
    '/proc/self/environ',
    'it is a link that leads out of the checkout',
  ],
  ['the configuration of git, with its tokens', '.git/config', "it leads into git's own folder"],
  ['the same in other letters', '.GIT/config', "it leads into git's own folder"],
  ['itself', '.env', 'its links go round in a circle'],
  ['a way out and in again', '../checkout/spark', 'it is a link that leads out of the checkout'],
])('%s is not read, and that is said', async (_, link, why) => {
  using place = beside({ spark: 'x', '.env': { link } });
  const { tree } = opened(place.checkout);
  expect(await tree.read('.env')).toBeNull();
  expect(tree.leftOut).toEqual([{ file: '.env', why }]);
});

test('a folder on the way that leads out is not entered', async () => {
  using place = beside({
    spark: 'x',
    app: { link: '/etc' },
    [`modules/a/${folder}`]: { link: '/' },
  });
  const { tree } = opened(place.checkout);
  expect([await tree.read('app/hosts'), await tree.list(`modules/a/${folder}/`)]).toEqual([
    null,
    [],
  ]);
  expect(tree.leftOut.map(({ file }) => file)).toEqual(['app/hosts', `modules/a/${folder}`]);
});

test('an application that is a link out of the checkout is no folder of it', async () => {
  using place = beside({ spark: 'x', shop: { link: '..' } });
  const { tree, folder: real } = opened(place.checkout, usualLimits, 'shop');
  expect([real, await tree.read('secret')]).toEqual([null, null]);
});

test('pipes and devices are not opened', async () => {
  using place = beside({ spark: 'x' });
  execFileSync('mkfifo', [join(place.checkout, '.env')]);
  execFileSync('mkfifo', [join(place.checkout, 'pipe.php')]);
  const { tree } = opened(place.checkout);
  expect([await tree.read('.env'), await tree.list('')]).toEqual([null, ['/spark']]);
  expect(tree.leftOut.map(({ why }) => why)).toEqual([
    'it is no regular file',
    'it is no regular file',
    'it is no regular file',
  ]);
});

test('links within the checkout are followed, as PHP does: files, folders, and the folder itself', async () => {
  using place = beside({
    'hidden/one.php': 'one',
    'hidden/deep/two.php': 'two',
    [`${folder}/one.php`]: { link: '../../../hidden/one.php' },
    [`${folder}/more`]: { link: '../../../hidden/deep' },
    'modules/a': { link: '../hidden' },
  });
  const { tree } = opened(place.checkout);
  expect(await tree.list(`${folder}/`)).toEqual([`${folder}/more/two.php`, `${folder}/one.php`]);
  expect([await tree.read(`${folder}/one.php`), await tree.read(`${folder}/more/two.php`)]).toEqual(
    ['one', 'two'],
  );
  expect(await tree.list('modules/a/')).toEqual(['modules/a/deep/two.php', 'modules/a/one.php']);
  expect(tree.leftOut).toEqual([]);
});

test('a folder that leads back into itself ends', async () => {
  using place = beside({ [`${folder}/a/one.php`]: 'one', [`${folder}/a/b`]: { link: '../..' } });
  const { tree } = opened(place.checkout);
  expect(await tree.list(`${folder}/`)).toEqual([`${folder}/a/one.php`]);
  expect(tree.leftOut.map(({ why }) => why)).toContain('its links go round in a circle');
});

test('files, bytes, entries and depths have limits, and what is beyond them is said', async () => {
  using place = beside({
    'big.php': 'x'.repeat(2049),
    'a.php': 'a'.repeat(1500),
    'b.php': 'b'.repeat(1500),
    'many/1.php': '',
    'many/2.php': '',
    'many/3.php': '',
    'deep/a/b/c/d.php': '',
  });
  const limits = { file: 2048, all: 2048, entries: 6, depth: 3 };
  const { tree } = opened(place.checkout, limits);
  expect([await tree.read('big.php'), (await tree.read('a.php'))?.length]).toEqual([null, 1500]);
  expect(await tree.read('b.php')).toBeNull();
  expect(await tree.list('deep')).toEqual([]);
  expect(await tree.list('many')).toHaveLength(3);
  expect(await tree.list('many')).toEqual([]);
  expect(tree.leftOut).toEqual([
    { file: 'big.php', why: 'it is larger than 2 KiB' },
    { file: 'b.php', why: 'with it, all files read would be larger than 2 KiB' },
    { file: 'deep/a/b/c', why: 'more than 3 folders lie in each other there' },
    { file: 'many', why: 'more than 6 files and folders were found, and the others were left' },
  ]);
});

test('a file that becomes a link after it was looked at is not followed', async () => {
  using place = beside({ spark: 'x', 'a.php': 'a' });
  const { tree } = opened(place.checkout);
  expect(await tree.list('')).toContain('/a.php');
  rmSync(join(place.checkout, 'a.php'));
  symlinkSync('/etc/passwd', join(place.checkout, 'a.php'));
  expect(await tree.read('a.php')).toBeNull();
});

async function changesOf(base: Deeds, change: Deeds, directory = '.'): Promise<Changes> {
  using repository = pullRequest(base, change);
  const reported = await opened(repository.folder, usualLimits, directory).changesSince('main');
  if (typeof reported === 'string' || 'problem' in reported)
    throw new Error(JSON.stringify(reported));
  // The repository goes with this function: what is asked later is asked now.
  const texts = new Map<string, string | null>();
  for (const path of reported.files.keys()) texts.set(path, await reported.before(path));
  return { ...reported, before: async (path) => texts.get(path) ?? null };
}

test('what changes behind a link changes where the link shows it', async () => {
  const linked = {
    [folder]: { link: '../../store' },
    'store/old.php': 'old',
    'store/gone.php': 'gone',
  };
  const { files, basePaths, before } = await changesOf(linked, {
    'store/old.php': 'other',
    'store/gone.php': null,
    'store/new.php': 'new',
  });
  expect(Object.fromEntries(files)).toMatchObject({
    [`${folder}/old.php`]: 'modified',
    [`${folder}/gone.php`]: 'deleted',
    [`${folder}/new.php`]: 'added',
  });
  expect(basePaths.toSorted()).toEqual([`${folder}/gone.php`, `${folder}/old.php`]);
  expect(await before(`${folder}/old.php`)).toBe('old');
});

test('a link in place of a migration that shows another text is a change, one that shows the same is none', async () => {
  const base = { [`${folder}/a.php`]: 'a', [`${folder}/b.php`]: 'b' };
  const { files } = await changesOf(base, {
    'store/a.php': 'a',
    'store/b.php': 'other',
    [`${folder}/a.php`]: { link: '../../../store/a.php' },
    [`${folder}/b.php`]: { link: '../../../store/b.php' },
  });
  expect(files.get(`${folder}/a.php`)).toBeUndefined();
  expect(files.get(`${folder}/b.php`)).toBe('modified');
});

test('an application behind a link has the changes of where it lies', async () => {
  const base = { current: { link: 'releases/1' }, 'releases/1/spark': 'x' };
  const change = { [`releases/1/${folder}/a.php`]: 'a' };
  const { files } = await changesOf(base, change, 'current');
  expect([...files]).toEqual([[`${folder}/a.php`, 'added']]);
});

test('links that multiply end in a sentence', async () => {
  const multiply: Record<string, Deed> = {};
  for (let at = 0; at < 20; at += 1) {
    for (const name of ['a', 'b']) multiply[`${at}/${name}`] = { link: `../${at + 1}` };
  }
  using repository = pullRequest({ spark: 'x', '20/file': 'x' }, multiply);
  expect(await opened(repository.folder).changesSince('main')).toEqual({
    problem: 'its links show too many files',
  });
  const { tree } = opened(repository.folder);
  await tree.list('0');
  expect(tree.leftOut.length).toBeGreaterThan(0);
});
