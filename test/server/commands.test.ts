import { describe, expect, test } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import type { Site } from '../rig/kayart.ts';
import { chosen, type Release } from '../rig/releases.ts';
import { brokenController, root } from './breakages.ts';
import { regularVisitor } from './regular-visitor.ts';
import { builtBefore, children, commands, reportOf, running, text } from './own-commands.ts';
import { deploy, errorsOf, fresh, othersOf, snapshot } from './situation.ts';

const home = 'app/Controllers/Home.php';

const green = `commands:
  in-stage:
    - run: mkdir -p public/build && echo new >public/build/app.js && echo it was built
      makes: public/build
      limit: 1m
  after-switch:
    - run: test "$(cat public/build/app.js)" = new && echo warm
    - run: nohup sh -c 'while true; do php spark list >/dev/null; sleep 1; done' queue-worker &
  after-rollback:
    - run: cp .ci4-deploy.yml /tmp/after-rollback 2>&1 || echo previous >/tmp/after-rollback
`;

describe.each(await chosen())('commands, CodeIgniter $version', (release: Release) => {
  describe.each(['in-place', 'releases'] as const)('%s', (strategy) => {
    test('green: built in the stage, live with the commit, a worker goes on; then a rollback', async () => {
      await using server = await fresh(release, { strategy });
      const { site } = server;
      await builtBefore(site);
      const anna = await regularVisitor(site, 'anna');
      const result = await deploy(site, { commit: await commands(site, green) });
      expect([result.outputs['outcome'], errorsOf(result)]).toEqual(['deployed', []]);
      expect((await site.get('/build/app.js')).body.trim()).toBe('new');
      const log = result.log.join('\n');
      expect(log).toContain('it was built');
      expect(log).toContain('warm');
      expect(result.summary).toContain('it was built');
      expect((await running(site, 'queue-worker')).length).toBe(1);
      expect(await anna.noticed()).toBeNull();
      const before = await snapshot(site);
      const broken = await commands(site, green.replaceAll('new', 'newer'), {
        [home]: brokenController,
      });
      const failed = await deploy(site, { commit: broken });
      expect([failed.outputs['outcome'], errorsOf(failed)]).toEqual([
        'rolled-back',
        ['site-unhealthy'],
      ]);
      expect((await site.get('/build/app.js')).body.trim()).toBe('new');
      // The commands after a rollback run in the previous code.
      expect(await text(site, '/tmp/after-rollback')).toContain('echo new >');
      expect(await snapshot(site)).toEqual(before);
      // Its own worker is ended, that of the deploy before goes on.
      expect((await running(site, 'queue-worker')).length).toBe(1);
      expect(await anna.noticed()).toBeNull();
    }, 240_000);

    test('a command in the stage fails: the live site was not touched', async () => {
      await using server = await fresh(release, { strategy });
      const { site } = server;
      await builtBefore(site);
      const before = await snapshot(site);
      const failing = green.replace('echo it was built', "echo 'no such package' >&2; exit 7");
      const result = await deploy(site, { commit: await commands(site, failing) });
      expect([result.outputs['outcome'], errorsOf(result)]).toEqual([
        'refused',
        ['own-command-failed'],
      ]);
      expect(result.outputs['findings']).toContain('no such package');
      expect(await snapshot(site)).toEqual(before);
      expect((await site.get('/build/app.js')).body.trim()).toBe('old');
    }, 180_000);

    test('a command after the switch fails: all of it is rolled back, and what is for that runs', async () => {
      await using server = await fresh(release, { strategy });
      const { site } = server;
      await builtBefore(site);
      const anna = await regularVisitor(site, 'anna');
      const before = await snapshot(site);
      const failing = `${green.replace('- run: test', '- run: false; test').replace('&& echo warm', '&& exit 3')}    - run: exit 5\n`;
      const result = await deploy(site, { commit: await commands(site, failing) });
      expect([result.outputs['outcome'], errorsOf(result)]).toEqual([
        'rolled-back',
        ['own-command-failed'],
      ]);
      expect(await snapshot(site)).toEqual(before);
      expect((await site.get('/build/app.js')).body.trim()).toBe('old');
      expect(await text(site, '/tmp/after-rollback')).toContain('previous');
      expect(reportOf(result).hosts[0]?.ran?.map(({ moment }) => moment)).toEqual([
        ...['in-stage', 'after-switch', 'after-rollback', 'after-rollback'],
      ]);
      expect(result.outputs['findings']).toContain('after-rollback');
      expect(await anna.noticed()).toBeNull();
    }, 180_000);

    test('a command exceeds its limit: killed with its children, also with one that left its group', async () => {
      await using server = await fresh(release, { strategy });
      const { site } = server;
      const before = await snapshot(site);
      const slow = `commands:\n  in-stage:\n    - run: ${children}\n      limit: 3s\n`;
      const result = await deploy(site, { commit: await commands(site, slow) });
      expect([result.outputs['outcome'], errorsOf(result)]).toEqual([
        'refused',
        ['own-command-failed'],
      ]);
      expect(result.outputs['findings']).toContain('within 3 s');
      expect(await running(site, 'sleep 4321')).toEqual([]);
      expect(await snapshot(site)).toEqual(before);
    }, 180_000);

    test('one that need not succeed is a warning; tracked files are put back; git has files at a path', async () => {
      await using server = await fresh(release, { strategy });
      const { site } = server;
      const lax = `commands:
  in-stage:
    - run: echo '# changed' >>app/Config/App.php
  after-switch:
    - run: ${children}
      limit: 2s
      must-succeed: false
`;
      const result = await deploy(site, { commit: await commands(site, lax) });
      expect([result.outputs['outcome'], errorsOf(result)]).toEqual(['deployed', []]);
      expect(othersOf(result)).toEqual(
        expect.arrayContaining(['own-command-failed', 'tracked-files-changed']),
      );
      expect(await running(site, 'sleep 4321')).toEqual([]);
      expect((await snapshot(site)).status).toBe('');
      const taken = 'commands:\n  in-stage:\n    - { run: "true", makes: public }\n';
      const refused = await deploy(site, { commit: await commands(site, taken) });
      expect(errorsOf(refused)).toEqual(['made-path-taken']);
      const missing = taken.replace('public', 'public/build');
      const nothing = await deploy(site, { commit: await commands(site, missing) });
      expect(errorsOf(nothing)).toEqual(['nothing-made']);
    }, 240_000);

    test('a service of systemd is restarted with the new code, and with the previous one after a rollback', async () => {
      await using server = await fresh(release, { strategy });
      const { site } = server;
      await worker(site);
      const restart = 'sudo -n /usr/bin/systemctl restart kayart-worker';
      const restarts = `commands:\n  after-switch:\n    - ${restart}\n  after-rollback:\n    - ${restart}\n`;
      const commit = await commands(site, restarts, { 'public/version.txt': 'second\n' });
      const result = await deploy(site, { commit });
      expect([result.outputs['outcome'], errorsOf(result)]).toEqual(['deployed', []]);
      expect(await workerSays(site)).toBe('second');
      const broken = { 'public/version.txt': 'third\n', [home]: brokenController };
      const failed = await deploy(site, { commit: await commands(site, restarts, broken) });
      expect(failed.outputs['outcome']).toBe('rolled-back');
      expect(await workerSays(site)).toBe('second');
      expect(
        (await site.machine.exec(['systemctl', 'is-active', 'kayart-worker'])).stdout.trim(),
      ).toBe('active');
    }, 240_000);
  });
});

/** A queue worker that holds on to the code that it began with, as every worker does. */
async function worker(site: Site): Promise<void> {
  const unit = `[Service]
User=nicolas
WorkingDirectory=${site.path}
ExecStart=/bin/sh -c 'cp public/version.txt /tmp/worker-says || echo first >/tmp/worker-says; while php spark list >/dev/null; do sleep 1; done'
`;
  await root(
    site,
    `cat >/etc/systemd/system/kayart-worker.service <<'END'
${unit}END
echo 'nicolas ALL=(root) NOPASSWD: /usr/bin/systemctl restart kayart-worker' >/etc/sudoers.d/kayart-worker
systemctl daemon-reload && systemctl start kayart-worker`,
  );
}

async function workerSays(site: Site): Promise<string> {
  await pause(500);
  return text(site, '/tmp/worker-says');
}
