import { beforeEach, describe, expect, test } from '@jest/globals';
import { JournalBook, type Journal } from '../../../src/plan/journal.ts';
import type { Host } from '../../../src/plan/host.ts';
import type { Step, Undo } from '../../../src/plan/step.ts';
import { unwind, walk } from '../../../src/plan/walk.ts';
import type { StepName } from '../../../src/plan/results.ts';
import { Cancelled, LockLost } from '../../../src/server/failures.ts';
import type { Server } from '../../../src/server/server.ts';
import { fakeHost } from '../../fakes/site.ts';

const never = new AbortController().signal;
const unasked: Server = {
  name: 'nicolas@h:22',
  roundTrips: 0,
  round: async () => Promise.reject(new Error('not asked here')),
  open: async () => Promise.reject(new Error('not asked here')),
  [Symbol.asyncDispose]: async () => Promise.resolve(),
};

let saved: Journal[];
let events: string[];

beforeEach(() => {
  saved = [];
  events = [];
});

function host(): Host {
  return fakeHost(unasked, { save: (now) => saved.push(now) });
}

function step(name: StepName, run: () => void = () => undefined, undo?: () => void): Step {
  const back: Undo = async () => {
    events.push(`undo ${name}`);
    undo?.();
    return undefined;
  };
  return {
    ...{ name, title: name, needs: [], changesSite: false, on: 'every host' },
    async run() {
      events.push(name);
      run();
      return undefined;
    },
    undo: back,
    byHand: () => `by hand ${name}`,
    stranded: 'stranded-stage',
  };
}

const fails = (): never => {
  throw new Error('broken');
};

describe('the walk', () => {
  test('goes through all steps in order and closes the journal', async () => {
    const reported = await walk([step('lock'), step('stage')], host(), never);
    expect(reported.failure).toBeUndefined();
    expect(events).toEqual(['lock', 'stage']);
    expect(saved.at(-1)?.closed).toBe(true);
  });

  test('saves the journal before each step', async () => {
    const looks: (readonly string[])[] = [];
    const look = (): void => {
      looks.push(saved.at(-1)?.begun ?? []);
    };
    await walk([step('lock', look), step('stage', look)], host(), never);
    expect(looks).toEqual([['lock'], ['lock', 'stage']]);
  });

  test('a failing step is rolled back too, and everything before it, newest first', async () => {
    const reported = await walk(
      [step('lock'), step('stage'), step('migrate', fails), step('verify')],
      host(),
      never,
    );
    expect(events).toEqual(['lock', 'stage', 'migrate', 'undo migrate', 'undo stage', 'undo lock']);
    expect(reported.steps.map(({ result }) => result)).toEqual(['done', 'done', 'failed']);
    expect(saved.at(-1)).toMatchObject({ begun: [], closed: true });
  });

  test('an undo that fails does not keep the others from theirs, and the journal stays open', async () => {
    const reported = await walk(
      [step('lock'), step('stage', undefined, fails), step('migrate', fails)],
      host(),
      never,
    );
    expect(events.slice(-3)).toEqual(['undo migrate', 'undo stage', 'undo lock']);
    expect(reported.undone.map(({ result }) => typeof result)).toEqual([
      'string',
      'object',
      'string',
    ]);
    expect(saved.at(-1)).toMatchObject({ begun: ['stage'], closed: false });
  });

  test('an abort between two steps rolls back what was done', async () => {
    const stop = new AbortController();
    const reported = await walk(
      [
        step('lock', () => {
          stop.abort(new Cancelled('SIGINT'));
        }),
        step('stage'),
      ],
      host(),
      stop.signal,
    );
    expect(reported.failure).toBeInstanceOf(Cancelled);
    expect(events).toEqual(['lock', 'undo lock']);
    expect(reported.steps.at(-1)?.result).toBe('cancelled');
  });

  test('what finishing a failed rollback needs is kept', async () => {
    const left = host();
    await left.journal.note({ begun: ['lock', 'stage', 'migrate'] });
    const broken = step('migrate', undefined, () => {
      throw new Error('no rollback');
    });
    const kept = { keptWhenStranded: true };
    const steps = [{ ...step('lock'), ...kept }, { ...step('stage'), ...kept }, broken];
    const undone = await unwind(steps, left, new Error('x'));
    expect(undone.map(({ result }) => (typeof result === 'object' ? 'failed' : result))).toEqual([
      'failed',
      'kept',
      'kept',
    ]);
    expect(left.journal.now).toMatchObject({ closed: false, begun: ['lock', 'stage', 'migrate'] });
  });

  test("a lock that is another deploy's by now: nothing is touched any more", async () => {
    const reported = await walk(
      [
        step('lock'),
        step('stage', () => {
          throw new LockLost('h');
        }),
      ],
      host(),
      never,
    );
    expect(reported.failure).toBeInstanceOf(LockLost);
    expect(events).toEqual(['lock', 'stage']);
  });

  test('nor when that comes to light on the rollback', async () => {
    const left = host();
    await left.journal.note({ begun: ['lock', 'stage', 'migrate'] });
    const lost = step('migrate', undefined, () => {
      throw new LockLost('h');
    });
    await unwind([step('lock'), step('stage'), lost], left, new Error('x'));
    expect(events).toEqual(['undo migrate']);
  });

  test('what cannot be written down keeps the rollback from nothing', async () => {
    const left = host();
    await left.journal.note({ begun: ['lock', 'stage'] });
    const full = new JournalBook(left.journal.now, async () => {
      throw new Error('No space left on device');
    });
    await unwind([step('lock'), step('stage')], left.withJournal(full), new Error('x'));
    expect(events).toEqual(['undo stage', 'undo lock']);
  });

  test('another process rolls back what the journal calls begun, and nothing else', async () => {
    const left = host();
    await left.journal.note({ begun: ['lock', 'stage'] });
    await unwind([step('lock'), step('stage'), step('migrate')], left, new Error('killed'));
    expect(events).toEqual(['undo stage', 'undo lock']);
  });
});
