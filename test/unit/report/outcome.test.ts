import { expect, test } from '@jest/globals';
import { errorFinding, warningFinding } from '../../../src/finding.ts';
import { siteNow, title } from '../../../src/report/outcome.ts';
import type { Report } from '../../../src/report/report.ts';

const step = { seconds: 1, result: 'done', title: 'x' } as const;
const host = {
  ...{ server: 'n@h:22', path: '/var/www/kayart', previousCommit: 'old' },
  steps: [{ ...step, name: 'switch' as const }],
  undone: [],
};
const deployed: Report = {
  ...{ outcome: 'deployed', command: 'deploy', commit: 'new', hosts: [host] },
  ...{ migrations: [], batch: null, columns: [], findings: [], unverified: [], ready: [] },
  ...{ rollbackNotes: [], visitors: null, answers: 200, roundTrips: 1, seconds: 1 },
};
const one = errorFinding('site-unhealthy', 'It answers 500. The log has more.');
const two = errorFinding('dirty-tree', 'Somebody changed files');
const failed = { ...deployed, outcome: 'failed', findings: [one] } as const;
const rolledBack: Report = { ...failed, outcome: 'rolled-back' };
const unknown: Report['hosts'] = [{ ...host, previousCommit: '' }];

test.each<[Partial<Report>, string, string]>([
  [
    deployed,
    'Deployed, and every step was proved',
    'Commit new is live and answers 200. Nobody was logged out.',
  ],
  [
    { ...deployed, migrations: ['A', 'B'], visitors: { moved: 1, loggedOut: 0 } },
    'Deployed, and every step was proved',
    'Commit new is live and answers 200. 2 migrations ran. 1 session was moved, and nobody was logged out.',
  ],
  [
    { ...deployed, visitors: { moved: 0, loggedOut: 3 }, unverified: ['x'] },
    'Deployed, and 3 visitors were logged out, but not everything could be verified',
    'Commit new is live and answers 200. 3 visitors were logged out.',
  ],
  [
    { ...deployed, visitors: { moved: 0, loggedOut: null } },
    'Deployed, and all visitors were logged out',
    'Commit new is live and answers 200. All visitors were logged out.',
  ],
  [
    { ...deployed, outcome: 'already-live' },
    'Everything that was checked is right',
    'Commit new is live and answers 200. Nothing was changed.',
  ],
  [
    { ...failed, outcome: 'refused', findings: [warningFinding('clock-skew', 'w'), one, two] },
    'Refused for 2 reasons, the first: It answers 500',
    'Nothing was changed: commit old is still live and answers 200.',
  ],
  [
    { ...failed, outcome: 'refused', hosts: [], findings: [two] },
    'Refused: Somebody changed files',
    'Nothing was changed.',
  ],
  [
    { ...rolledBack, migrationsUndone: ['A'] },
    'Rolled back: It answers 500',
    'The previous commit old is live and answers 200. The migration that ran was rolled back. Nobody was logged out.',
  ],
  [
    { ...rolledBack, migrationsUndone: ['A', 'B'], visitors: { moved: 0, loggedOut: null } },
    'Rolled back: It answers 500',
    'The previous commit old is live and answers 200. The 2 migrations that ran were rolled back. Visitors who came meanwhile may have to log in again.',
  ],
  [
    { ...rolledBack, migrations: ['A'], hosts: unknown },
    'Rolled back: It answers 500',
    'What had begun was rolled back. The migrations that ran stay in the database. Nobody was logged out.',
  ],
  [
    { ...deployed, outcome: 'cancelled' },
    'Cancelled',
    'The previous commit old is live and answers 200. Nobody was logged out.',
  ],
  [
    {
      ...failed,
      outcome: 'stranded',
      hosts: [{ ...host, undone: [{ name: 'switch', result: { failed: 'x' } }] }],
    },
    'Not rolled back completely: It answers 500',
    'The rollback of switch is not complete, so the site may be between two commits. Do what stands below now.',
  ],
  [
    { ...deployed, outcome: 'passed', command: 'check' },
    'Passed',
    'Nothing was deployed: a check only reads the repository.',
  ],
  [
    { ...deployed, outcome: 'passed', command: 'doctor' },
    'Ready: a deploy has all that it needs',
    'Nothing was changed on the server.',
  ],
  [
    { ...failed, command: 'doctor' },
    'Not ready: It answers 500',
    'Nothing was changed on the server.',
  ],
])('%#: the outcome with its cause, and what the site is now', (changes, head, now) => {
  const report = { ...deployed, ...changes };
  expect([title(report), siteNow(report, (id) => id)]).toEqual([head, now]);
});

test('a cause that is long ends at a word', () => {
  const long = errorFinding('dirty-tree', `${'word '.repeat(40)}end.`);
  const text = title({ ...rolledBack, findings: [long] });
  expect(text).toMatch(/ word …$/);
  expect(text.length).toBeLessThan(160);
});
