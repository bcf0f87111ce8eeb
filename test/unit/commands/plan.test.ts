import { beforeEach, describe, expect, test } from '@jest/globals';
import { plan, planSteps } from '../../../src/commands/plan.ts';
import { errorFinding } from '../../../src/finding.ts';
import type { Journal } from '../../../src/plan/journal.ts';
import type { PlanFacts } from '../../../src/plan/facts.ts';
import type { Step } from '../../../src/plan/step.ts';
import { outputs } from '../../../src/report/publish.ts';
import { planPage } from '../../../src/report/plan.ts';
import { sentence, type Report } from '../../../src/report/report.ts';
import { markdown } from '../../../src/report/summary.ts';
import { scripted, titleOf } from '../../fakes/scripts.ts';
import { destination } from '../../fakes/workflow.ts';
import { fakeHost } from '../../fakes/site.ts';
import { fakeStep, type Doing } from '../../fakes/steps.ts';

const facts: PlanFacts = {
  alreadyLive: false,
  commits: ['abc1234 Move <b>'],
  files: Array.from({ length: 102 }, (_, at) => `f${at}`),
  migrations: [
    {
      class: 'App\\A',
      path: 'app/A.php',
      unread: '',
      statements: [
        { sql: 'CREATE TABLE `a\u{FFFC}`', doubt: 'a variable', costs: [] },
        { sql: null, doubt: 'SQL that is no text', costs: [] },
      ],
    },
    { class: 'App\\B', path: 'app/B.php', unread: 'it is elsewhere', statements: null },
  ],
  sessions: 'Sessions stay where they are.',
  commands: [{ step: 'Migrate', lines: ['cd /s && php spark migrate'] }],
};

let events: string[];
let saved: Journal[];
beforeEach(() => {
  events = [];
  saved = [];
});

async function planned(doing: Doing = {}): Promise<{ report: Report; titles: readonly string[] }> {
  const looks = { changesSite: false };
  const steps: readonly Step[] = [
    fakeStep(events, 'lock', looks),
    fakeStep(events, 'inspect', { ...looks, ...doing }),
    fakeStep(events, 'plan', { ...looks, facts }),
  ];
  const server = scripted();
  const journal = { stateDir: '/s' };
  const host = fakeHost(server, {
    inputs: { command: 'plan' },
    journal,
    save: (now) => saved.push(now),
  });
  const report = await plan([host], new AbortController().signal, steps);
  return { report, titles: server.asked.map(titleOf) };
}

describe('a plan', () => {
  test('is undone when it is done, and is no release', async () => {
    const { report, titles } = await planned();
    expect(report.outcome).toBe('passed');
    expect(events).toEqual(['lock', 'inspect', 'plan', 'undo plan', 'undo inspect', 'undo lock']);
    expect(saved.at(-1)).toMatchObject({ closed: true, onlyPlans: true });
    expect(titles).not.toContain('write the release down');
    expect(sentence(report)).toContain('would bring 1 commit, 102 files, 2 migrations.');
    expect(JSON.parse(outputs(report, destination)['plan'] ?? '')).toEqual(facts);
    expect(markdown(report)).toContain('### Commits that would go live');
  });

  test('fails where a deploy would be refused', async () => {
    const run: Doing['run'] = (site) => {
      site.find(errorFinding('dirty-tree', 'a', 'b'));
    };
    const { report } = await planned({ run });
    expect(report.outcome).toBe('failed');
    expect(events).toEqual(['lock', 'inspect', 'undo inspect', 'undo lock']);
    expect(outputs(report, destination)['plan']).toBe('');
  });

  test('takes only steps that leave the site alone', () => {
    const steps = planSteps(async () => Promise.resolve(new Map()));
    expect(steps.map(({ name, changesSite }) => [name, changesSite])).toEqual([
      ['lock', false],
      ['inspect', false],
      ['stage', false],
      ['plan', false],
    ]);
  });
});

test('the page has everything, and text of strangers stays text', () => {
  const page = planPage(facts);
  expect(page).toContain('Move &lt;b&gt;');
  expect(page).toContain('and 2 more');
  expect(page).toContain('-- unresolved: a variable\nCREATE TABLE `a...`;');
  expect(page).toContain('-- unresolved: SQL that is no text');
  expect(page).toContain('Its SQL was not read: it is elsewhere.');
  expect(page).toContain('cd /s && php spark migrate');
  expect(planPage({ ...facts, alreadyLive: true })).toContain('nothing is left to deploy');
});
