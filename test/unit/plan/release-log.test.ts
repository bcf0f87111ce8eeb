import { expect, test } from '@jest/globals';
import { readReleaseLog, releaseLine, type Release } from '../../../src/plan/release-log.ts';

const release: Release = {
  at: '2026-01-09T10:00:00Z',
  outcome: 'refused',
  command: 'rollback',
  commit: 'b'.repeat(40),
  previous: 'a'.repeat(40),
  actor: 'nicolas',
  run: 'https://github.com/a/b/actions/runs/1',
  batch: 3,
  migrated: ['App\\Database\\Migrations\\A'],
  made: ['notes'],
  errors: ['dirty-tree'],
  sessions: { from: 'files', folder: '/s', table: 't', at: 5 },
};

test('what is written down is read again', () => {
  expect(readReleaseLog(`${releaseLine(release)}\n`)).toEqual({ releases: [release], unread: 0 });
});

test('lines from before outcomes were written down are deploys that went live', () => {
  const { at, commit, previous, actor, run } = release;
  const { releases } = readReleaseLog(JSON.stringify({ at, commit, previous, actor, run }));
  expect(releases).toEqual([
    {
      ...{ at, commit, previous, actor, run },
      ...{ outcome: 'deployed', command: 'deploy', migrated: [], errors: [] },
    },
  ]);
});

test('a line that was cut, or of another hand, is counted and hides no other', () => {
  const text = ['{"at":', 'by hand', '{"at":5}', releaseLine(release), ''].join('\n');
  expect(readReleaseLog(text)).toEqual({ releases: [release], unread: 3 });
});

test('an empty log knows nothing', () => {
  expect(readReleaseLog('')).toEqual({ releases: [], unread: 0 });
});
