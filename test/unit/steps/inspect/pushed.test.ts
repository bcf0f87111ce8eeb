import { describe, expect, test } from '@jest/globals';
import type { Config } from '../../../../src/config/config.ts';
import { judge } from '../../../../src/steps/inspect/facts.ts';
import { askCommit } from '../../../../src/steps/inspect/topics/commit.ts';
import { askRemote } from '../../../../src/steps/inspect/topics/remote.ts';
import { nothing } from '../../../../src/server/command.ts';
import { titleOf } from '../../../fakes/scripts.ts';
import { pasted } from '../../../fakes/remedies.ts';
import { config as configOf, deploy, healthy, repository, type Deploy } from './healthy.ts';

const commit = 'a'.repeat(40);

function config(changes: Record<string, string> = {}): Config {
  return configOf({ source: 'push', ...changes });
}

function judged(
  changes: Partial<Deploy['commit']>,
  inputs: Record<string, string> = {},
): readonly (readonly [string, string])[] {
  const facts = { ...healthy, deploy: { ...deploy, commit: { ...deploy.commit, ...changes } } };
  return judge(facts, config(inputs), repository).map((one) => [one.name, pasted(one)]);
}

describe('source: push', () => {
  test('asks the remote of the server for nothing', () => {
    const asked = askCommit({ ...config(), tag: 'v1' });
    expect([titleOf(asked.fetch), asked.onBranch, askRemote(config()).remote]).toEqual([
      ...['is the commit there', nothing, nothing],
    ]);
    const fetched = askCommit({ ...config({ source: 'fetch' }), tag: 'v1' });
    expect([titleOf(fetched.fetch), titleOf(fetched.onBranch)]).toEqual([
      ...['fetch the commit', 'is the commit on the branch'],
    ]);
  });

  test('a commit that could not be sent without a lock is no finding: the lock is', () => {
    expect(judged({ fetched: { problem: 'it was not sent' } })).toEqual([]);
  });

  test('a rollback to a commit that the server has no more', () => {
    const [[name, lines] = ['', '']] = judged(
      { fetched: { problem: 'it was not sent' } },
      { command: 'rollback' },
    );
    expect([name, lines]).toEqual([
      'commit-unreachable',
      `git checkout ${commit} -- .\ngit commit -m 'Back to aaaaaaaaaa' && git push`,
    ]);
  });

  test('what was committed on the server is brought by who reaches both', () => {
    const [[name, lines] = ['', '']] = judged(
      { ancestry: 'not a descendant' },
      { 'proxy-jump': 'porter@gate.example.org' },
    );
    expect(name).toBe('branch-diverged');
    expect(lines.split('\n')[0]).toBe(
      "GIT_SSH_COMMAND='ssh -J porter@gate.example.org:22' git fetch ssh://nicolas@www.example.org:22/var/www/kayart HEAD && git push origin FETCH_HEAD:refs/heads/from-the-server",
    );
    const [[, own] = ['', '']] = judged({ ancestry: 'not a descendant' }, { source: 'fetch' });
    expect(own.split('\n')[0]).toBe(
      'git -C /var/www/kayart push origin HEAD:refs/heads/from-the-server',
    );
  });
});
