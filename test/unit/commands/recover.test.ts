import { expect, test } from '@jest/globals';
import { recover } from '../../../src/commands/recover.ts';
import type { Journal } from '../../../src/plan/journal.ts';
import type { Outcome, Report } from '../../../src/report/report.ts';
import { asked, failing, scripted, type Script } from '../../fakes/scripts.ts';
import { fakeHost } from '../../fakes/site.ts';
import { FakeWorkflow } from '../../fakes/workflow.ts';

const never = new AbortController().signal;
const waits = 'wait for what is still running';
const boots = 'wait for the services of a server that boots';

interface Recovered {
  readonly report: Report;
  readonly asked: readonly string[];
  readonly lines: readonly string[];
  readonly journal: Journal;
}

async function recovered(
  begun: readonly string[],
  main: Outcome | null,
  scripts: Record<string, Script> = {},
): Promise<Recovered> {
  const server = scripted(scripts);
  const workflow = new FakeWorkflow();
  const journal = { begun, locked: true, stateDir: '/s' };
  const host = fakeHost(server, { workflow, journal });
  const report = await recover([host], main, never);
  return { report, asked: asked(server), lines: workflow.lines, journal: host.journal.now };
}

test('a run that was killed is rolled back once nothing of it runs any more', async () => {
  const { report, asked: titles, lines, journal } = await recovered(['lock', 'stage'], null);
  expect(report).toMatchObject({ outcome: 'cancelled', hosts: [{ steps: [] }] });
  expect(report.hosts[0]?.undone).toMatchObject([
    { name: 'stage', result: 'undone' },
    { name: 'lock', result: 'undone' },
  ]);
  expect(titles).toEqual([waits, boots, 'remove the stage', 'release the lock']);
  expect(lines[0]).toBe('The run was stopped in the middle: rolling back what it had begun.');
  expect(journal).toMatchObject({ closed: true, locked: false, begun: [] });
});

test('what could not be rolled back is tried once more', async () => {
  const { report, lines } = await recovered(['lock'], 'stranded');
  expect(report.outcome).toBe('rolled-back');
  expect(lines[0]).toBe(
    'The deploy could not be rolled back completely: trying the rest once more.',
  );
});

test('and is stranded when that fails, too', async () => {
  const { report, journal } = await recovered(['lock'], 'stranded', {
    'release the lock': failing(1, 'no'),
  });
  expect(report.outcome).toBe('stranded');
  expect(journal).toMatchObject({ closed: false, begun: ['lock'] });
});

test('a deploy that was live and proved is finished, not rolled back', async () => {
  const { report, asked: titles, journal } = await recovered(['lock', 'switch', 'finish'], null);
  expect(report.outcome).toBe('deployed');
  expect(report.hosts[0]?.steps.map(({ name }) => name)).toEqual(['finish']);
  expect(titles).toContain('release the lock');
  expect(titles).not.toContain('the live tree goes back');
  expect(journal.closed).toBe(true);
});
