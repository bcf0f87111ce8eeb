import { expect, test } from '@jest/globals';
import { errorFinding } from '../../../src/finding.ts';
import { asRoot, asUser, inInputs, onGitHub, remedyText, toSee } from '../../../src/remedy.ts';
import { blocks } from '../../../src/report/to-paste.ts';

test('what several findings ask of one account is one block, each line once', () => {
  const all = blocks([
    errorFinding('path-closed', 'a', asRoot('x', 'one', 'two')),
    errorFinding('env-closed', 'b', asRoot('y', 'two', 'three')),
    errorFinding('detached-head', 'c', asUser('nicolas', 'z', 'four')),
  ]);
  expect(all.map(({ as, lines }) => [as, ...lines])).toEqual([
    ['root', 'one', 'two', 'three'],
    ['nicolas', 'four'],
  ]);
});

test('a remedy that goes from place to place keeps its order, and what only shows is left out', () => {
  const all = blocks([
    errorFinding('commit-unreachable', 'a', [
      asUser('nicolas', 'Make a key', 'keygen'),
      onGitHub('Add it.'),
      asUser('nicolas', 'Trust', 'keyscan'),
    ]),
    errorFinding('disk-short', 'b', toSee('See', 'df')),
    errorFinding('path-missing', 'c', inInputs('Set path.')),
    errorFinding('path-closed', 'd', 'Think.', asRoot('x', 'one')),
  ]);
  expect(all.map(({ where, lines }) => [where, ...lines])).toEqual([
    ['server', 'one'],
    ['server', 'keygen'],
    ['github'],
    ['server', 'keyscan'],
  ]);
});

test('remedies as text: where, what, the lines, and alternatives apart', () => {
  const { remedies = [] } = errorFinding(
    'path-closed',
    'x',
    [asRoot('Open it', 'a\nb'), inInputs('', 'path: /x')],
    'Think.',
    { ...asRoot('Commit', 'long'), long: true },
  );
  expect(remedyText(remedies)).toBe(`On the server, as root: Open it:
    a
    b
In the workflow, as inputs of the step:
    path: /x
Or. Think.
Or. On the server, as root: Commit:
    (The step summary has these lines.)`);
});
