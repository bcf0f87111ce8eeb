import { type Finding, remedies } from '../../../src/finding.ts';
import { describe, expect, test } from '@jest/globals';
import { sentence, type Report } from '../../../src/report/report.ts';
import { escape } from '../../../src/report/markdown.ts';
import { markdown } from '../../../src/report/summary.ts';
import { inClone, inDatabase } from '../../../src/remedy.ts';

const report: Report = {
  outcome: 'rolled-back',
  command: 'deploy',
  hosts: [
    {
      server: 'nicolas@www.example.org:22',
      path: '/var/www/kayart',
      previousCommit: 'a'.repeat(40),
      steps: [{ name: 'migrate', title: 'Migrate: x', seconds: 1.25, result: 'failed' }],
      undone: [{ name: 'migrate', result: 'undone' }],
    },
  ],
  commit: 'b'.repeat(40),
  migrations: [],
  batch: null,
  columns: [{ name: 'id', expected: 'varchar(128) not null', actual: 'int not null', ok: false }],
  findings: [
    { name: 'clock-skew', severity: 'warning', message: 'later' },
    {
      name: 'site-unhealthy',
      severity: 'error',
      message: 'The worst',
      remedies: remedies(inDatabase('', 'ALTER TABLE `x`;\n```')),
    },
  ],
  unverified: ['Whether the site answers.'],
  rollbackNotes: [],
  ready: [],
  visitors: null,
  roundTrips: 7,
  seconds: 12.34,
};

describe('summary', () => {
  test('holds outcome, phases, columns and findings, worst first', () => {
    const page = markdown(report);
    expect(page).toContain('❌ ci4-deploy: rolled-back');
    expect(page).toContain('| Migrate: x | failed | 1.3 | undone |');
    expect(page).toContain('| ❌ | id | varchar\\(128\\) not null | int not null |');
    expect(page.indexOf('The worst')).toBeLessThan(page.indexOf('later'));
    expect(page).toContain('Whether the site answers.');
  });

  test('of a check holds what was tried in each database, and its table in the words of that server', () => {
    const [column] = report.columns;
    const phases = [
      { title: 'Migrate', result: 'as the ledger says' },
      { title: 'Rollback', result: 'something is left' },
    ];
    const page = markdown({
      ...report,
      checked: 'Read 1 migration',
      databases: [
        {
          name: 'a at h:1',
          product: 'MariaDB 10.11',
          phases,
          columns: report.columns,
          seconds: 1.5,
        },
        {
          ...{ name: 'b at h:2', product: 'MySQL 9', phases: phases.slice(0, 1), seconds: 2 },
          columns: column === undefined ? [] : [{ ...column, actual: 'bigint', ok: false }],
        },
        { name: 'c at h:3', product: '', phases: [], columns: [], seconds: 0 },
      ],
    });
    expect(page).toContain('| Database | Migrate | Rollback | Seconds |');
    expect(page).toContain(
      'MariaDB 10.11 \\(a at h:1\\) | as the ledger says | something is left | 1.5 |',
    );
    expect(page).toContain('MySQL 9 \\(b at h:2\\) | as the ledger says | not tried | 2.0 |');
    expect(page).toContain('| c at h:3 | not tried | not tried | 0.0 |');
    expect(page).toContain('### The session table on MariaDB 10.11\n');
    expect(page).toMatch(/### The session table on MySQL 9\n[\s\S]*bigint/);
  });

  test('what is not verified stands before everything but the sentence, which says it too', () => {
    const page = markdown(report);
    expect(page.indexOf('### Not verified')).toBeLessThan(page.indexOf('### Steps'));
    const live = { ...report, outcome: 'already-live' as const };
    expect(sentence(live)).toContain('not verified: Whether the site answers. (');
    expect(sentence({ ...live, unverified: [] })).not.toContain('not verified');
  });

  test('the sentence of a green deploy says who was logged out before anything else', () => {
    const green: Report = { ...report, outcome: 'deployed', unverified: [] };
    const visitors = (moved: number, loggedOut: number | null): string =>
      sentence({ ...green, visitors: { moved, loggedOut } });
    expect(visitors(3, 0)).toContain(': every step was proved; 3 session(s) were moved.');
    expect(visitors(0, 4)).toContain(', and 4 visitor(s) were logged out: the rest was proved.');
    expect(visitors(0, null)).toContain(', and all visitors were logged out: the rest was proved.');
    expect(sentence(green)).toMatch(/kayart: every step was proved\. /);
  });

  test('a remedy cannot close its own fence', () => {
    expect(markdown(report)).toContain('  ````\n  ALTER TABLE `x`;\n  ```\n  ````');
  });

  test('a migration is folded, in a fence of its own that nothing inside can close', () => {
    const findings: Finding[] = [
      {
        name: 'site-unhealthy',
        severity: 'error',
        message: 'x',
        remedies: remedies(inDatabase('', 'ALTER'), {
          ...inClone('Commit a migration', '<?php\n\n// ```\n</details>\n'),
          long: true,
        }),
      },
      { name: 'fpm-shared', severity: 'notice', message: 'y' },
    ];
    expect(markdown({ ...report, findings })).toContain(`- ❌ **site-unhealthy**: x

  In the database:

  \`\`\`
  ALTER
  \`\`\`

  Or. In a clone of the repository, on your computer: Commit a migration:

  <details><summary>Show the lines</summary>

  \`\`\`\`php
  <?php
  
  // \`\`\`
  </details>
  \`\`\`\`

  </details>

- ℹ️ **fpm-shared**: y`);
  });

  test.each([
    ['On nicolas@www.example.org:22 this failed', 'On `nicolas@www.example.org:22` this failed'],
    ['It answers at https://www.example.org/.', 'It answers at `https://www.example.org/`.'],
    ['(see https://example.org/a_b)', '\\(see `https://example.org/a_b`\\)'],
    ['- `a` | 1 < 2', '\\- \\`a\\` \\| 1 &lt; 2'],
    ['the column\r# user_id', 'the column \\# user\\_id'],
  ])('%j is text, and what can be copied is code', (text, page) => {
    expect(escape(text)).toBe(page);
  });

  test('a page that is too large ends at a whole line, counted in bytes', () => {
    const long = Array.from({ length: 600 }, () => 'ä'.repeat(1000));
    const page = markdown({ ...report, unverified: long });
    expect(Buffer.byteLength(page)).toBeLessThan(1_000_000);
    expect(page).toMatch(/ä{1000}\n\n\(cut\)\n$/);
  });
});

test('the sentence names the failed stage and the worst finding', () => {
  expect(sentence(report)).toBe(
    'Failed at migrate and rolled back: The worst (12.3 s, 7 round trips)',
  );
});
