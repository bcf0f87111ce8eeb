import { beforeEach, describe, expect, test } from '@jest/globals';
import { errorFinding, warningFinding } from '../../../src/finding.ts';
import type { Host } from '../../../src/plan/host.ts';
import { JournalBook, type Journal } from '../../../src/plan/journal.ts';
import type { StepName } from '../../../src/plan/results.ts';
import type { Site } from '../../../src/plan/site.ts';
import type { Step } from '../../../src/plan/step.ts';
import { unwind, walk } from '../../../src/plan/walk.ts';
import { Cancelled, ConnectionLost, LockLost } from '../../../src/server/failures.ts';
import { asked, scripted, type Script } from '../../fakes/scripts.ts';
import { facts, fakeHost } from '../../fakes/site.ts';
import { fakeStep, type Doing } from '../../fakes/steps.ts';
import { FakeWorkflow } from '../../fakes/workflow.ts';

const never = new AbortController().signal;
const boots = 'wait for the services of a server that boots';
const waits = 'wait for what is still running';

let saved: Journal[];
let events: string[];
let workflow: FakeWorkflow;

beforeEach(() => {
  saved = [];
  events = [];
  workflow = new FakeWorkflow();
});

function host(begun: readonly string[] = [], scripts: Record<string, Script> = {}): Host {
  const save = (now: Journal): unknown => saved.push(now);
  return fakeHost(scripted(scripts), { save, workflow, journal: { begun } });
}

function step(name: StepName, doing?: Doing): Step {
  return fakeStep(events, name, doing);
}

function failsWith(failure: unknown): () => never {
  return () => {
    throw failure;
  };
}

const fails = failsWith(new Error('broken'));

describe('the walk', () => {
  test('runs all steps in order and closes the journal', async () => {
    const walked = await walk([step('lock'), step('stage')], host(), never);
    expect(walked.failure).toBeUndefined();
    expect(walked.undone).toEqual([]);
    expect(events).toEqual(['lock', 'stage']);
    expect(saved.at(-1)).toMatchObject({ closed: true, begun: ['lock', 'stage'] });
  });

  test('says how each step went', async () => {
    const { steps } = await walk([step('lock'), step('stage', { run: fails })], host(), never);
    expect(steps).toMatchObject([
      { name: 'lock', title: 'Title of lock', result: 'done', changesSite: true },
      { name: 'stage', title: 'Title of stage', result: 'failed' },
    ]);
    for (const { seconds } of steps) expect(seconds).toBeLessThan(5);
    expect(Math.min(...steps.map(({ seconds }) => seconds))).toBeGreaterThanOrEqual(0);
  });

  test('opens a group of the log for each step and closes the last', async () => {
    await walk([step('lock'), step('stage')], host(), never);
    expect(workflow.lines).toEqual(['> Title of lock', '<', '> Title of stage', '<']);
  });

  test('leaves the journal open where more steps follow', async () => {
    const steps = [step('lock')];
    await walk(steps, host(), never, { whole: steps, goesOn: true });
    expect(saved.at(-1)?.closed).toBe(false);
  });

  test('saves the journal before each step', async () => {
    const begun: (readonly string[])[] = [];
    const run = (): unknown => begun.push(saved.at(-1)?.begun ?? []);
    await walk([step('lock', { run }), step('stage', { run })], host(), never);
    expect(begun).toEqual([['lock'], ['lock', 'stage']]);
  });

  test('a failing step is rolled back too, and everything before it, newest first', async () => {
    const steps = [step('lock'), step('stage'), step('migrate', { run: fails }), step('verify')];
    const walked = await walk(steps, host(), never);
    expect(events).toEqual(['lock', 'stage', 'migrate', 'undo migrate', 'undo stage', 'undo lock']);
    expect(walked.steps.map(({ result }) => result)).toEqual(['done', 'done', 'failed']);
    expect(walked.undone.map(({ result }) => result)).toEqual(['undone', 'undone', 'undone']);
    expect(saved.at(-1)).toMatchObject({ begun: [], closed: true });
  });

  test('rolls back the steps of an earlier part, too', async () => {
    const [lock, stage] = [step('lock'), step('stage', { run: fails })];
    const part = { whole: [lock, stage], goesOn: false };
    await walk([stage], host(['lock']), never, part);
    expect(events).toEqual(['stage', 'undo stage', 'undo lock']);
  });

  test('keeps what a step found out, for those that need it', async () => {
    const finds = { ...step('migrate'), run: async () => ({ classes: ['A'], batch: 4 }) } as Step;
    const seen: unknown[] = [];
    const reads = step('verify', { run: (site) => seen.push(site.facts.migrate) });
    const own = host();
    await walk([finds, { ...reads, needs: ['migrate'] }], own, never);
    expect(seen).toEqual([{ classes: ['A'], batch: 4 }]);
    expect(own.facts).toEqual({ migrate: { classes: ['A'], batch: 4 } });
  });

  test('does not run a step whose needs are not met', async () => {
    const reads: Step = { ...step('verify'), needs: ['stage'] };
    const { failure } = await walk([reads], host(), never);
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
    const walked = await walk([finds, step('switch')], own, never);
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
    const { steps } = await walk([step('stage', { run })], host(), never);
    expect(steps).toMatchObject([
      { findings: [warning], unverified: ['one.'], rollbackNotes: ['two.'] },
    ]);
  });

  test('an abort between two steps rolls back what was done', async () => {
    const stop = new AbortController();
    const abort = (): void => {
      stop.abort(new Cancelled('SIGINT'));
    };
    const walked = await walk([step('lock', { run: abort }), step('stage')], host(), stop.signal);
    expect(walked.failure).toBeInstanceOf(Cancelled);
    expect(events).toEqual(['lock', 'undo lock']);
    expect(walked.steps.map(({ result }) => result)).toEqual(['done', 'cancelled']);
  });

  test("a lock that is another deploy's by now: nothing is touched any more", async () => {
    const steps = [step('lock'), step('stage', { run: failsWith(new LockLost('h')) })];
    const walked = await walk(steps, host(), never);
    expect(walked.failure).toBeInstanceOf(LockLost);
    expect(events).toEqual(['lock', 'stage']);
  });
});

describe('rolling back', () => {
  const why = new Error('x');

  test('an undo that fails does not keep the others from theirs, and the journal stays open', async () => {
    const steps = [step('lock'), step('stage', { undo: fails }), step('migrate')];
    const undone = await unwind(steps, host(['lock', 'stage', 'migrate']), why);
    expect(events).toEqual(['undo migrate', 'undo stage', 'undo lock']);
    expect(undone.map(({ result }) => result)).toEqual([
      'undone',
      { failed: new Error('broken') },
      'undone',
    ]);
    expect(saved.at(-1)).toMatchObject({ begun: ['stage'], closed: false });
    expect(workflow.lines).toContain('This could not be rolled back: Error: broken');
    expect(workflow.lines.at(-1)).toBe('<');
  });

  test('what finishing a failed rollback needs is kept', async () => {
    const left = host(['lock', 'stage', 'migrate', 'verify']);
    const steps = [
      step('lock', { kept: true }),
      step('stage', { kept: true }),
      step('migrate', { undo: fails }),
      step('verify', { kept: true }),
    ];
    const undone = await unwind(steps, left, why);
    expect(undone.map(({ result }) => (typeof result === 'object' ? 'failed' : result))).toEqual([
      'undone',
      'failed',
      'kept',
      'kept',
    ]);
    expect(left.journal.now).toMatchObject({ closed: false, begun: ['lock', 'stage', 'migrate'] });
  });

  test('says of each step what a person would type', async () => {
    const plain = { ...step('verify'), undo: 'nothing to undo', byHand: undefined } as const;
    delete (plain as { byHand?: unknown }).byHand;
    const steps: readonly Step[] = [step('lock'), plain as unknown as Step];
    const undone = await unwind(steps, host(['lock', 'verify']), why);
    expect(undone).toMatchObject([
      { name: 'verify', result: 'nothing to undo', byHand: null },
      { name: 'lock', byHand: { commands: 'by hand lock', finding: 'stranded-stage' } },
    ]);
  });

  test('keeps what it recorded, and the facts as they are afterwards', async () => {
    const own = fakeHost(scripted(), {
      journal: { begun: ['migrate'] },
      facts: facts('migrate', { classes: ['A'], batch: 1 }),
    });
    const migrate: Step<'migrate', never> = {
      ...(step('migrate') as Step<'migrate', never>),
      undo: async (site) => {
        site.rolledBack('one.');
        return { classes: [], batch: null };
      },
      ...{ byHand: () => '', stranded: 'stranded-migrate' },
    };
    expect(await unwind([migrate], own, why)).toMatchObject([{ rollbackNotes: ['one.'] }]);
    expect(own.facts.migrate).toEqual({ classes: [], batch: null });
  });

  test("nothing more is touched once the lock is another deploy's", async () => {
    const lost = step('migrate', { undo: failsWith(new LockLost('h')) });
    const own = host(['lock', 'stage', 'migrate']);
    await unwind([step('lock'), step('stage'), lost], own, why);
    expect(events).toEqual(['undo migrate']);
  });

  test('what cannot be written down keeps the rollback from nothing', async () => {
    const full = new JournalBook(host(['lock', 'stage']).journal.now, async () => {
      throw new Error('No space left on device');
    });
    await unwind([step('lock'), step('stage')], host().withJournal(full), why);
    expect(events).toEqual(['undo stage', 'undo lock']);
    expect(workflow.lines).toContain(
      'The journal could not be written: Error: No space left on device',
    );
  });

  test('another process rolls back what the journal calls begun, and nothing else', async () => {
    await unwind([step('lock'), step('stage'), step('migrate')], host(['lock', 'stage']), why);
    expect(events).toEqual(['undo stage', 'undo lock']);
  });

  test('a cancelled job has a few seconds, and asks the server for nothing before', async () => {
    const own = host(['lock']);
    await unwind([step('lock')], own, new Cancelled('x'));
    expect(asked(own.server as never)).toEqual([]);
  });

  test('waits first for the services of a server that boots', async () => {
    const own = host(['lock']);
    await unwind([step('lock')], own, why);
    expect(asked(own.server as never)).toEqual([boots]);
    expect(workflow.lines).not.toContain('The connection was lost; connecting again.');
  });

  test('after a lost connection it waits for what goes on alone', async () => {
    const own = host(['lock']);
    await unwind([step('lock')], own, new ConnectionLost('h'));
    expect(asked(own.server as never)).toEqual([boots, waits]);
    expect(workflow.lines[0]).toBe('The connection was lost; connecting again.');
  });

  test('an undo that loses its connection is tried once more', async () => {
    let left = 1;
    const undo = (): void => {
      if (left > 0) {
        left -= 1;
        throw new ConnectionLost('h');
      }
    };
    const own = host(['lock']);
    const undone = await unwind([step('lock', { undo })], own, why);
    expect(undone.map(({ result }) => result)).toEqual(['undone']);
    expect(events).toEqual(['undo lock', 'undo lock']);
    expect(asked(own.server as never)).toEqual([boots, boots, waits]);
  });

  test('another failure of an undo is not tried again', async () => {
    await unwind([step('lock', { undo: fails })], host(['lock']), why);
    expect(events).toEqual(['undo lock']);
  });

  test('a server that is gone is tried four times, and the rollback begins all the same', async () => {
    let tries = 0;
    const own = host(['lock'], {
      [boots]: () => {
        tries += 1;
        throw new ConnectionLost('h');
      },
    });
    await unwind([step('lock')], own, why);
    expect(tries).toBe(4);
    expect(events).toEqual(['undo lock']);
    expect(workflow.lines.filter((line) => /connecting again/.test(line))).toHaveLength(3);
    expect(workflow.lines.some((line) => /^ConnectionLost/.test(line))).toBe(true);
  });

  test('what else goes wrong while it waits is said, and waited for no longer', async () => {
    let tries = 0;
    const own = host(['lock'], {
      [boots]: () => {
        tries += 1;
        throw new Error('odd');
      },
    });
    await unwind([step('lock')], own, why);
    expect(tries).toBe(1);
    expect(workflow.lines).toContain('Error: odd');
  });
});
