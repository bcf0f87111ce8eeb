import { expect, test } from '@jest/globals';
import { painter, reportText } from '../../../src/cli/report-text.ts';
import { scenes } from '../../rendered/scenes.ts';
import { reportOf } from '../hostile/report.ts';
import { unseen } from '../hostile/values.ts';

const plain = painter(false);

function textOf(scene: string): string {
  const [report] = scenes[scene] ?? [];
  if (report === undefined) throw new Error(`There is no scene ${scene}.`);
  return reportText(report, plain);
}

function inOrder(text: string, parts: readonly string[]): void {
  const at = parts.map((part) => text.indexOf(part));
  expect(parts.filter((_, index) => at[index] === -1)).toEqual([]);
  expect(at).toEqual(at.toSorted((one, other) => one - other));
}

test('a rolled-back deploy, in the order of the step summary', () => {
  inOrder(textOf('rolled-back'), [
    '✗ Rolled back: With the new code https://www.kayart.example/ answered with status 500\n',
    'The previous commit 2a2fad52ba is live and answers 200. The migration that ran was rolled back.',
    'What to fix\n  1. site-unhealthy: With the new code',
    '     On the server: See the newest errors:\n         tail -n 50 ',
    'What may wait\n  - reload-cuts-requests: ',
    'The session table\n  ✓ id ',
    'Steps\n  ✓ Lock ',
    '✗ Confirm',
    '↩ cutover     2.9 s  rolled back. The sessions are back where they were',
    'Failed at confirm and rolled back. 1 thing to fix, and 1 that may wait. (14.5 s, 78 round trips)\n',
  ]);
});

test('a check has the place of each finding, and the column that is wrong', () => {
  inOrder(textOf('pull-request'), [
    '✗ Failed: Column data of ci_sessions is text\n',
    '1. column-type at app/Database/Migrations/2026-01-09-000000_CreateSessionTable.php:18: ',
    '✗ data        text not null, and not blob not null',
  ]);
});

test('colours are for a terminal alone, and end where they begin', () => {
  const [report] = scenes['refused'] ?? [];
  if (report === undefined) throw new Error('no scene');
  const coloured = reportText(report, painter(true));
  expect(coloured).toContain('\u001b[31m✗ Refused for 3 reasons');
  // eslint-disable-next-line no-control-regex -- escape sequences are what is looked for
  expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(textOf('refused'));
  expect(textOf('refused')).not.toContain('\u001b');
});

test.each(unseen)('%j of strangers repaints no terminal', (sign) => {
  expect(reportText(reportOf(`user${sign}id`), plain)).not.toContain(sign);
});
