import { describe, expect, test } from '@jest/globals';
import { installGitLfs, removeGitLfs } from '../rig/git-lfs.ts';
import type { Strategy } from '../rig/layouts.ts';
import { chosen, type Release } from '../rig/releases.ts';
import { brokenController, nicolas, root } from './breakages.ts';
import { checkedOut } from './checkout.ts';
import { both } from './going-back.ts';
import { served, withLarge } from './large-file.ts';
import { regularVisitor } from './regular-visitor.ts';
import { deploy, ended, fresh, remedyOf, snapshot } from './situation.ts';
import { start } from './start.ts';

const objects = '/srv/git/kayart.git/lfs/objects';

async function lives(release: Release, strategy: Strategy): Promise<void> {
  await using server = await fresh(release, { strategy });
  const { site } = server;
  const anna = await regularVisitor(site, 'anna');
  await installGitLfs(site.machine);
  const first = await withLarge(site, 'a');

  await removeGitLfs(site.machine);
  const before = await snapshot(site);
  const refused = await deploy(site, { commit: first });
  expect(ended(refused)).toEqual(['refused', ['lfs-missing']]);
  expect(await snapshot(site)).toEqual(before);

  // The lines as they stand, with another way to install.
  await installGitLfs(site.machine);
  const lines = remedyOf(refused, 'lfs-missing').split('\n');
  expect(lines[0]).toBe('sudo apt-get install -y git-lfs');
  await nicolas(site, `cd ~; ${lines.slice(1).join('\n')}`);
  expect(ended(await deploy(site, { commit: first }))).toEqual(['deployed', []]);
  expect([await served(site), await anna.noticed()]).toEqual(['100000 a', null]);

  const was = await snapshot(site);
  const broken = `printf '%s' "${brokenController.replaceAll(/[$"\\]/g, '\\$&')}" >app/Controllers/Home.php`;
  const second = await withLarge(site, 'b', broken);
  expect(ended(await deploy(site, { commit: second }))).toEqual([
    'rolled-back',
    ['site-unhealthy'],
  ]);
  expect([await snapshot(site), await served(site)]).toEqual([was, '100000 a']);

  expect(await anna.noticed()).toBeNull();
}

/** Nobody has sent the file, and a push does not bring it. */
async function refuses(release: Release): Promise<void> {
  await using server = await fresh(release, { strategy: 'in-place' });
  const { site } = server;
  await installGitLfs(site.machine);
  await nicolas(site, 'git lfs install --local --skip-repo');
  const commit = await withLarge(site, 'a');
  await root(site, `rm -r ${objects}; install -d -o nicolas ${objects}`);
  const before = await snapshot(site);
  using workspace = await checkedOut(site);
  const context = { sha: commit, workspace: workspace.folder };
  const fetched = await deploy(site, { commit });
  const pushed = await start(site, '7', commit, { source: 'push' }, { context });
  for (const result of [fetched, pushed])
    expect(ended(result)).toEqual(['refused', ['lfs-not-fetched']]);
  expect(fetched.outputs['findings']).toMatch(/Git LFS said: .*missing object/);
  expect(pushed.outputs['findings']).toContain('A push does not bring them.');
  expect(await snapshot(site)).toEqual(before);
}

describe.each(await both())('files in Git LFS on CodeIgniter %s, %s', (_, strategy, release) => {
  test('they go live with their commit and back with it', async () => {
    await lives(release, strategy);
  }, 240_000);
});

describe.each((await chosen()).map((release) => [release.version, release] as const))(
  'files in Git LFS that are nowhere, on CodeIgniter %s',
  (_, release) => {
    test('are refused before anything is touched', async () => {
      await refuses(release);
    }, 240_000);
  },
);
