import { expect, test } from '@jest/globals';
import { errorFinding, warningFinding } from '../../../src/finding.ts';
import type { PlanFacts } from '../../../src/plan/facts.ts';
import { noLinks } from '../../../src/report/links.ts';
import { Masking } from '../../../src/report/masking.ts';
import { planComment } from '../../../src/report/plan-comment.ts';
import type { Report } from '../../../src/report/report.ts';

const waits =
  'orders (about 5 rows, 16 KB): changes the column total. MySQL 8.4 copies the whole table.';
const cost = { table: 'orders', rows: 5, bytes: 16_384, algorithm: 'COPY', says: waits };

function planOf(statements: number): PlanFacts {
  const sql = `ALTER TABLE orders MODIFY total BIGINT -- ${'x'.repeat(500)}`;
  return {
    ...{ alreadyLive: false, commits: ['abc1234 Prices <b>'], files: ['a.php', 'b.php'] },
    migrations: [
      {
        ...{ class: 'App\\Orders', path: 'app/O.php', unread: '' },
        statements: Array.from({ length: statements }, () => ({ sql, doubt: null, costs: [cost] })),
      },
    ],
    ...{ sessions: 'Sessions stay where they are, and nobody is logged out.' },
    commands: [{ step: 'Migrate', lines: ['cd /var/www && php spark migrate'] }],
  };
}

function reportOf(plan: PlanFacts | null, changes: Partial<Report> = {}): Report {
  const host = {
    server: 'nicolas@www:22',
    path: '/var/www',
    previousCommit: '',
    steps: [],
    undone: [],
  };
  return {
    ...{ outcome: 'passed', command: 'plan', commit: 'b'.repeat(40), migrations: [], batch: null },
    ...{ columns: [], findings: [], unverified: [], ready: [], rollbackNotes: [], visitors: null },
    ...{ roundTrips: 1, seconds: 1, hosts: [plan === null ? host : { ...host, plan }] },
    ...changes,
  };
}

const run = { url: 'https://github.com/o/n/actions/runs/1', name: 'run 1' };

test('says first what visitors would notice, links to the run, and has no command', () => {
  const text = planComment(reportOf(planOf(1)), { ...noLinks, run });
  expect(text).toMatch(/^## ✅ A deploy would bring 1 commit, 2 files, 1 migration\n/);
  expect(text).toContain('[run 1](https://github.com/o/n/actions/runs/1)');
  const order = [
    '### What visitors would notice',
    '### Migration Orders',
    '### Commits',
    '2 files would change',
  ];
  const places = order.map((part) => text.indexOf(part));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(places).not.toContain(-1);
  expect(text).toContain('Prices &lt;b&gt;');
  expect(text).not.toContain('php spark migrate');
});

test('where a deploy would be refused it says why', () => {
  const findings = [
    warningFinding('db-debug-off', 'DBDebug is off.', 'x'),
    errorFinding('dirty-tree', 'Somebody edited app/a.php.', 'x'),
  ];
  const text = planComment(reportOf(null, { outcome: 'failed', findings }), noLinks);
  expect(text).toContain('### What to fix\n\n- **dirty-tree** · Somebody edited app/a.php.');
  expect(text).toContain('### What may wait\n\n- **db-debug-off** · DBDebug is off.');
});

test('is never longer than GitHub takes, and says what was left out', () => {
  const text = planComment(reportOf(planOf(300)), noLinks);
  expect(text.length).toBeLessThan(65_536);
  expect(text).toContain('### What visitors would notice');
  expect(text).toContain('The rest was left out');
});

test('other commands have none', () => {
  expect(planComment(reportOf(null, { command: 'deploy', outcome: 'deployed' }), noLinks)).toBe('');
});

test('what is masked is in no text, line by line and the longest first', () => {
  const masking = new Masking();
  expect(masking.add('first line\nsecond')).toEqual(['first line\nsecond', 'first line', 'second']);
  masking.add('second half');
  masking.add('  ');
  expect(masking.masked('a second half of the first line, and a second')).toBe(
    'a *** of the ***, and a ***',
  );
});
