import { describe, expect, test } from '@jest/globals';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import type { FindingName } from '../../../src/findings/registry.ts';
import { remedies, type Finding, type Severity } from '../../../src/finding.ts';
import { WorkflowLog } from '../../../src/report/log.ts';
import { publish } from '../../../src/report/publish.ts';
import { title } from '../../../src/report/outcome.ts';
import { worstFirst, type Report } from '../../../src/report/report.ts';
import { escape } from '../../../src/report/markdown.ts';
import { destination, FakeWorkflow } from '../../fakes/workflow.ts';
import { parseCommand } from '../../rig/workflow-commands.ts';
import { pasted } from '../../fakes/remedies.ts';
import { inDatabase } from '../../../src/remedy.ts';
import { annotationText } from '../../../src/report/workflow.ts';

const alter =
  'ALTER TABLE `ci_sessions`\n  MODIFY `timestamp` timestamp NOT NULL,\n  ADD KEY (`timestamp`);';

function findings(errors: number, warnings = 0, notices = 0): Finding[] {
  const some = (severity: Severity, count: number): Finding[] =>
    Array.from({ length: count }, (_, index) => ({
      // More than there are, each distinguished by its name.
      name: `${severity}-rule-${String(index).padStart(2, '0')}` as FindingName,
      severity,
      message: `Rule ${index} of ${severity}: the column <data> is \`int\`, and that loses it.`,
      remedies: remedies(inDatabase('', `${alter} -- ${severity} ${index}`)),
    }));
  // The steps find them in any order.
  return [...some('notice', notices), ...some('error', errors), ...some('warning', warnings)];
}

const host = {
  server: 'nicolas@www.example.org:22',
  path: '/var/www/kayart',
  previousCommit: 'a'.repeat(40),
};

function reportWith(found: readonly Finding[], changes: Partial<Report> = {}): Report {
  return {
    outcome: found.some(({ severity }) => severity === 'error') ? 'refused' : 'deployed',
    command: 'deploy',
    hosts: [{ ...host, steps: [], undone: [] }],
    commit: 'b'.repeat(40),
    migrations: [],
    batch: null,
    columns: [],
    findings: worstFirst(found),
    unverified: [],
    rollbackNotes: [],
    ready: [],
    visitors: null,
    roundTrips: 7,
    seconds: 1,
    ...changes,
  };
}

async function published(report: Report): Promise<FakeWorkflow> {
  const workflow = new FakeWorkflow();
  await publish(report, workflow, new WorkflowLog(workflow, () => 0), destination);
  return workflow;
}

const ascending = (numbers: readonly number[]): number[] => numbers.toSorted((a, b) => a - b);

/** What a person copies from the page, line by line. */
function copied(page: string): readonly string[] {
  const html = micromark(page, {
    allowDangerousHtml: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  });
  const signs: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"' };
  return html
    .replace(/<[^>]*>/g, '')
    .replace(/&(lt|gt|amp|quot);/g, (_, name: string) => signs[name] ?? '')
    .split('\n');
}

describe.each([
  ['few', findings(2, 1, 1)],
  ['as many as GitHub takes', findings(9, 10, 10)],
  ['more than GitHub takes', findings(12, 14, 11)],
  ['warnings alone', findings(0, 14)],
])('a report with %s findings', (_name, found) => {
  const report = reportWith(found);
  const worst = worstFirst(found);
  const once = worst.map(() => 1);

  test.each([
    ['the log', ({ lines }: FakeWorkflow) => lines.join('\n'), (text: string) => text],
    ['the summary', ({ page }: FakeWorkflow) => page, escape],
    [
      'the JSON',
      ({ outputs }: FakeWorkflow) => outputs['findings'] ?? '',
      (text: string) => JSON.stringify(text).slice(1, -1),
    ],
  ])('says each once, worst first, in the same words: %s', async (_place, read, written) => {
    // The title repeats the worst.
    const whole = read(await published(report)).replace(written(title(report)), '');
    for (const part of ['name', 'message'] as const) {
      const texts = worst.map((one) => written(one[part]));
      expect(texts.map((text) => whole.split(text).length - 1)).toEqual(once);
      const order = texts.map((text) => whole.indexOf(text));
      expect(order).toEqual(ascending(order));
    }
  });

  test('every remedy can be copied as it is, from log and summary', async () => {
    const { lines, page } = await published(report);
    for (const one of worst) {
      const wanted = pasted(one)
        .split('\n')
        .map((line) => line.trim());
      for (const text of [lines, copied(page)]) {
        const last = text.findIndex((line) => line.trim() === wanted.at(-1));
        const block = text.slice(last - wanted.length + 1, last + 1);
        expect(block.map((line) => line.trim())).toEqual(wanted);
      }
    }
  });

  test('no more annotations than the runner keeps, and the rest is counted', async () => {
    const { annotations } = await published(report);
    for (const level of ['error', 'warning', 'notice'] as const) {
      const of = annotations.filter(({ severity }) => severity === level);
      expect(of.length).toBeLessThanOrEqual(10);
      const real = of.filter(({ name }) => name.startsWith(`${level}-rule`)).length;
      const all = worst.filter(({ severity }) => severity === level).length;
      const last = of.at(-1)?.message ?? '';
      expect(
        /(\d+) more (?:error|warning|notice)s? (?:is|are) in the summary\.$/.exec(last)?.[1],
      ).toBe(all > real ? String(all - real) : undefined);
    }
  });
});

test('the rest is counted in words', async () => {
  const { annotations } = await published(reportWith(findings(12, 10, 11)));
  const last = (level: Severity): string =>
    annotations.findLast(({ severity }) => severity === level)?.message ?? '';
  expect(last('error')).toBe('3 more errors are in the summary.');
  expect(last('warning')).toMatch(/^Rule 9/);
  expect(last('notice')).toBe('2 more notices are in the summary.');
  const ten = await published(reportWith(findings(10)));
  expect(ten.annotations).toHaveLength(10);
  expect(ten.annotations.at(-1)?.message).toMatch(/^Rule 9/);
});

test('the same finding from two steps is said once', async () => {
  const [one] = findings(1);
  const { lines } = await published(reportWith(one === undefined ? [] : [one, { ...one }]));
  expect(lines.filter((line) => line === 'error error-rule-00')).toHaveLength(1);
});

test.each([
  [findings(0, 2), /^Deployed .* Nothing to fix, and 2 that may wait\. \(1\.0 s, 7 round trips\)$/],
  [findings(0), /: every step was proved\. Nothing to fix\. \(1\.0 s, 7 round trips\)$/],
  [findings(1), /^Refused, nothing was changed\. 1 thing to fix\. \(1\.0 s, 7 round trips\)$/],
  [findings(2, 1), /^Refused, .*\. 2 things to fix, and 1 that may wait\. \(1\.0 s,/],
])(
  'the last line says how it ended and how much there is to fix, and the one before what the site is now',
  async (found, words) => {
    const { lines, annotations } = await published(reportWith(found));
    expect(lines.at(-1)).toMatch(words);
    expect(lines.at(-2)).toMatch(
      /^(?:Commit bbbbbbbbbb is live|Nothing was changed: commit aaaaaaaaaa)/,
    );
    expect(annotations.map(({ name }) => name).toSorted()).toEqual(
      found.map(({ name }) => name).toSorted(),
    );
  },
);

describe('what is longer than the runner takes', () => {
  test.each([
    ['a message', 'x'.repeat(5000), 'short'],
    ['a remedy', 'short', `${'-- x\n'.repeat(1000)}SELECT 1;`],
  ])('%s is whole in log and summary', async (_name, message, sql) => {
    const { annotations, lines, page } = await published(
      reportWith([
        { name: 'unexpected', severity: 'error', message, remedies: remedies(inDatabase('', sql)) },
      ]),
    );
    for (const one of annotations) {
      expect(annotationText(one.message, one.remedies).length).toBeLessThanOrEqual(4097);
    }
    expect(lines).toContain(message === 'short' ? '##[error]short' : message);
    expect(lines).toContain(`    ${sql.split('\n').at(-1) ?? ''}`);
    const whole = copied(page).join('\n');
    for (const line of sql.split('\n')) expect(whole).toContain(line);
    expect(whole.split('-- x')).toHaveLength(sql.split('-- x').length);
  });
});

/** Without the lines that the runner prints of its own accord and does not read again. */
class OwnLines extends FakeWorkflow {
  override annotate(finding: Finding): void {
    this.annotations.push(finding);
  }
}

test.each([
  '::error::x',
  '  ::add-mask::secret',
  '\u0085::debug::x',
  'a ##[add-mask]b',
  'a\r::debug::x',
])('%j in a report is no command, wherever it stands', async (foreign) => {
  const found = findings(12, 12).map((one) => ({
    ...one,
    message: `${foreign} ${one.name}`,
    remedies: remedies(inDatabase(foreign, foreign)),
  }));
  const workflow = new OwnLines();
  const report = reportWith(found, { unverified: [foreign], rollbackNotes: [foreign] });
  await publish(report, workflow, new WorkflowLog(workflow, () => 0), destination);
  const { lines, annotations } = workflow;
  expect(lines.length).toBeGreaterThan(30);
  for (const line of lines) expect([line, parseCommand(line)]).toEqual([line, null]);
  for (const { message, remedies: all } of annotations)
    expect(annotationText(message, all)).not.toContain('##[');
});

test('what could not be verified is said once, and counted in the last line', async () => {
  const { lines } = await published({ ...reportWith([]), unverified: ['That it snows.'] });
  expect(lines.filter((line) => line.includes('That it snows'))).toEqual([
    'Not verified: That it snows.',
  ]);
  expect(lines.at(-1)).toMatch(/: 1 thing was not verified\. Nothing to fix\. /);
});
