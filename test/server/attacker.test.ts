import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Site } from '../rig/kayart.ts';
import { chosenStrategy, placesOf } from '../rig/layouts.ts';
import { chosen } from '../rig/releases.ts';
import { run, type RunResult } from '../rig/runner.ts';
import { brokenController, nicolas } from './breakages.ts';
import { errorsOf, fresh, inputsFor, othersOf } from './situation.ts';
import { whenLogged } from './when-logged.ts';

const [release] = (await chosen()).slice(-1);
if (release === undefined) throw new Error('There is no CodeIgniter release at hand.');
const hasLocatorCache = release.version.localeCompare('4.5', 'en', { numeric: true }) >= 0;

// Somebody broke into the application and does what PHP-FPM's user may do. Of the deploy user's nothing may be read,
// written, deleted or run.
const home = '/home/nicolas';
const { path: root } = placesOf(chosenStrategy, '/var/www/kayart');

/** What the attacker does: a script, as the user of PHP-FPM, in the live tree. */
async function attacks(site: Site, script: string): Promise<string> {
  const asUser = { user: 'www-data', cwd: site.path };
  const { code, stdout, stderr } = await site.machine.exec(['sh', '-e', '-c', script], asUser);
  if (code !== 0) throw new Error(`${script}: ${stderr}`);
  return stdout;
}

/** Files of the deploy user with all the names that a deploy removes somewhere. */
async function furnish(site: Site): Promise<void> {
  const session = `ci_session${'a'.repeat(32)}`;
  await nicolas(
    site,
    `cd ${home}; mkdir -p sub/deep cache logs; for name in letter ${session} FileLocatorCache FactoriesCache_config sub/deep/letter; do echo canary-of-nicolas >$name; done
echo 'CRITICAL - 2026-01-01 00:00:00 --> canary-of-nicolas' >logs/log-9999-01-01.log; chmod -R go= ${home}`,
  );
}

/** All that is the deploy user's, but for the live tree, whose files git compares, and git's own. */
async function belongings(site: Site): Promise<string> {
  const listed = `find ${home} -printf '%y %m %U %G %p %l\\n' -type f -exec sha1sum {} + | sort; cd ${site.path}; git -c safe.directory='*' status --porcelain -- ':!writable'; ls -A`;
  return (await site.machine.exec(['sh', '-c', listed])).stdout;
}

async function deploys(
  site: Site,
  commit: string,
  inputs: Readonly<Record<string, string>> = {},
  onLine: (line: string) => void = () => undefined,
): Promise<RunResult> {
  return run({ inputs: { ...inputsFor(site), ...inputs }, context: { sha: commit }, onLine });
}

/** A deploy during which the attacker acts as soon as the log has this text. */
async function attacked(
  site: Site,
  text: string,
  script: string,
  inputs: Readonly<Record<string, string>> = {},
  commit = site.commits.next,
): Promise<RunResult> {
  const { onLine, reached } = whenLogged(text);
  const attack = reached.then(async () => attacks(site, script));
  const result = await deploys(site, commit, inputs, onLine);
  await attack;
  return result;
}

/** In the live tree, and in the release that is to go live. */
const trees = chosenStrategy === 'releases' ? '/var/www/kayart/releases/*' : root;
const swapped = (name: string, target: string): string =>
  `for tree in ${trees}; do cd $tree/writable; mv ${name} ${name}.away; ln -s ${target} ${name}; done`;
const forPages = { 'health-url': 'http://kayart.test/plain', 'clean-session-files': 'true' };

describe('a link in the place of a folder that is emptied', () => {
  test.each([
    ['the cache', 'cache', home],
    ['the cache', 'cache', `${root}/app`],
    ['the session folder', 'session', home],
    ['the logs', 'logs', `${home}/logs`],
  ])(
    '%s, writable/%s, leads to %s',
    async (_, name, target) => {
      await using server = await fresh(release);
      const { site } = server;
      await furnish(site);
      const before = await belongings(site);
      // As PHP-FPM's user sees it: the link leads to where it may not go, and the application does without.
      const inputs = { ...forPages, 'preserve-sessions': 'off' };
      const result = await attacked(site, 'Verify:', swapped(name, target), inputs);
      // Without its cache the application itself serves nothing: that is the attacker's doing, and reported.
      if (name === 'cache') expect(othersOf(result)).toContain('cache-not-cleared');
      else expect(errorsOf(result)).toEqual([]);
      expect(await belongings(site)).toBe(before);
      expect(result.leaks(['canary-of-nicolas'])).toEqual([]);
    },
    180_000,
  );

  test('it comes and goes all the time', async () => {
    await using server = await fresh(release);
    const { site } = server;
    await furnish(site);
    const before = await belongings(site);
    const swaps = `cd writable; for name in cache logs; do ( end=$(($(date +%s) + 12)); while [ $(date +%s) -lt $end ]; do
      mv -T $name $name.away; ln -s ${home} $name; rm $name; mv -T $name.away $name; done ) & done; wait`;
    const inputs = { ...forPages, 'preserve-sessions': 'off' };
    await attacked(site, 'Stage:', swaps, inputs);
    expect(await belongings(site)).toBe(before);
  }, 180_000);
});

test('a log that is a link to a file of the deploy user is not quoted', async () => {
  await using server = await fresh(release);
  const { site } = server;
  await furnish(site);
  const broken = await site.push({ 'app/Controllers/Home.php': brokenController }, 'Broken');
  const name = 'log-9999-01-01.log';
  const link = `cd writable/logs; ln -s ${home}/logs/${name} ${name}; touch -h -d '1 hour' ${name}`;
  const result = await attacked(site, 'Verify:', link, {}, broken);
  expect(errorsOf(result)).toContain('site-unhealthy');
  expect(result.leaks(['canary-of-nicolas'])).toEqual([]);
}, 180_000);

test('the journal, the release log and what lies beside them are closed to others', async () => {
  await using server = await fresh(release);
  const { site } = server;
  const state = `${site.gitDir}/ci4-deploy`;
  await nicolas(
    site,
    `mkdir -p ${state}; chmod 777 ${state}; echo '{}' >${state}/releases.jsonl; chmod 666 ${state}/releases.jsonl`,
  );
  const tries = ['lock/journal', 'lock/owner', 'lock/id', 'releases.jsonl', '.', 'lock']
    .map((name) => `(cat ${state}/${name} || ls ${state}/${name}/) 2>/dev/null || true`)
    .join('; ');
  const { onLine, reached } = whenLogged('Switch:');
  const seen = reached.then(async () => attacks(site, tries));
  await deploys(site, site.commits.next, {}, onLine);
  expect(await seen).toBe('');
}, 180_000);

describe('PHP in the caches of the framework', () => {
  let ran: string;
  let results: readonly RunResult[];

  // Each start of the framework with the locator cache on includes that file.
  beforeAll(async () => {
    await using server = await fresh(release);
    const { site } = server;
    if (hasLocatorCache) {
      await nicolas(
        site,
        `sed -i 's/locatorCacheEnabled = false/locatorCacheEnabled = true/' app/Config/Optimize.php
git -c user.name=N -c user.email=n@x commit -qm 'Cache the locations' app/Config/Optimize.php; git push -q origin HEAD:refs/heads/cached`,
      );
    }
    const bomb =
      '<?php file_put_contents("/tmp/ran-" . posix_geteuid() . "-" . getmypid(), ""); return [];';
    await attacks(
      site,
      `for name in FileLocatorCache FactoriesCache_config; do echo '${bomb}' >writable/cache/$name; done`,
    );
    const live = await site.head();
    const looks = { command: 'verify', branch: 'main' };
    results = [await deploys(site, live, looks)];
    const { stdout } = await site.machine.exec(['sh', '-c', 'ls /tmp | grep ^ran- || true']);
    const { stdout: id } = await site.machine.exec(['id', '-u', 'nicolas']);
    ran = stdout
      .split('\n')
      .filter((line) => line.startsWith(`ran-${id.trim()}-`))
      .join('\n');
  }, 180_000);

  test('does not run as the deploy user', () => {
    expect(ran).toBe('');
  });

  test('is warned of', () => {
    const warned = results.flatMap(othersOf).includes('locator-cache-writable');
    expect(warned).toBe(hasLocatorCache);
  });
});
