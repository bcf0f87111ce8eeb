import { expect, test } from '@jest/globals';
import { conclude } from '../../../src/commands/conclude.ts';
import { writtenDown } from '../../../src/commands/write-down.ts';
import { errorFinding } from '../../../src/finding.ts';
import { readReleaseLog, type Release } from '../../../src/plan/release-log.ts';
import type { Journal } from '../../../src/plan/journal.ts';
import type { Outcome } from '../../../src/report/report.ts';
import { failing, scripted, titleOf, type Script } from '../../fakes/scripts.ts';
import { fakeHost } from '../../fakes/site.ts';
import { FakeWorkflow } from '../../fakes/workflow.ts';

const title = 'write the release down';
const looked = { stateDir: '/s', begun: ['lock', 'inspect'] };

async function written(
  outcome: Outcome,
  journal: Partial<Journal> = looked,
  answer: Script = '',
  found = 'site-unhealthy' as 'site-unhealthy' | 'lock-lost',
): Promise<{ releases: readonly Release[]; lines: readonly string[] }> {
  const server = scripted({ [title]: answer });
  const workflow = new FakeWorkflow();
  const host = fakeHost(server, { journal, workflow });
  const walked = { steps: [], failure: undefined, undone: [] };
  const findings = [errorFinding(found, 'a', 'b')];
  const report = { ...conclude([host], walked, 'deployed'), outcome, findings };
  expect(await writtenDown([host], report)).toBe(report);
  const lines = server.asked.filter((one) => titleOf(one) === title).map(({ stdin = '' }) => stdin);
  return { releases: readReleaseLog(lines.join('\n')).releases, lines: workflow.lines };
}

test.each(['refused', 'rolled-back', 'cancelled', 'stranded'] as const)(
  'a deploy that ended as %s is in the log, with what stopped it',
  async (outcome) => {
    const { releases } = await written(outcome);
    expect(releases).toMatchObject([
      { outcome, command: 'deploy', commit: 'a'.repeat(40), errors: ['site-unhealthy'] },
    ]);
  },
);

test('who started it and from where is what its journal says', async () => {
  const started = { actor: 'anna', run: 'https://x/1' };
  const { releases } = await written('rolled-back', { ...looked, started, backwards: true });
  expect(releases).toMatchObject([{ ...started, command: 'rollback' }]);
});

test('what went live is written down by its last step', async () => {
  expect((await written('deployed')).releases).toEqual([]);
});

test('a deploy that never looked at the site has no line', async () => {
  expect((await written('refused', { stateDir: '/s', begun: ['lock'] })).releases).toEqual([]);
  expect((await written('refused', { begun: ['inspect'] })).releases).toEqual([]);
});

test('one whose lock is another deploy’s has no line', async () => {
  expect((await written('stranded', looked, '', 'lock-lost')).releases).toEqual([]);
});

test('that it cannot be written down is said', async () => {
  const { lines } = await written('refused', looked, failing(1, 'No space left'));
  expect(lines).toEqual(['How it ended could not be written down: No space left']);
});
