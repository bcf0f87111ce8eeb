import { describe, expect, test } from '@jest/globals';
import { chosen } from '../rig/releases.ts';
import { holds } from './happens.ts';
import { measure } from './measure.ts';
import { pasteBlocks } from './pasting.ts';
import { isPasted } from './remarkable.ts';
import { deploy, fresh, snapshot } from './situation.ts';
import { situationsFor } from './situations/all.ts';
import { bareServers } from './situations/bare.ts';

describe.each(await chosen())('what is pasted, on CodeIgniter $version', (release) => {
  test.each(situationsFor(release).filter(isPasted))(
    '$name',
    async (situation) => {
      const measured = await measure(situation, release, undefined, true);
      const { noticed = [], failed = [], caused = [] } = measured.pasted ?? {};
      expect({ noticed, failed, caused }).toEqual({ noticed: [], failed: [], caused: [] });
      expect(measured.pasted?.outcome).toBe('deployed');
      holds(situation, measured);
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
