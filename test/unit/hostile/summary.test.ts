import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { WorkflowLog } from '../../../src/report/log.ts';
import { publish } from '../../../src/report/publish.ts';
import { destination, FakeWorkflow } from '../../fakes/workflow.ts';
import { reportOf } from './report.ts';
import { hostile, lineEnds, markdownPieces, unseen } from './values.ts';
import { remedyText } from '../../../src/remedy.ts';

/** The page as GitHub reads it. */
function rendered(page: string): string {
  return micromark(page, {
    allowDangerousHtml: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  });
}

async function pageOf(text: string): Promise<string> {
  const workflow = new FakeWorkflow();
  await publish(reportOf(text), workflow, new WorkflowLog(workflow, () => 0), destination);
  return workflow.page;
}

/**
 * Every element of the page in its order, but for the code that foreign words are shown as. Lines to copy stand in a paragraph,
 * or in a fence where one of them is empty.
 */
function elements(html: string): readonly string[] {
  const tags = html.match(/<!--|<[^>]*>/g) ?? [];
  return tags
    .filter((tag) => !['<code>', '</code>', '<br />'].includes(tag))
    .map((tag) => tag.replace('pre>', 'p>'));
}

/** What GitHub reads a second time: text that is in no code. */
function readAgain(html: string): string {
  return (
    html
      .replace(/<pre>[\s\S]*?<\/pre>/g, '')
      .replace(/<code>[\s\S]*?<\/code>/g, '')
      // The commit itself is a link into the repository, and may be one.
      .replace(/<td>[0-9a-f]{40}<\/td>/g, '')
      .replace(/<[^>]*>/g, '\n')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&amp;', '&')
  );
}

const becomesMore =
  /www\.|:\/\/|[@#][\w-]|:[\w+-]+:|\$|GH-\d|(?<![0-9a-z])[0-9a-f]{7,40}(?![0-9a-z])/i;

function seen(text: string): boolean {
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(text);
}

const plain = pageOf('plain').then(rendered).then(elements);

async function isOurs(text: string): Promise<void> {
  const html = rendered(await pageOf(text));
  expect(elements(html)).toEqual(await plain);
  expect(readAgain(html)).not.toMatch(becomesMore);
  expect(html).not.toMatch(/[\u2028\u2029\u0085\v\f\u202a-\u202e\u2066-\u2069\u200b-\u200f]/);
}

describe('a summary has no heading, image, link or element but our own', () => {
  test.each(lineEnds.flatMap((end) => markdownPieces.map((piece) => [`a${end}${piece}`])))(
    '%j',
    isOurs,
  );

  test.each(markdownPieces.map((piece) => [piece]))('%j at the beginning', isOurs);

  test('whatever the text is', async () => {
    await fc.assert(fc.asyncProperty(hostile.filter(seen), isOurs), { numRuns: 800 });
  }, 120_000);
});

describe('what cannot be seen is shown', () => {
  test.each(unseen)('%j, everywhere', async (sign) => {
    const workflow = new FakeWorkflow();
    const text = `user${sign}id`;
    await publish(reportOf(text), workflow, new WorkflowLog(workflow, () => 0), destination);
    const annotated = workflow.annotations.flatMap(({ message, remedies: all = [], at }) => [
      message,
      remedyText(all),
      at?.file ?? '',
    ]);
    const everywhere = [
      ...[...workflow.lines, workflow.page, ...annotated],
      ...Object.values(workflow.outputs).map((one) => one.replaceAll('\\n', '')),
    ];
    for (const one of everywhere) expect(one).not.toContain(sign);
    expect(JSON.parse(workflow.outputs['columns'] ?? '')).not.toContainEqual(
      expect.objectContaining({ name: text }),
    );
  });
});
