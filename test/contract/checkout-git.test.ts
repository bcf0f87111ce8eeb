import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { openCheckout } from '../../src/checkout/checkout.ts';
import type { Changes } from '../../src/static/judge/changes.ts';
import { forgedRepository, inFolder } from '../static/forged.ts';
import { pullRequest, Repository, type Deeds } from '../static/repository.ts';

const shop = 'sites/shop';
const migration = 'app/Database/Migrations/2026-02-01-000000_A.php';
const base: Deeds = { [`${shop}/spark`]: 'x', 'README.md': 'x' };

async function changesIn(folder: string, directory = shop): Promise<Changes> {
  const reported = await openCheckout({ workspace: folder, directory, merge: null }).changesSince(
    'main',
  );
  if (typeof reported === 'string' || 'problem' in reported)
    throw new Error(JSON.stringify(reported));
  return reported;
}

test('a folder that a pull request makes look like a repository is none', async () => {
  using outside = new Repository();
  const canary = join(outside.folder, 'ran');
  const forged = forgedRepository({ spark: 'x', [migration]: 'new' }, `touch ${canary}`);
  using repository = pullRequest(base, inFolder(shop, { [migration]: 'new', ...forged }));
  // What it would do: without being bound, git believes it and runs what it names.
  const cwd = join(repository.folder, shop);
  const unbound = execFileSync(
    'git',
    ['-c', 'safe.directory=*', 'diff', '--name-only', 'origin/main'],
    {
      cwd,
      encoding: 'utf8',
    },
  );
  expect([unbound.includes(migration), existsSync(canary)]).toEqual([false, true]);
  execFileSync('rm', [canary]);

  const { files } = await changesIn(repository.folder);
  expect(files.get(migration)).toBe('added');
  expect(existsSync(canary)).toBe(false);
});

test('nothing that the configuration of the checkout, of its user or its environment names is run', async () => {
  using outside = new Repository();
  const canary = join(outside.folder, 'ran');
  const program = join(outside.folder, 'program');
  writeFileSync(program, `#!/bin/sh\ntouch '${canary}'\ncat\n`);
  chmodSync(program, 0o755);
  const change = { [migration]: 'new', '.gitattributes': '* filter=any diff=any\n' };
  using repository = pullRequest(base, inFolder(shop, change));
  mkdirSync(join(outside.folder, 'hooks'));
  for (const hook of ['post-index-change', 'fsmonitor-watchman', 'reference-transaction'])
    writeFileSync(join(outside.folder, 'hooks', hook), readFileSync(program), { mode: 0o755 });
  const configuration = `
[core]
	fsmonitor = ${program}
	pager = ${program}
	hooksPath = ${outside.folder}/hooks
[diff]
	external = ${program}
[pager]
	diff = ${program}
	config = ${program}
[diff "any"]
	command = ${program}
	textconv = ${program}
[filter "any"]
	clean = ${program}
	smudge = ${program}
	required = true
`;
  appendFileSync(join(repository.folder, '.git/config'), configuration);
  writeFileSync(join(outside.folder, '.gitconfig'), configuration);
  // git looks into a file again whose times have changed.
  writeFileSync(join(repository.folder, shop, 'spark'), 'x');
  writeFileSync(join(repository.folder, shop, migration), 'newer');
  const given = {
    ...{ HOME: outside.folder, GIT_EXTERNAL_DIFF: program, GIT_DIR: outside.folder },
    ...{ GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'core.fsmonitor', GIT_CONFIG_VALUE_0: program },
  };
  const before = { ...process.env };
  Object.assign(process.env, given);
  try {
    const { files, before: text } = await changesIn(repository.folder);
    expect([...files].toSorted()).toEqual([
      ['.gitattributes', 'added'],
      [migration, 'added'],
    ]);
    expect(await text('spark')).toBe('x');
  } finally {
    for (const name of Object.keys(given)) Reflect.deleteProperty(process.env, name);
    Object.assign(process.env, before);
  }
  expect(existsSync(canary)).toBe(false);
});

test('a checkout that belongs to somebody else, as in a container, is read all the same', async () => {
  using repository = pullRequest(base, inFolder(shop, { [migration]: 'new' }));
  execFileSync('chown', ['-R', '12345:12345', repository.folder]);
  expect((await changesIn(repository.folder)).files.get(migration)).toBe('added');
});

test('git writes nothing into the repository', async () => {
  using repository = pullRequest(base, inFolder(shop, { [migration]: 'new' }));
  writeFileSync(join(repository.folder, shop, 'spark'), 'x');
  const index = (): string =>
    execFileSync('sh', ['-c', 'find .git -type f | sort | xargs sha1sum'], {
      cwd: repository.folder,
      encoding: 'utf8',
    });
  const before = index();
  await changesIn(repository.folder);
  expect(index()).toBe(before);
});

test('a checkout in a folder of the workspace is found there', async () => {
  using workspace = new Repository();
  using repository = pullRequest(base, inFolder(shop, { [migration]: 'new' }));
  execFileSync('cp', ['-a', repository.folder, join(workspace.folder, 'code')]);
  const { files } = await changesIn(workspace.folder, `code/${shop}`);
  expect(files.get(migration)).toBe('added');
});

test('an application in a submodule cannot be compared, and that is said', async () => {
  using inner = new Repository();
  inner.git('init', '-q', '-b', 'main');
  inner.commit({ spark: 'x', [migration]: 'new' });
  using repository = new Repository();
  repository.git('init', '-q', '-b', 'main');
  repository.git('submodule', '--quiet', 'add', inner.folder, shop);
  repository.commit({});
  const checkout = openCheckout({ workspace: repository.folder, directory: shop, merge: null });
  expect(await checkout.changesSince('main')).toEqual({
    problem: 'sites/shop is a submodule, whose changes are in another repository',
  });
});

test('a submodule with migrations that gets another commit is a change', async () => {
  using inner = new Repository();
  inner.git('init', '-q', '-b', 'main');
  inner.commit({ spark: 'x' });
  using repository = new Repository();
  repository.git('init', '-q', '-b', 'main');
  repository.git('submodule', '--quiet', 'add', inner.folder, 'modules/shop');
  const first = repository.commit({ spark: 'x' });
  const module = new Repository(join(repository.folder, 'modules/shop'));
  module.commit({ [migration]: 'new' });
  repository.commit({});
  const checkout = openCheckout({ workspace: repository.folder, directory: '.', merge: null });
  const reported = await checkout.changesSince(first);
  expect(reported).toMatchObject({ files: new Map([['modules/shop', 'modified']]) });
});
