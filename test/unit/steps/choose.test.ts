import { describe, expect, test } from '@jest/globals';
import type { Release } from '../../../src/plan/release-log.ts';
import { Stopped } from '../../../src/plan/results.ts';
import { releaseLine } from '../../../src/plan/release-log.ts';
import { choose, targetOf } from '../../../src/steps/choose.ts';
import { commitOf, released } from '../../fakes/releases.ts';
import { pasted } from '../../fakes/remedies.ts';
import { scripted } from '../../fakes/scripts.ts';
import { fakeSite } from '../../fakes/site.ts';

const three = [released('a', 'b'), released('b', 'c'), released('c', 'd')];

function chosen(releases: readonly Release[], live: string, to: string | null = null): unknown {
  const target = targetOf({ releases, live: commitOf(live), subjects: {} }, to);
  return typeof target === 'string' ? target[0] : target.name;
}

describe('without a commit it is the deploy before the live one', () => {
  test.each<[string, readonly Release[], string, string]>([
    ['the newest deploy', three, 'd', 'c'],
    ['what was live before the first deploy that is known', three.slice(0, 1), 'b', 'a'],
    [
      'a rollback is rolled back',
      [...three, released('d', 'b', { command: 'rollback' })],
      'b',
      'd',
    ],
    [
      'deploys that failed do not count',
      [...three, released('d', 'e', { outcome: 'rolled-back' })],
      'd',
      'c',
    ],
    ['a deploy of the live commit again does not count', [...three, released('d', 'd')], 'd', 'c'],
    ['a site that was moved by hand goes to the last deploy', three, 'f', 'd'],
    ['nothing is known', [], 'a', 'no-earlier-deploy'],
    ['nothing else was ever live', [released('b', 'b')], 'b', 'no-earlier-deploy'],
    [
      'nobody knows what was live before',
      [{ ...released('a', 'b'), previous: '' }],
      'b',
      'no-earlier-deploy',
    ],
  ])('%s', (_, releases, live, expected) => {
    expect(chosen(releases, live)).toBe(expected);
  });
});

describe('a commit that is named', () => {
  test('was live once, also before the first deploy', () => {
    expect(chosen(three, 'd', commitOf('b'))).toBe('b');
    expect(chosen(three, 'd', 'aaaaaaa')).toBe('a');
  });

  test('that was refused was never live, and those that were are offered', () => {
    const log = [...three, released('d', 'e', { outcome: 'refused' })];
    const target = targetOf(
      { releases: log, live: commitOf('d'), subjects: { [commitOf('c')]: 'Notes' } },
      commitOf('e'),
    );
    if (typeof target === 'string') throw new Error(target);
    expect(target.name).toBe('commit-not-deployed');
    expect(pasted(target)).toContain(`to: ${commitOf('c')}`);
    expect(pasted(target)).not.toContain(commitOf('d'));
    expect(JSON.stringify(target)).toContain('Notes');
  });

  test('has to be the only one with these digits', () => {
    const like = { ...released('a', 'b'), commit: `aaaaaaa${'c'.repeat(33)}` };
    const target = targetOf({ releases: [like], live: like.commit, subjects: {} }, 'aaaaaaa');
    expect(target).toMatchObject({ name: 'commit-not-deployed' });
    expect(JSON.stringify(target)).toContain('first digits of 2 commits');
  });
});

const scripts = {
  'where the release log is': '/var/www/kayart/.git\n',
  'what was deployed': three.map(releaseLine).join('\n'),
  git: ({ args }: { args: readonly string[] }) => ({
    stdout: args[0] === 'log' ? 'ddd Notes\n' : commitOf('d'),
  }),
};

test('the choice is in the journal, and from there in the settings of every step after', async () => {
  const site = fakeSite(scripted(scripts), { inputs: { command: 'rollback' } });
  await choose.run(site, new AbortController().signal);
  expect(site.journal.now).toMatchObject({ commit: commitOf('c'), backwards: true });
  expect(site.config.commit).toBe(commitOf('c'));
});

test('where nothing can be chosen it stops, and names no commit', async () => {
  const site = fakeSite(scripted({ ...scripts, 'what was deployed': '' }), {
    inputs: { command: 'rollback' },
  });
  await expect(choose.run(site, new AbortController().signal)).rejects.toThrow(Stopped);
  expect(site.findings.map(({ name }) => name)).toEqual(['no-earlier-deploy']);
  expect(site.journal.now.backwards).toBeUndefined();
});
