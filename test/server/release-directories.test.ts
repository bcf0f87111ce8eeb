import { describe, expect, test } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { patient } from '../rig/continuity.ts';
import type { Site } from '../rig/kayart.ts';
import { chosen, type Release } from '../rig/releases.ts';
import { run } from '../rig/runner.ts';
import { visitors } from '../rig/visitors.ts';
import { brokenController, nicolas, root } from './breakages.ts';
import { regularVisitor } from './regular-visitor.ts';
import { deploy, errorsOf, fresh, inputsFor, remedyOf, snapshot } from './situation.ts';

const home = 'app/Controllers/Home.php';
const strategy = 'releases';

async function lines(site: Site, script: string): Promise<readonly string[]> {
  const { code, stdout, stderr } = await site.machine.exec(['sh', '-e', '-c', script], {
    user: site.machine.user,
    cwd: site.base,
  });
  if (code !== 0) throw new Error(`${script}: ${stderr}`);
  return stdout.split('\n').filter((line) => line !== '');
}

async function live(site: Site): Promise<string> {
  const [target = ''] = await lines(site, 'readlink current');
  return target;
}

async function source(site: Site, file: string): Promise<string> {
  const { stdout } = await site.machine.exec(['cat', `${site.path}/${file}`]);
  return stdout;
}

/** Two files of one commit that a page holds beside each other. */
async function twins(site: Site, at: number): Promise<string> {
  const twin = `<?php\n\nnamespace App\\Controllers;\n\nclass Twin extends \\CodeIgniter\\Controller\n{\n    public function index()\n    {\n        usleep(30000);\n\n        return '${at} ' . \\App\\Other::AT;\n    }\n}\n`;
  const routes = await source(site, 'app/Config/Routes.php');
  const route = "$routes->get('twin', 'Twin::index');";
  return site.push(
    {
      'app/Controllers/Twin.php': twin,
      'app/Other.php': `<?php\n\nnamespace App;\n\nclass Other\n{\n    public const AT = ${at};\n}\n`,
      'app/Config/Routes.php': routes.includes(route) ? routes : `${routes}\n${route}\n`,
    },
    `Twins ${at}`,
  );
}

/** Asks for both again and again, and collects what is not one commit's. */
function pairs(site: Site): { stop(): Promise<{ seen: number; mixed: readonly string[] }> } {
  let over = false;
  let seen = 0;
  const mixed: string[] = [];
  const ask = async (): Promise<void> => {
    while (!over) {
      await pause(20);
      const { status, body } = await site.get('/twin');
      const [one, other] = body.trim().split(' ');
      if (status === 404) continue;
      seen += 1;
      if (status !== 200 || one !== other) mixed.push(`${status} ${body.slice(0, 60)}`);
    }
  };
  const asking = [ask(), ask(), ask()];
  return {
    stop: async () => {
      over = true;
      await Promise.all(asking);
      return { seen, mixed };
    },
  };
}

describe.each(await chosen())('release directories, CodeIgniter $version', (release: Release) => {
  test('ten deploys under load: no request fails, nobody is logged out, no page is of two commits', async () => {
    await using server = await fresh(release, { strategy });
    const { site } = server;
    await patient(site);
    const crowd = visitors(site.url, 12, 250);
    await crowd.arrived;
    const asked = pairs(site);
    const first = await deploy(site, { inputs: { keep: '3' } });
    expect(errorsOf(first)).toEqual([]);
    for (let at = 2; at <= 10; at += 1) {
      const commit = await twins(site, at);
      const result = await deploy(site, { commit, inputs: { keep: '3' } });
      expect([at, result.outputs['outcome'], errorsOf(result)]).toEqual([at, 'deployed', []]);
      expect((await site.get('/twin')).body.trim()).toBe(`${at} ${at}`);
    }
    await pause(1000);
    const { seen, mixed } = await asked.stop();
    const { requests, failed, loggedOut, lost, failures } = await crowd.stop();
    expect({ failed, loggedOut, lost, failures, mixed }).toEqual({
      ...{ failed: 0, loggedOut: 0, lost: 0 },
      ...{ failures: [], mixed: [] },
    });
    expect([requests > 500, seen > 50]).toEqual([true, true]);
    // The first one was made by hand, so no deploy of ours removes it.
    expect(await lines(site, 'ls releases | grep -c .; ls releases | grep -c first')).toEqual([
      '4',
      '1',
    ]);
  }, 600_000);

  test('unhealthy: the link leads back to the very same release, and the new one is gone', async () => {
    await using server = await fresh(release, { strategy });
    const { site } = server;
    expect((await deploy(site)).outputs['outcome']).toBe('deployed');
    const anna = await regularVisitor(site, 'anna');
    const [was, before] = [await live(site), await snapshot(site)];
    const commit = await site.push({ [home]: brokenController }, 'Throw at home');
    const result = await deploy(site, { commit });
    expect([result.outputs['outcome'], errorsOf(result)]).toEqual([
      'rolled-back',
      ['site-unhealthy'],
    ]);
    expect([await live(site), await snapshot(site)]).toEqual([was, before]);
    expect(await anna.noticed()).toBeNull();
  }, 180_000);

  test('refused: nothing is left of it', async () => {
    await using server = await fresh(release, { strategy });
    const { site } = server;
    const before = await snapshot(site);
    const commit = await site.push({ 'app/Controllers/Broken.php': '<?php\nclass {\n' }, 'Break');
    const result = await deploy(site, { commit });
    expect([result.outputs['outcome'], errorsOf(result)]).toEqual(['refused', ['syntax-error']]);
    expect(await snapshot(site)).toEqual(before);
  }, 180_000);

  test.each(['Migrate:', 'Switch:', 'Confirm:'])(
    'its runner is lost at %s: the next deploy finishes it, and its release is no good one',
    async (at) => {
      await using server = await fresh(release, { strategy });
      const { site } = server;
      const anna = await regularVisitor(site, 'anna');
      let reach: () => void = () => undefined;
      const reached = new Promise<void>((resolve) => (reach = resolve));
      await run({
        inputs: inputsFor(site),
        context: { sha: site.commits.next, run_id: '1' },
        onLine: (line) => {
          if (line.includes(at)) reach();
        },
        cancelAfter: reached,
        patience: { interrupt: 0, terminate: 0 },
        andPost: false,
      });
      await nicolas(site, `touch -d '10 minutes ago' ${site.gitDir}/ci4-deploy/lock/heartbeat`);
      const { next } = site.commits;
      const result = await deploy(site, { commit: next, inputs: { 'lock-wait': '2m' } });
      expect([result.outputs['outcome'], errorsOf(result)]).toEqual(['deployed', []]);
      expect(result.outputs['findings']).toContain('unfinished-deploy');
      expect(await site.head()).toBe(next);
      expect(await lines(site, 'ls releases | grep -vc first')).toEqual(['1']);
      expect(await anna.noticed()).toBeNull();
    },
    240_000,
  );

  test('a directory at current is refused', async () => {
    await using server = await fresh(release, { strategy });
    const { site } = server;
    await nicolas(site, `cd ${site.base}; cp -aL current there; rm current; mv there current`);
    const result = await deploy(site);
    expect([result.outputs['outcome'], errorsOf(result)]).toEqual([
      'refused',
      ['current-not-a-link'],
    ]);
    expect(await lines(site, '[ ! -L current ] && ls releases')).toEqual(['first']);
  }, 180_000);

  test('nginx names files by the link: refused, and green once the printed line was pasted', async () => {
    await using server = await fresh(release, { strategy });
    const { site } = server;
    const config = '/etc/nginx/sites-enabled/kayart';
    await root(
      site,
      `sed -i 's/ fastcgi_param [^;]*realpath_root[^;]*;//g' ${config}; systemctl reload nginx`,
    );
    const result = await deploy(site);
    expect([result.outputs['outcome'], errorsOf(result)]).toEqual([
      'refused',
      ['link-not-resolved'],
    ]);
    await root(site, remedyOf(result, 'link-not-resolved').replaceAll('sudo ', ''));
    expect((await deploy(site)).outputs['outcome']).toBe('deployed');
  }, 180_000);

  test('what is to be shared from now on: refused, and green with its files once the printed lines were pasted', async () => {
    await using server = await fresh(release, { strategy });
    const { site } = server;
    await nicolas(site, 'mkdir -p public/up; echo photo >public/up/one.txt');
    const without = await deploy(site);
    expect(without.outputs['findings']).toContain('public/up/');
    await nicolas(site, 'mkdir -p public/up; echo photo >public/up/one.txt');
    const inputs = { shared: 'public/up' };
    const refused = await deploy(site, { inputs });
    expect([refused.outputs['outcome'], errorsOf(refused)]).toEqual([
      'refused',
      ['shared-missing'],
    ]);
    await lines(site, remedyOf(refused, 'shared-missing'));
    const commit = await site.push({ 'app/Views/note.php': 'a note' }, 'A note');
    const unlinked = await deploy(site, { commit, inputs });
    expect(errorsOf(unlinked)).toEqual(['shared-not-linked']);
    await root(site, remedyOf(unlinked, 'shared-not-linked').replaceAll('sudo ', ''));
    const result = await deploy(site, { commit, inputs });
    expect([result.outputs['outcome'], errorsOf(result)]).toEqual(['deployed', []]);
    expect(result.outputs['findings']).not.toContain('files-not-shared');
    expect((await site.get('/up/one.txt')).body.trim()).toBe('photo');
    expect(await lines(site, 'readlink current/public/up')).toEqual([
      `${site.base}/shared/public/up`,
    ]);
  }, 180_000);
});
