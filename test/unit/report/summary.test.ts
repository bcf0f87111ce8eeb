import { type Finding, remedies } from '../../../src/finding.ts';
import { describe, expect, test } from '@jest/globals';
import { sentence, type Report } from '../../../src/report/report.ts';
import { escape } from '../../../src/report/markdown.ts';
import { noLinks, type Links } from '../../../src/report/links.ts';
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
      undone: [{ name: 'migrate', result: 'undone', seconds: 0.5, notes: ['Batch 2 is gone'] }],
    },
  ],
  commit: 'b'.repeat(40),
  migrations: [],
  migrationsUndone: ['CreateNotes'],
  answers: 200,
  batch: null,
  columns: [{ name: 'id', expected: 'varchar(128) not null', actual: 'int not null', ok: false }],
  findings: [
    { name: 'fpm-shared', severity: 'notice', message: 'shared' },
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

const links: Links = {
  repository: 'https://github.com/o/r',
  run: { url: 'https://github.com/o/r/actions/runs/1', name: 'run 7' },
  findings: 'https://x/findings.md',
};

/** So many lines of 60 kB. */
function many(count: number): readonly string[] {
  return Array.from({ length: count }, (_, at) => `${'ä'.repeat(30_000)} ${at}`);
}

const manySteps: Report['hosts'] = report.hosts.map((host) => ({
  ...host,
  steps: many(20).map((note) => ({
    ...{ name: 'migrate', title: 'Migrate: x', seconds: 1, result: 'done' },
    notes: [note],
  })),
}));

describe('summary', () => {
  test('has what a person needs first at its beginning, and the rest in that order', () => {
    const page = markdown(report, { links, changes: ['php spark migrate'] });
    const order = [
      '## ❌ Rolled back: The worst',
      `**The previous commit [\`aaaaaaa\`](https://github.com/o/r/commit/${'a'.repeat(40)}) is live and answers 200.`,
      '### What to fix\n\n1. **site-unhealthy** · The worst. [What does this mean?](https://x/findings.md#site-unhealthy)',
      '### Not verified\n\n- Whether the site answers.',
      '### What may wait\n\n- ⚠️ **clock-skew** · later',
      '### Steps: 1.3 s',
      '| ❌\u00A0Migrate 1.3\u00A0s | Stopped by site-unhealthy. |',
      '### Rollback: 0.5 s',
      '| ↩️\u00A0Migrate 0.5\u00A0s | Batch 2 is gone. |',
      '### The session table: 0 of 1 columns are right',
      '| ❌\u00A0id | varchar\\(128\\) not null | int not null |',
      '<details><summary>1 note</summary>\n\n- ℹ️ **fpm-shared** · shared',
      '<details><summary>Server, commits, run</summary>',
      '| Rolled back | CreateNotes |',
      '| Run | [run 7](https://github.com/o/r/actions/runs/1) |',
      '<details><summary>1 command that made the changes</summary>',
      'php spark migrate',
    ];
    const at = order.map((text) => page.indexOf(text));
    expect(order.filter((_, index) => at[index] === -1)).toEqual([]);
    expect(at).toEqual(at.toSorted((one, other) => one - other));
  });

  test('without links says where an explanation is, and shows commits by their first digits', () => {
    const page = markdown(report);
    expect(page).toContain('The worst. (`docs/findings.md` explains it)');
    expect(page).toContain('The previous commit `aaaaaaa` is live');
    expect(page).not.toContain('](');
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
    expect(page).toContain('| Database | What came of it |');
    expect(page).toContain(
      '| MariaDB 10.11 \\(a at h:1\\) 1.5\u00A0s | **Migrate**: as the ledger says<br>**Rollback**: something is left |',
    );
    expect(page).toContain(
      '2.0\u00A0s | **Migrate**: as the ledger says<br>**Rollback**: not tried |',
    );
    expect(page).toContain(
      '| c at h:3 0.0\u00A0s | **Migrate**: not tried<br>**Rollback**: not tried |',
    );
    expect(page).toContain('### The session table on MariaDB 10.11: 0 of 1 columns are right\n');
    expect(page).toMatch(/### The session table on MySQL 9: [^\n]*\n[\s\S]*bigint/);
  });

  test('the sentence says what is not verified', () => {
    const live = { ...report, outcome: 'already-live' as const };
    expect(sentence(live)).toContain('not verified: Whether the site answers. (');
    expect(sentence({ ...live, unverified: [] })).not.toContain('not verified');
  });

  test('the sentence of a green deploy says who was logged out before anything else', () => {
    const green: Report = { ...report, outcome: 'deployed', unverified: [] };
    const visitors = (moved: number, loggedOut: number | null): string =>
      sentence({ ...green, visitors: { moved, loggedOut } });
    expect(visitors(3, 0)).toContain(': every step was proved; 3 sessions were moved.');
    expect(visitors(0, 4)).toContain(', and 4 visitors were logged out: the rest was proved.');
    expect(visitors(0, null)).toContain(', and all visitors were logged out: the rest was proved.');
    expect(sentence(green)).toMatch(/kayart: every step was proved\. /);
  });

  test('a refusal changed nothing, so it lists no commands', () => {
    const besides = { links: noLinks, changes: ['rm -rf lock'] };
    expect(markdown(report, besides)).toContain('1 command that made the changes');
    expect(markdown({ ...report, outcome: 'refused' }, besides)).not.toContain('rm -rf lock');
  });

  test('what is to be copied ends in no line but its own', () => {
    expect(markdown(report)).toContain(
      '   ``ALTER TABLE `x`;``\\\n   ` ``` `'.replace('` ``` `', '```` ``` ````'),
    );
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
      { name: 'clock-skew', severity: 'warning', message: 'y' },
    ];
    expect(markdown({ ...report, unverified: [], findings }))
      .toContain(`1. **site-unhealthy** · x. (\`docs/findings.md\` explains it)

   In the database:

   \`ALTER\`

   Or. In a clone of the repository, on your computer: Commit a migration:

   <details><summary>Show the lines</summary>

   \`\`\`\`php
   <?php
   
   // \`\`\`
   </details>
   \`\`\`\`

   </details>

### What may wait

- ⚠️ **clock-skew** · y.`);
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

  test.each([
    ['commands', { changes: many(20) }, {}, ['### The session table', 'Server, commits, run']],
    [
      'steps and all that is less',
      { changes: [] },
      { rollbackNotes: [], hosts: manySteps },
      ['What may wait', 'What to fix'],
    ],
  ])(
    'a page that is too large is left without %s, and says so',
    (_name, { changes }, more, kept) => {
      const page = markdown({ ...report, ...more }, { links, changes });
      expect(Buffer.byteLength(page)).toBeLessThan(1_000_000);
      for (const part of kept) expect(page).toContain(part);
      expect(page).not.toContain('ääää');
      expect(page).toMatch(/\nThe rest was left out, because GitHub shows no larger page\..*\n$/);
    },
  );

  test('findings that are too much alone end at a whole line, counted in bytes', () => {
    const findings = many(600).map((message): Finding => ({
      name: 'site-unhealthy',
      severity: 'error',
      message,
    }));
    const page = markdown({ ...report, findings });
    expect(Buffer.byteLength(page)).toBeLessThan(1_000_000);
    expect(page.slice(-40)).toMatch(/explains it\)\n+\(cut\)\n$/);
  });
});

test('the sentence names the failed stage and the worst finding', () => {
  expect(sentence(report)).toBe(
    'Failed at migrate and rolled back: The worst (12.3 s, 7 round trips)',
  );
});
