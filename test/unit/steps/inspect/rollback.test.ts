import { expect, test } from '@jest/globals';
import { parse } from '../../../../src/config/config.ts';
import { titleOf } from '../../../fakes/scripts.ts';
import { judge } from '../../../../src/steps/inspect/facts.ts';
import { askCommit } from '../../../../src/steps/inspect/topics/commit.ts';
import { deploy, healthy, repository, type Deploy } from './healthy.ts';

const config = parse(
  new Map(
    Object.entries({
      ...{ command: 'rollback', host: 'nicolas@www.example.org', 'ssh-key': 'k' },
      ...{ 'fpm-service': 'php8.3-fpm', 'known-hosts': 'x', branch: 'main' },
    }),
  ),
);

function found(changes: Partial<Deploy['commit']>, settings = config): readonly string[] {
  const facts = { ...healthy, deploy: { ...deploy, commit: { ...deploy.commit, ...changes } } };
  return judge(facts, settings, repository).map(({ name }) => name);
}

const older = { ancestry: 'not a descendant', older: true, wasPushed: true } as const;

test('a rollback may go to an older commit, and to one of a history that was rewritten', () => {
  expect(found(older)).toEqual([]);
  expect(found({ ...older, older: false })).toEqual([]);
  expect(found({ ...older, shallow: true })).toEqual([]);
});

test('it leaves no commit behind that is nowhere else', () => {
  expect(found({ ...older, wasPushed: false })).toEqual(['branch-diverged']);
});

test('it may go forward again', () => {
  expect(found({ ancestry: 'descendant', onBranch: false })).toEqual([]);
});

test('files that lie there with other contents are in the way, whatever the direction', () => {
  expect(found({ ...older, inTheWay: ['uploads/a'] })).toEqual(['files-in-the-way']);
  const { inTheWay } = askCommit(config);
  expect(titleOf(inTheWay)).toBe(
    'files that the commit brings and that lie there with other contents',
  );
});
