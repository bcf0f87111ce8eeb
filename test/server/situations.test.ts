import { describe, expect, test } from '@jest/globals';
import { chosen, uncorrected } from '../rig/releases.ts';
import { deploySteps } from '../../src/commands/deploy.ts';
import { happening, happens } from './happens.ts';
import type { Situation } from './situation.ts';
import { all } from './situations/all.ts';

happening(await chosen(), ({ outcome }) => outcome === 'refused' || outcome === 'already-live');

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

// What fails at these happens to the server: test/server/boundaries.test.ts.
const happened = ['copy', 'cutover'];
const failing = deploySteps.map(({ name }) => name).filter((name) => !happened.includes(name));

test.each(failing)('something fails at %s', (step) => {
  const found = all.filter(({ fails }) => fails === step);
  expect(found.length).toBeGreaterThan(0);
  // And it leaves nothing behind.
  expect(found.flatMap(({ differs = [] }) => differs)).toEqual([]);
});

test('no two situations have the same name', () => {
  const names = all.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});
