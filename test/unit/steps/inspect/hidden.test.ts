import { describe, expect, test } from '@jest/globals';
import { parse } from '../../../../src/config/config.ts';
import { judgeHidden, readHidden } from '../../../../src/steps/inspect/topics/hidden.ts';
import { pasted } from '../../../fakes/remedies.ts';

const config = parse(
  new Map(
    Object.entries({
      host: 'nicolas@h',
      'ssh-key': 'k',
      'known-hosts': 'h',
      commit: 'a'.repeat(40),
      branch: 'main',
      path: '/srv/my app',
    }),
  ),
);

function names(stdout: string, seen: readonly string[] = []): string[] {
  const answer = readHidden({ hidden: { exit: { code: 0 }, stdout, stderr: '' } });
  return judgeHidden(answer, seen, 'nicolas', config).map(({ name }) => name);
}

describe('changes that git was asked not to see', () => {
  test.each<[string, string, string[], string[]]>([
    ['nothing', '\f', [], []],
    ['a flagged file that was edited', 'a.php\0\fa.php\0', [], ['hidden-edits']],
    ['a flagged file as it was', 'a.php\0\f', [], ['hidden-files']],
    ['both', 'a.php\0b.php\0\fa.php\0', [], ['hidden-edits', 'hidden-files']],
    ['an edit without a flag (core.trustctime)', '\fa.php\0', [], ['hidden-edits']],
    ['an edit that git status names as well', '\fa.php\0', ['a.php'], []],
  ])('are reported as they are: %s', (_name, stdout, seen, expected) => {
    expect(names(stdout, seen)).toEqual(expected);
  });

  test('the remedy takes names as they are', () => {
    const [found] = judgeHidden({ flagged: [], edited: ["app/it's.php"] }, [], 'nicolas', config);
    expect(pasted(found).split('\n').slice(0, 2)).toEqual([
      "cd '/srv/my app'",
      "git update-index --no-skip-worktree -- 'app/it'\\''s.php'",
    ]);
  });
});
