import { describe, expect, test } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { patient } from '../rig/continuity.ts';
import type { Site } from '../rig/kayart.ts';
import { chosen, type Release } from '../rig/releases.ts';
import { run, type RunResult } from '../rig/runner.ts';
import { visitors } from '../rig/visitors.ts';
import type { WebServer } from '../rig/web-servers.ts';
import { nicolas, root } from './breakages.ts';
import { byHand } from './pasting.ts';
import { regularVisitor } from './regular-visitor.ts';
import { deploy, errorsOf, fresh, inputsFor, remedyOf, snapshot } from './situation.ts';

const strategy = 'in-place';
const base = '/var/www/kayart-releases';
const command = { command: 'adopt' };
const onReleases = { path: base, strategy: 'releases' };

/** The place for the releases, whose parent belongs to root. */
async function withPlace(site: Site): Promise<RunResult> {
  const refused = await deploy(site, { inputs: command });
  expect([refused.outputs['outcome'], errorsOf(refused)]).toEqual(['failed', ['adopt-place']]);
  await root(site, remedyOf(refused, 'adopt-place').replaceAll('sudo ', ''));
  return deploy(site, { inputs: command });
}

async function inBase(site: Site, script: string): Promise<readonly string[]> {
  const { code, stdout, stderr } = await site.machine.exec(['sh', '-e', '-c', script], {
    user: site.machine.user,
    cwd: base,
  });
  if (code !== 0) throw new Error(`${script}: ${stderr}`);
  return stdout.split('\n').filter((line) => line !== '');
}

async function served(site: Site): Promise<string> {
  const { stdout } = await site.machine.exec([
    'sh',
    '-c',
    "grep -RhsE '^ *(root|DocumentRoot) ' /etc/nginx/sites-enabled /etc/apache2/sites-enabled",
  ]);
  return stdout.trim();
}

/** Settles when the repository is there, and the releases are not complete. */
async function halfMade(site: Site): Promise<void> {
  const { machine } = site;
  for (let left = 600; left > 0; left -= 1) {
    const { code } = await machine.exec(['test', '-e', `${base}/repo/ci4-deploy`]);
    if (code === 0) return;
    await pause(50);
  }
  throw new Error('The release directories were not begun.');
}

/** Adopted under load, the printed lines pasted, and two more deploys after it. */
async function adopted(release: Release, web: WebServer): Promise<void> {
  await using server = await fresh(release, { strategy, web });
  const { site } = server;
  if (web !== 'apache-mod-php') await patient(site);
  await nicolas(site, 'mkdir -p public/up; echo photo >public/up/one.txt');
  const crowd = visitors(site.url, 6, 200);
  await crowd.arrived;
  const before = await snapshot(site);
  const result = await withPlace(site);
  expect([result.outputs['outcome'], errorsOf(result)]).toEqual(['passed', []]);
  // Nothing of the live site is another one, and it is still the one that is served. Beside it lies where its releases are.
  const beside = { files: [], left: 'adopted' };
  expect({ ...(await snapshot(site)), files: [] }).toEqual({ ...before, ...beside });
  expect(await served(site)).toContain('/var/www/kayart/public');
  await root(site, remedyOf(result, 'adopt-web-server').replaceAll('sudo ', ''));
  expect(await served(site)).toContain(`${base}/current/public`);
  expect((await site.get('/up/one.txt')).body.trim()).toBe('photo');
  // The previous workflow would deploy to files that nobody visits.
  const inPlace = await deploy(site);
  expect(errorsOf(inPlace)).toEqual(['adopted-elsewhere']);
  expect(remedyOf(inPlace, 'adopted-elsewhere')).toContain(`path: ${base}`);
  const inputs = { ...onReleases, shared: 'public/up', 'preserve-sessions': 'auto' };
  expect(result.outputs['findings']).toContain('shared: public/up');
  if (web === 'apache-mod-php') {
    await root(site, "echo 'nicolas ALL=(www-data) NOPASSWD: /usr/bin/php' >/etc/sudoers.d/sess");
  }
  const next = await deploy(site, { inputs });
  expect([next.outputs['outcome'], errorsOf(next)]).toEqual(['deployed', []]);
  const commit = await site.push({ 'app/Views/note.php': 'a note' }, 'A note');
  const last = await deploy(site, { commit, inputs });
  expect([last.outputs['outcome'], errorsOf(last)]).toEqual(['deployed', []]);
  await pause(1000);
  const { requests, failed, loggedOut, lost, failures } = await crowd.stop();
  expect({ failed, loggedOut, lost, failures }).toEqual({
    ...{ failed: 0, loggedOut: 0, lost: 0 },
    failures: [],
  });
  expect(requests).toBeGreaterThan(100);
  expect((await site.get('/up/one.txt')).body.trim()).toBe('photo');
  expect(await inBase(site, 'git -C current rev-parse HEAD')).toEqual([commit]);
  // The deploys before are known, and the web server serves the releases: there is nothing left to adopt.
  const again = await deploy(site, { inputs: command });
  expect([again.outputs['outcome'], errorsOf(again)]).toEqual(['passed', []]);
  expect(await inBase(site, 'git -C current rev-parse HEAD')).toEqual([commit]);
}

describe.each(await chosen())('adopt, CodeIgniter $version', (release: Release) => {
  test.each<WebServer>(['nginx', 'apache', 'apache-mod-php'])(
    'with %s: no request fails, nobody is logged out, before and after the printed lines',
    async (web) => adopted(release, web),
    600_000,
  );

  test('it is undone by its lines, and can be made again after another deploy in place', async () => {
    await using server = await fresh(release, { strategy });
    const { site } = server;
    const anna = await regularVisitor(site, 'anna');
    expect((await withPlace(site)).outputs['outcome']).toBe('passed');
    expect((await deploy(site)).outputs['outcome']).toBe('deployed');
    const again = await deploy(site, { inputs: command });
    expect([again.outputs['outcome'], errorsOf(again)]).toEqual(['passed', []]);
    expect(await inBase(site, 'git -C current rev-parse HEAD')).toEqual([site.commits.next]);
    expect(await inBase(site, 'grep -c deployed repo/ci4-deploy/releases.jsonl')).toEqual(['1']);
    const before = await snapshot(site);
    await inBase(site, 'rm -rf current releases shared repo');
    expect(await snapshot(site)).toEqual(before);
    expect(await anna.noticed()).toBeNull();
  }, 300_000);

  test('PHP-FPM may not read the place: it fails, and what was made is removed', async () => {
    await using server = await fresh(release, { strategy });
    const { site } = server;
    const pool = `/etc/php/${site.machine.phpVersion}/fpm/pool.d/www.conf`;
    await root(
      site,
      `echo 'php_admin_value[open_basedir] = /var/www/kayart:/tmp' >>${pool}; systemctl restart ${site.machine.fpmService}; install -d -o nicolas -g www-data ${base}`,
    );
    const before = await snapshot(site);
    const result = await deploy(site, { inputs: command });
    expect([result.outputs['outcome'], errorsOf(result)]).toEqual(['failed', ['adopt-not-served']]);
    expect(await snapshot(site)).toEqual(before);
    const { stdout } = await site.machine.exec(['sh', '-c', `ls -A ${base} 2>/dev/null; true`]);
    expect(stdout).toBe('');
  }, 180_000);

  test('what was made cannot be removed: the printed lines do it, once that is repaired', async () => {
    await using server = await fresh(release, { strategy });
    const { site } = server;
    const anna = await regularVisitor(site, 'anna');
    const pool = `/etc/php/${site.machine.phpVersion}/fpm/pool.d/www.conf`;
    const closed = 'php_admin_value[open_basedir]';
    await root(
      site,
      `echo '${closed} = /var/www/kayart:/tmp' >>${pool}; systemctl restart ${site.machine.fpmService}; install -d -o nicolas -g www-data ${base}`,
    );
    const half = halfMade(site).then(async () =>
      root(site, `mkdir ${base}/repo/of-root; touch ${base}/repo/of-root/file`),
    );
    const stranded = await deploy(site, { inputs: command });
    await half;
    expect([stranded.outputs['outcome'], errorsOf(stranded)]).toEqual([
      'stranded',
      expect.arrayContaining(['adopt-not-served', 'stranded-adopt']),
    ]);
    await root(
      site,
      `rm -r ${base}/repo/of-root; sed -i '/open_basedir/d' ${pool}; systemctl reload ${site.machine.fpmService}`,
    );
    await byHand(site, stranded, 'stranded-adopt');
    expect(await inBase(site, 'ls -A')).toEqual([]);
    expect(await anna.noticed()).toBeNull();
  }, 180_000);

  test('its runner is lost in the middle: the site is served as before, and it runs again', async () => {
    await using server = await fresh(release, { strategy });
    const { site } = server;
    const anna = await regularVisitor(site, 'anna');
    await root(site, `install -d -o nicolas -g www-data ${base}`);
    // Making the links takes long enough for a runner to be lost meanwhile.
    const slow = '/usr/local/bin/ln';
    await site.machine.writeFile(slow, '#!/bin/sh\nsleep 2\nexec /usr/bin/ln "$@"\n');
    await root(site, `chmod 755 ${slow}`);
    const half = halfMade(site);
    await run({
      inputs: { ...inputsFor(site), ...command },
      context: { sha: site.commits.next, run_id: '1' },
      cancelAfter: half,
      patience: { interrupt: 0, terminate: 0 },
      andPost: false,
    });
    await root(site, `rm ${slow}`);
    expect(await inBase(site, '[ -e current ] || ls')).not.toEqual([]);
    await nicolas(site, `touch -d '10 minutes ago' ${site.gitDir}/ci4-deploy/lock/heartbeat`);
    const result = await deploy(site, { inputs: { ...command, 'lock-wait': '2m' } });
    expect([result.outputs['outcome'], errorsOf(result)]).toEqual(['passed', []]);
    expect(await inBase(site, 'git -C current rev-parse HEAD')).toEqual([site.commits.live]);
    expect(await anna.noticed()).toBeNull();
  }, 240_000);
});
