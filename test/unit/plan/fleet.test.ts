import { beforeEach, describe, expect, test } from '@jest/globals';
import { conclude } from '../../../src/commands/conclude.ts';
import type { Fleet } from '../../../src/plan/fleet.ts';
import type { StepName } from '../../../src/plan/results.ts';
import type { Step } from '../../../src/plan/step.ts';
import { walk } from '../../../src/plan/walk.ts';
import { LockLost } from '../../../src/server/failures.ts';
import type { Doing } from '../../fakes/steps.ts';
import { failsWith, Walking } from '../../fakes/walking.ts';

const never = new AbortController().signal;

let events: string[];
let fleet: Fleet;

beforeEach(() => {
  const walking = new Walking();
  ({ events } = walking);
  fleet = [walking.host([], {}, 'a'), walking.host([], {}, 'b')];
});

/** A step that also writes down on which server. */
function step(name: StepName, doing: Doing = {}, on: Step['on'] = 'every host'): Step {
  const plain = new Walking().step(name, {
    facts: doing.facts,
    run: (site) => {
      events.push(`${name} on ${site.server.name}`);
      doing.run?.(site);
    },
    undo: (site) => {
      events.push(`undo ${name} on ${site.server.name}`);
      doing.undo?.(site);
    },
  });
  return { ...plain, on };
}

describe('a walk over two hosts', () => {
  test('ends each step on all hosts before the next begins', async () => {
    await walk([step('lock'), step('stage')], fleet, never);
    expect(events).toEqual(['lock on a', 'lock on b', 'stage on a', 'stage on b']);
    for (const { journal } of fleet)
      expect(journal.now).toMatchObject({ begun: ['lock', 'stage'], closed: true });
  });

  test('does once what is for the database, and every host knows what came of it', async () => {
    const facts = { classes: ['A'], batch: 4 };
    const walked = await walk([step('migrate', { facts }, 'once per database')], fleet, never);
    expect(events).toEqual(['migrate on a']);
    expect(fleet.map((host) => host.facts.migrate)).toEqual([facts, facts]);
    expect(fleet[1]?.journal.now.begun).toEqual([]);
    expect(conclude(fleet, walked, 'deployed').migrations).toEqual(['A']);
  });

  test('what fails on one host is rolled back on all, newest first', async () => {
    const broken = step('switch', {
      run: ({ server }) => {
        if (server.name === 'b') throw new Error('broken');
      },
    });
    const steps = [step('lock'), step('migrate', {}, 'once per database'), broken];
    const { failure, undone } = await walk(steps, fleet, never);
    expect(failure).toEqual(new Error('broken'));
    expect(events.slice(-5)).toEqual([
      'undo switch on a',
      'undo switch on b',
      'undo migrate on a',
      'undo lock on a',
      'undo lock on b',
    ]);
    expect(undone).toHaveLength(5);
  });

  test('a host whose lock is lost is not touched any more, the others are rolled back', async () => {
    const lost = step('stage', {
      run: ({ server }) => {
        if (server.name === 'a') failsWith(new LockLost('a'))();
      },
    });
    await walk([step('lock'), lost], fleet, never);
    expect(events.slice(-2)).toEqual(['undo stage on b', 'undo lock on b']);
    expect(events.filter((event) => event.startsWith('undo'))).toHaveLength(2);
  });

  test('the report says of each host how its steps went', async () => {
    const broken = step('stage', {
      run: ({ server }) => {
        if (server.name === 'b') throw new Error('broken');
      },
      undo: ({ server }) => {
        if (server.name === 'b') throw new Error('again');
      },
    });
    const report = conclude(fleet, await walk([step('lock'), broken], fleet, never), 'deployed');
    expect(report.outcome).toBe('stranded');
    const shown = report.hosts.map(({ server, steps, undone }) => [
      server,
      ...steps.map(({ name, result }) => `${name} ${result}`),
      ...undone.map(
        ({ name, result }) => `${name} ${typeof result === 'object' ? 'failed' : result}`,
      ),
    ]);
    expect(shown).toEqual([
      ['a', 'lock done', 'stage done', 'stage undone', 'lock undone'],
      ['b', 'lock done', 'stage failed', 'stage failed', 'lock undone'],
    ]);
  });
});
