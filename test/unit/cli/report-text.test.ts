import { expect, test } from '@jest/globals';
import { painter, reportText } from '../../../src/cli/report-text.ts';
import { errorFinding } from '../../../src/finding.ts';
import { inInputs } from '../../../src/remedy.ts';
import { released } from '../../fakes/releases.ts';
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
    '✗ Rolled back: With the new code https://kayart.example/ answered with status 500\n',
    'The previous commit 2a2fad52ba is live and answers 200. The migration that ran was rolled back.',
    'What to fix\n  1. site-unhealthy: With the new code',
    '     On the server: Read the newest errors of the application:\n         grep -hE ',
    'What may wait\n  - reload-cuts-requests: ',
    'The session table\n  ✓ id ',
    'Steps\n  ✓ Lock ',
    '✗ Confirm     2.1 s  Stopped by site-unhealthy.',
    '↩ Cut over    2.9 s  The sessions are back where they were',
    'Failed at confirm and rolled back. 1 thing to fix, and 1 that may wait. (14.5 s, 78 round trips)\n',
  ]);
});

test('a check has the place of each finding, and the column that is wrong', () => {
  inOrder(textOf('pull-request'), [
    '✗ Failed: ci_sessions.data is text, not blob\n',
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

test('an input that a finding names is a flag, and a secret comes from a file', () => {
  const [report] = scenes['refused'] ?? [];
  if (report === undefined) throw new Error('no scene');
  const findings = [
    errorFinding(
      'input',
      'Input commit is missing: what to deploy.',
      inInputs('Leave it out for the commit of the run.'),
    ),
    errorFinding(
      'health-unauthorised',
      'x',
      inInputs('', 'health-auth: ${{ secrets.HEALTH_AUTH }}', "health-text: it's open"),
    ),
  ];
  inOrder(reportText({ ...report, findings }, plain), [
    '1. input: Input commit is missing: what to deploy.\n     Stand in a clone of the repository, or give --commit.',
    `     With flags of this command:\n         --health-auth-file FILE\n         --health-text 'it'\\''s open'\n`,
  ]);
});

test('what was asked for is there: the plan with its SQL, the list of deploys', () => {
  const [report] = scenes['deployed'] ?? [];
  if (report === undefined) throw new Error('no scene');
  const [host] = report.hosts;
  if (host === undefined) throw new Error('no host');
  const statements = [{ sql: 'CREATE TABLE `prices` (`id` INT)', doubt: null, costs: [] }];
  const plan = {
    ...{ alreadyLive: false, commits: ['abc1234 Prices'], files: ['app/Views/a.php'] },
    migrations: [{ class: 'Prices', path: 'app/P.php', statements, unread: '' }],
    ...{ sessions: 'Sessions stay where they are, and nobody is logged out.', commands: [] },
  };
  const passed = { ...report, outcome: 'passed', findings: [] } as const;
  inOrder(reportText({ ...passed, command: 'plan', hosts: [{ ...host, plan }] }, plain), [
    '✓ A deploy would bring 1 commit, 1 file, 1 migration\n',
    'What visitors would notice\n  Sessions stay',
    'Migrations that would run\n  Prices (app/P.php)\n    It changes no table that is there.\n      CREATE TABLE `prices` (`id` INT);\nCommits that would go live\n  abc1234 Prices\n',
    'Files that would change\n  app/Views/a.php\n',
  ]);
  const releases = [{ ...released('a', 'b'), subject: 'Prices', live: true }];
  inOrder(reportText({ ...passed, command: 'releases', hosts: [{ ...host, releases }] }, plain), [
    '✓ The server knows of 1 deploy\n',
    '  deployed  bbbbbbbbbb  Prices  ',
  ]);
});
