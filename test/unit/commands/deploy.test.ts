import { beforeEach, describe, expect, test } from '@jest/globals';
import {
  deploy,
  deploySteps,
  procedure as real,
  underLock,
  type Procedure,
} from '../../../src/commands/deploy.ts';
import { verifySteps } from '../../../src/commands/verify.ts';
import { errorFinding } from '../../../src/finding.ts';
import type { Journal } from '../../../src/plan/journal.ts';
import type { StepName } from '../../../src/plan/results.ts';
import type { Step } from '../../../src/plan/step.ts';
import type { Report } from '../../../src/report/report.ts';
import { Cancelled } from '../../../src/server/failures.ts';
import { scripted } from '../../fakes/scripts.ts';
import { fakeHost, fakeSite } from '../../fakes/site.ts';
import { fakeStep, type Doing } from '../../fakes/steps.ts';

const never = new AbortController().signal;
const looksOnly = { changesSite: false };

let events: string[];
let saved: Journal[];

beforeEach(() => {
  events = [];
  saved = [];
});

function procedure(doing: Partial<Record<StepName, Doing>> = {}, alreadyLive = false): Procedure {
  const step = (name: StepName, more: Doing = {}): Step =>
    fakeStep(events, name, { ...more, ...doing[name] });
  return {
    look: [step('lock', looksOnly), step('inspect', { ...looksOnly, facts: { alreadyLive } })],
    change: [step('stage', looksOnly), step('migrate'), step('finish')],
    prove: [step('confirm', looksOnly), step('unlock', looksOnly)],
  };
}

async function deployed(steps: Procedure, signal = never): Promise<Report> {
  const host = fakeHost(scripted(), { save: (now) => saved.push(now) });
  return deploy([host], signal, steps);
}

const fails = (): never => {
  throw new Error('broken');
};

describe('a deploy', () => {
  test('looks first, then changes, and says that it deployed', async () => {
    const report = await deployed(procedure());
    expect(report.outcome).toBe('deployed');
    expect(events).toEqual(['lock', 'inspect', 'stage', 'migrate', 'finish']);
    expect(report.hosts[0]?.steps.map(({ name }) => name)).toEqual(events);
    expect(saved.at(-1)?.closed).toBe(true);
  });

  test('keeps its journal open between looking and changing', async () => {
    await deployed(procedure({ stage: { run: () => events.push(String(saved.at(-1)?.closed)) } }));
    expect(events).toContain('false');
    const closed = saved.findIndex((now) => now.closed);
    expect(saved[closed]?.begun).toContain('finish');
  });

  test('changes nothing where the commit is live already, and only proves it', async () => {
    const report = await deployed(procedure({}, true));
    expect(report.outcome).toBe('already-live');
    expect(events).toEqual(['lock', 'inspect', 'confirm', 'unlock']);
  });

  test('an error found while looking is a refusal, and nothing is changed', async () => {
    const error = errorFinding('dirty-tree', 'a', 'b');
    const run: Doing['run'] = (site) => {
      site.find(error);
    };
    const report = await deployed(procedure({ inspect: { run } }));
    expect(report).toMatchObject({ outcome: 'refused', findings: [error] });
    expect(events).toEqual(['lock', 'inspect', 'undo inspect', 'undo lock']);
  });

  test('a failure in the middle rolls back everything, the lock last', async () => {
    const report = await deployed(procedure({ migrate: { run: fails } }));
    expect(report.outcome).toBe('rolled-back');
    expect(events.slice(-4)).toEqual(['undo migrate', 'undo stage', 'undo inspect', 'undo lock']);
    expect(saved.at(-1)).toMatchObject({ closed: true, begun: [] });
  });

  test('a failure before the site was changed is a refusal', async () => {
    expect((await deployed(procedure({ stage: { run: fails } }))).outcome).toBe('refused');
  });

  test('a live site that is not right is a refusal, and the lock is released', async () => {
    const report = await deployed(procedure({ confirm: { run: fails } }, true));
    expect(report.outcome).toBe('refused');
    expect(events.slice(-2)).toEqual(['undo inspect', 'undo lock']);
  });

  test('a rollback that fails is said to be stranded', async () => {
    const broken = { run: fails, undo: fails };
    const report = await deployed(procedure({ migrate: broken }));
    expect(report.outcome).toBe('stranded');
    expect(report.findings.map(({ name }) => name)).toContain('stranded-stage');
    expect(saved.at(-1)).toMatchObject({ closed: false, begun: ['migrate'] });
  });

  test('a cancelled job is rolled back and never called deployed', async () => {
    const stop = new AbortController();
    const run = (): void => {
      stop.abort(new Cancelled('SIGINT'));
    };
    const report = await deployed(procedure({ migrate: { run } }), stop.signal);
    expect(report.outcome).toBe('cancelled');
    expect(events).not.toContain('finish');
    expect(events.at(-1)).toBe('undo lock');
  });
});

test('the steps of a deploy, in their order', () => {
  expect(deploySteps.map(({ name }) => name)).toMatchInlineSnapshot(`
   [
     "lock",
     "inspect",
     "stage",
     "in-stage",
     "migrate",
     "verify",
     "copy",
     "switch",
     "cutover",
     "after-switch",
     "confirm",
     "finish",
   ]
  `);
});

test('where the commit is live already it is verified with a visit, and unlocked', () => {
  expect(real.prove.map(({ name, changesSite }) => [name, changesSite])).toEqual([
    ['verify', false],
    ['unlock', false],
  ]);
});

test('every step that changes the site can be rolled back, but the last', () => {
  const final = deploySteps.filter(
    ({ changesSite, undo }) => changesSite && typeof undo === 'string',
  );
  expect(final.map(({ name }) => name)).toEqual(['finish']);
});

test('no step needs what only a later one finds out', () => {
  for (const steps of [deploySteps, [...real.look, ...real.prove], verifySteps]) {
    const done = new Set<string>();
    for (const { name, needs } of steps) {
      for (const need of needs) expect(done).toContain(need);
      done.add(name);
    }
    expect(steps.filter(({ name }) => name === 'verify')).toMatchObject([
      { needs: expect.arrayContaining(['inspect']) },
    ]);
  }
});

describe('a step under the lock', () => {
  const take = async (): Promise<void> => {
    events.push('take');
    return Promise.resolve();
  };
  const step = (): Step<'lock', never> => fakeStep(events, 'lock') as Step<'lock', never>;

  test('is done once where the lock is ours', async () => {
    const site = fakeSite(scripted(), { journal: { locked: true } });
    await underLock(step(), take).run(site, never);
    expect(events).toEqual(['lock']);
  });

  test('is done again after the lock was taken where it was not', async () => {
    await underLock(step(), take).run(fakeSite(scripted()), never);
    expect(events).toEqual(['lock', 'take', 'lock']);
  });

  test('ends with what keeps the lock from being taken', async () => {
    const refuses = async (): Promise<void> => Promise.reject(new Error('no room'));
    await expect(underLock(step(), refuses).run(fakeSite(scripted()), never)).rejects.toThrow(
      'no room',
    );
    expect(events).toEqual(['lock']);
  });
});
