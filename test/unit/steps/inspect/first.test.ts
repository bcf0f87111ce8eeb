import { describe, expect, test } from '@jest/globals';
import { judge, type ServerFacts as Facts } from '../../../../src/steps/inspect/facts.ts';
import { pasted } from '../../../fakes/remedies.ts';
import { config, deploy, healthy, repository, type Deploy } from './healthy.ts';

const at = config({ path: '/var/www/kayart', strategy: 'releases' });

function lfs(state: Deploy['commit']['lfs']): Partial<Facts> {
  return { deploy: { ...deploy, commit: { ...deploy.commit, lfs: state } } };
}

describe('a first deploy, whose release is gone once it was refused', () => {
  const first = { ...healthy.releases, current: 'first' as const };

  test.each<[string, Partial<Facts>]>([
    ['lfs-missing', lfs('missing')],
    ['lfs-not-fetched', lfs({ problem: 'x' })],
    ['disk-short', { deploy: { ...deploy, disk: { ...deploy.disk, bytes: 1 } } }],
    [
      'application-does-not-boot',
      { application: { ok: false, failure: { phase: 'boot', message: 'Error: x', at: null } } },
    ],
  ])('%s: no line is for a place in it', (name, facts) => {
    const all = judge({ ...healthy, releases: first, ...facts }, at, repository);
    const found = all.find((one) => one.name === name);
    expect(pasted(found)).not.toBe('');
    expect(JSON.stringify(found?.remedies)).not.toContain('current');
  });
});
