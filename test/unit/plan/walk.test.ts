import { beforeEach, describe, expect, test } from '@jest/globals';
import { errorFinding, warningFinding } from '../../../src/finding.ts';
import type { Journal } from '../../../src/plan/journal.ts';
import type { Site } from '../../../src/plan/site.ts';
import type { Step } from '../../../src/plan/step.ts';
import { walk } from '../../../src/plan/walk.ts';
import { Cancelled, LockLost } from '../../../src/server/failures.ts';
import { failsWith, Walking } from '../../fakes/walking.ts';

const never = new AbortController().signal;

let saved: readonly Journal[];
let events: string[];
let workflow: Walking['workflow'];
let host: Walking['host'];
let step: Walking['step'];

beforeEach(() => {
  const walking = new Walking();
  ({ saved, events, workflow } = walking);
  host = walking.host.bind(walking);
  step = walking.step.bind(walking);
});

const fails = failsWith(new Error('broken'));

describe('the walk', () => {
  test('runs all steps in order and closes the journal', async () => {
    const walked = await walk([step('lock'), step('stage')], [host()], never);
    expect(walked.failure).toBeUndefined();
    expect(walked.undone).toEqual([]);
    expect(events).toEqual(['lock', 'stage']);
    expect(saved.at(-1)).toMatchObject({ closed: true, begun: ['lock', 'stage'] });
  });

  test('says how each step went', async () => {
    const { steps } = await walk([step('lock'), step('stage', { run: fails })], [host()], never);
    expect(steps).toMatchObject([
      { name: 'lock', title: 'Title of lock', result: 'done', changesSite: true },
      { name: 'stage', title: 'Title of stage', result: 'failed' },
    ]);
    for (const { seconds } of steps) expect(seconds).toBeLessThan(5);
    expect(Math.min(...steps.map(({ seconds }) => seconds))).toBeGreaterThanOrEqual(0);
  });

  test('opens a group of the log for each step and closes the last', async () => {
    await walk([step('lock'), step('stage')], [host()], never);
    expect(workflow.lines).toEqual(['> Title of lock', '<', '> Title of stage', '<']);
  });

  test('leaves the journal open where more steps follow', async () => {
    const steps = [step('lock')];
    await walk(steps, [host()], never, { whole: steps, goesOn: true });
    expect(saved.at(-1)?.closed).toBe(false);
  });

  test('saves the journal before each step', async () => {
    const begun: (readonly string[])[] = [];
    const run = (): unknown => begun.push(saved.at(-1)?.begun ?? []);
    await walk([step('lock', { run }), step('stage', { run })], [host()], never);
    expect(begun).toEqual([['lock'], ['lock', 'stage']]);
  });

  test('a failing step is rolled back too, and everything before it, newest first', async () => {
    const steps = [step('lock'), step('stage'), step('migrate', { run: fails }), step('verify')];
    const walked = await walk(steps, [host()], never);
    expect(events).toEqual(['lock', 'stage', 'migrate', 'undo migrate', 'undo stage', 'undo lock']);
    expect(walked.steps.map(({ result }) => result)).toEqual(['done', 'done', 'failed']);
    expect(walked.undone.map(({ result }) => result)).toEqual(['undone', 'undone', 'undone']);
    expect(saved.at(-1)).toMatchObject({ begun: [], closed: true });
  });

  test('rolls back the steps of an earlier part, too', async () => {
    const [lock, stage] = [step('lock'), step('stage', { run: fails })];
    const part = { whole: [lock, stage], goesOn: false };
    await walk([stage], [host(['lock'])], never, part);
    expect(events).toEqual(['stage', 'undo stage', 'undo lock']);
  });

  test('keeps what a step found out, for those that need it', async () => {
    const finds = { ...step('migrate'), run: async () => ({ classes: ['A'], batch: 4 }) } as Step;
    const seen: unknown[] = [];
    const reads = step('verify', { run: (site) => seen.push(site.facts.migrate) });
    const own = host();
    await walk([finds, { ...reads, needs: ['migrate'] }], [own], never);
    expect(seen).toEqual([{ classes: ['A'], batch: 4 }]);
    expect(own.facts).toEqual({ migrate: { classes: ['A'], batch: 4 } });
  });

  test('does not run a step whose needs are not met', async () => {
    const reads: Step = { ...step('verify'), needs: ['stage'] };
    const { failure } = await walk([reads], [host()], never);
    expect(failure).toEqual(new Error('the step stage is not done yet'));
    expect(events).toEqual(['undo verify']);
  });

  test('stops after a step that found an error, and keeps its facts', async () => {
    const error = errorFinding('table-missing', 'a', 'b');
    const finds: Step = {
      ...step('verify'),
      run: async (site) => {
        site.find(error);
        return { columns: [] };
      },
    };
    const own = host();
    const walked = await walk([finds, step('switch')], [own], never);
    expect(walked.steps).toMatchObject([{ result: 'failed', findings: [error] }]);
    expect(own.facts.verify).toEqual({ columns: [] });
    expect(events).toEqual(['undo verify']);
  });

  test('keeps what a step recorded before it failed', async () => {
    const warning = warningFinding('cleanup-failed', 'a', 'b');
    const run = (site: Site): never => {
      site.find(warning, warning);
      site.notVerified('one.');
      site.rolledBack('two.');
      return fails();
    };
    const { steps } = await walk([step('stage', { run })], [host()], never);
    expect(steps).toMatchObject([
      { findings: [warning], unverified: ['one.'], rollbackNotes: ['two.'] },
    ]);
  });

  test('an abort between two steps rolls back what was done', async () => {
    const stop = new AbortController();
    const abort = (): void => {
      stop.abort(new Cancelled('SIGINT'));
    };
    const walked = await walk([step('lock', { run: abort }), step('stage')], [host()], stop.signal);
    expect(walked.failure).toBeInstanceOf(Cancelled);
    expect(events).toEqual(['lock', 'undo lock']);
    expect(walked.steps.map(({ result }) => result)).toEqual(['done', 'cancelled']);
  });

  test("a lock that is another deploy's by now: nothing is touched any more", async () => {
    const steps = [step('lock'), step('stage', { run: failsWith(new LockLost('h')) })];
    const walked = await walk(steps, [host()], never);
    expect(walked.failure).toBeInstanceOf(LockLost);
    expect(events).toEqual(['lock', 'stage']);
  });
});
