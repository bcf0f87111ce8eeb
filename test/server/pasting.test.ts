import { describe, expect, test } from '@jest/globals';
import { chosen, type Release } from '../rig/releases.ts';
import { measure, verdict } from './measure.ts';
import { pasteBlocks } from './pasting.ts';
import { deploy, fresh, snapshot, type Situation } from './situation.ts';
import { situationsFor } from './situations/all.ts';
import { bareServers } from './situations/bare.ts';

/** Those whose remedies have most to break; `npm run situations` pastes all. */
const remarkable = [
  'tracked file changed on the server',
  'somebody committed on the server',
  'detached head',
  '.env closed to PHP-FPM',
  'writable/cache closed to PHP-FPM',
  'host key changed',
  'sshd forbids forwarding',
  'migrations are switched off',
  'unique key on the address of visitors',
  'no way to the session files: refused, and the way is pasted',
];

function selected(release: Release): readonly Situation[] {
  return situationsFor(release).filter(
    (one) => bareServers.includes(one) || remarkable.includes(one.name),
  );
}

describe.each(await chosen())('what is pasted, on CodeIgniter $version', (release) => {
  test.each(selected(release))(
    '$name',
    async (situation) => {
      const measured = await measure(situation, release, undefined, true);
      const { noticed = [], failed = [], caused = [] } = measured.pasted ?? {};
      expect({ noticed, failed, caused }).toEqual({ noticed: [], failed: [], caused: [] });
      expect(measured.pasted?.outcome).toBe('deployed');
      expect(verdict(situation, measured)).toBe('as expected');
    },
    240_000,
  );

  test.each(bareServers)(
    'doctor, $name: it changes nothing, and its block is enough',
    async (bare) => {
      await using server = await fresh(release, bare);
      const { site } = server;
      const commit = (await bare.prepare?.(site)) ?? site.commits.next;
      const before = await snapshot(site);
      const inputs = { command: 'doctor' };
      const looked = await deploy(site, { inputs, commit });
      expect(await snapshot(site)).toEqual(before);
      expect(looked.outputs['outcome']).toBe('failed');
      expect(looked.summary).toContain('### To paste');
      const pasted = await pasteBlocks(site, looked, { inputs: {}, commit });
      expect(pasted).toEqual({ failed: [], noticed: [], outcome: 'deployed' });
      const after = await deploy(site, { inputs, commit });
      expect([after.outputs['outcome'], after.exitCode]).toEqual(['passed', 0]);
    },
    240_000,
  );
});
