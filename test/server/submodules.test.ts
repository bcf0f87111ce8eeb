import { describe, expect, test } from '@jest/globals';
import type { Site } from '../rig/kayart.ts';
import { chosen, type Release } from '../rig/releases.ts';
import { run, type RunResult } from '../rig/runner.ts';
import { brokenController, commitByHand, nicolas } from './breakages.ts';
import { regularVisitor } from './regular-visitor.ts';
import { deploy, ended, fresh, inputsFor, snapshot } from './situation.ts';

const home = 'app/Controllers/Home.php';
const git = 'git -c user.name=N -c user.email=n@x -c protocol.file.allow=always';

/** A library with a submodule of its own, and that in the repository of the site. Answers the commit. */
async function withLibrary(site: Site): Promise<string> {
  await nicolas(
    site,
    `git config --global protocol.file.allow always
for one in deep lib; do git init -q --bare -b main /srv/git/$one.git; git init -q -b main /tmp/$one; git -C /tmp/$one remote add origin /srv/git/$one.git; done
cd /tmp/deep; echo deep >deep.txt; git add -A; ${git} commit -qm Deep; git push -q origin main
cd /tmp/lib; echo 1 >version.txt; ${git} submodule --quiet add ../deep.git deep; git add -A; ${git} commit -qm One; git push -q origin main`,
  );
  return commitByHand(site, `${git} submodule --quiet add ../lib.git public/lib`);
}

/** The next version of the library, and the repository of the site with it. */
async function nextVersion(site: Site, version: number, more = 'true'): Promise<string> {
  await nicolas(
    site,
    `cd /tmp/lib; echo ${version} >version.txt; ${git} commit -qam ${version}; git push -q origin main`,
  );
  return commitByHand(
    site,
    `${git} submodule --quiet update --init; git -C public/lib fetch -q; git -C public/lib checkout -q origin/main; git add public/lib; ${more}`,
  );
}

async function versions(site: Site): Promise<readonly string[]> {
  const pages = ['/lib/version.txt', '/lib/deep/deep.txt'].map(async (page) => site.get(page));
  return (await Promise.all(pages)).map(({ body }) => body.trim());
}

async function killedAt(site: Site, commit: string, line: string): Promise<RunResult> {
  let reach: () => void = () => undefined;
  const reached = new Promise<void>((resolve) => (reach = resolve));
  return run({
    inputs: inputsFor(site),
    context: { sha: commit },
    onLine: (one) => {
      if (one.includes(line)) reach();
    },
    cancelAfter: reached,
    patience: { interrupt: 0, terminate: 0 },
  });
}

async function lives(release: Release, strategy: 'in-place' | 'releases'): Promise<void> {
  await using server = await fresh(release, { strategy });
  const { site } = server;
  const anna = await regularVisitor(site, 'anna');
  const first = await withLibrary(site);
  expect(ended(await deploy(site, { commit: first }))).toEqual(['deployed', []]);
  expect([await versions(site), await anna.noticed()]).toEqual([['1', 'deep'], null]);

  const broken = await nextVersion(
    site,
    2,
    `printf '%s' "${brokenController.replaceAll(/[$"\\]/g, '\\$&')}" >${home}; git add ${home}`,
  );
  const before = await snapshot(site);
  expect(ended(await deploy(site, { commit: broken }))).toEqual([
    'rolled-back',
    ['site-unhealthy'],
  ]);
  expect([await snapshot(site), await versions(site)]).toEqual([before, ['1', 'deep']]);
  for (const line of ['Stage:', 'Confirm:']) {
    await killedAt(site, broken, line);
    expect([await snapshot(site), await versions(site)]).toEqual([before, ['1', 'deep']]);
  }

  const second = await nextVersion(site, 3, `git checkout -q ${first} -- ${home}`);
  expect(ended(await deploy(site, { commit: second }))).toEqual(['deployed', []]);
  expect([await versions(site), await anna.noticed()]).toEqual([['3', 'deep'], null]);

  const fourth = await nextVersion(site, 4);
  await nicolas(site, 'mv /srv/git/lib.git /srv/git/away.git');
  const was = await snapshot(site);
  const refused = await deploy(site, { commit: fourth });
  expect(ended(refused)).toEqual(['refused', ['submodules']]);
  expect(await snapshot(site)).toEqual(was);
  // What stays is not fetched, nor what was fetched before.
  expect(ended(await deploy(site, { inputs: { command: 'rollback', to: first } }))).toEqual([
    'deployed',
    [],
  ]);
  expect([await versions(site), await anna.noticed()]).toEqual([['1', 'deep'], null]);
}

describe.each((await chosen()).map((release) => [release.version, release] as const))(
  'submodules on CodeIgniter %s',
  (_, release) => {
    test.each(['in-place', 'releases'] as const)(
      '%s: they go live with the commit, and back with it',
      async (strategy) => {
        await lives(release, strategy);
      },
      500_000,
    );
  },
);
