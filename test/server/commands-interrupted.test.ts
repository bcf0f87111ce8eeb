import { describe, expect, test } from '@jest/globals';
import { chosen, type Release } from '../rig/releases.ts';
import { run } from '../rig/runner.ts';
import { root } from './breakages.ts';
import { builtBefore, children, commands, running, stopped, text, until } from './own-commands.ts';
import { regularVisitor } from './regular-visitor.ts';
import { errorsOf, fresh, inputsFor, snapshot } from './situation.ts';

describe.each(await chosen())(
  'commands that are interrupted, CodeIgniter $version',
  (release: Release) => {
    describe.each(['in-place', 'releases'] as const)('%s', (strategy) => {
      test.each(['in-stage', 'after-switch'])(
        'cancelled, killed and cut off while a command runs %s: as before, and nothing of it runs',
        async (moment) => {
          await using server = await fresh(release, { strategy });
          const { site } = server;
          await builtBefore(site);
          const anna = await regularVisitor(site, 'anna');
          const before = await snapshot(site);
          const build = 'mkdir -p public/build && echo new >public/build/app.js';
          const slow = `commands:
  in-stage:
    - { run: "${build}", makes: public/build }
  ${moment === 'in-stage' ? '' : `${moment}:`}
    - run: ${children}
  after-rollback:
    - run: echo back >/tmp/after-rollback
`;
          const commit = await commands(site, slow);
          const cancelled = await stopped(site, commit, 'sleep 4321', {});
          expect(cancelled.outputs['outcome']).toBe('cancelled');
          expect(await running(site, 'sleep 4321')).toEqual([]);
          expect(await snapshot(site)).toEqual(before);
          await root(site, 'rm -f /tmp/after-rollback');
          const killed = await stopped(site, commit, 'sleep 4321', {
            patience: { interrupt: 0, terminate: 0 },
          });
          expect([...killed.log, ...killed.postLog].join('\n')).toContain(
            'rolling back what it had begun',
          );
          expect(await running(site, 'sleep 4321')).toEqual([]);
          expect(await snapshot(site)).toEqual(before);
          expect(await text(site, '/tmp/after-rollback')).toBe(moment === 'in-stage' ? '' : 'back');
          const going = run({ inputs: inputsFor(site), context: { sha: commit } });
          await until(site, 'sleep 4321');
          await site.machine.exec(['pkill', '-KILL', '-f', 'sshd: nicolas']);
          const lost = await going;
          expect(errorsOf(lost)).toEqual(['connection-lost']);
          expect(await running(site, 'sleep 4321')).toEqual([]);
          expect(await snapshot(site)).toEqual(before);
          expect((await site.get('/build/app.js')).body.trim()).toBe('old');
          expect(await anna.noticed()).toBeNull();
        },
        300_000,
      );
    });
  },
);
