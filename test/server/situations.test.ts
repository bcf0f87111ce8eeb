import { describe, expect, test } from '@jest/globals';
import { chosen, uncorrected, type Release } from '../rig/releases.ts';
import { deed } from '../../src/commands/deploy.ts';
import { inspect } from '../../src/steps/inspect/inspect.ts';
import { measure, verdict } from './measure.ts';
import type { Situation } from './situation.ts';
import { all, situationsFor } from './situations/all.ts';

async function happens(situation: Situation, release: Release): Promise<void> {
  const measured = await measure(situation, release, situation.afterwards);
  const { outcome, errors, post, leaks } = measured;
  expect({ outcome, errors, post, leaks }).toEqual({
    outcome: situation.outcome,
    errors: situation.errors,
    post: situation.outcome === 'stranded' ? 1 : 0,
    leaks: [],
  });
  expect(measured.others).toEqual(expect.arrayContaining([...(situation.also ?? [])]));
  if (measured.exit !== 0) expect(measured.after).toEqual(measured.before);
  expect(verdict(situation, measured)).toBe('as expected');
  if (situation.says !== undefined) expect(measured.sentence).toMatch(situation.says);
}

describe.each(await chosen())('CodeIgniter $version', (release) => {
  test.each(situationsFor(release))(
    '$outcome: $name',
    async (situation) => happens(situation, release),
    180_000,
  );
});

describe('CodeIgniter 4.1.3 as it was published', () => {
  test('its handler writes no date, so the deploy is red and nothing has changed', async () => {
    const situation: Situation = {
      name: 'uncorrected',
      outcome: 'rolled-back',
      errors: ['handler-writes-no-date'],
      says: 'writes no date',
    };
    await happens(situation, await uncorrected());
  }, 180_000);
});

test.each([inspect, ...deed].map(({ name }) => name))('something fails at %s', (step) => {
  const failing = all.filter(({ fails }) => fails === step);
  expect(failing.length).toBeGreaterThan(0);
  // And it leaves nothing behind.
  expect(failing.flatMap(({ differs = [] }) => differs)).toEqual([]);
});

test('no two situations have the same name', () => {
  const names = all.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});
