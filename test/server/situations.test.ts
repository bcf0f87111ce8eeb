import { describe, expect, test } from '@jest/globals';
import { chosen, runsOn, uncorrected, type Release } from '../rig/releases.ts';
import {
  deploy,
  errorsOf,
  fresh,
  lastSentence,
  snapshot,
  without,
  type Situation,
} from './situation.ts';
import { composer } from './situations/composer.ts';
import { elsewhere } from './situations/elsewhere.ts';
import { healthy } from './situations/healthy.ts';
import { inputs } from './situations/inputs.ts';
import { mended } from './situations/mended.ts';
import { refused } from './situations/refused.ts';
import { takenBack } from './situations/taken-back.ts';

const all: readonly Situation[] = [
  ...healthy,
  ...inputs,
  ...composer,
  ...refused,
  ...takenBack,
  ...mended,
  ...elsewhere,
];
const green = ['deployed', 'already-live'];

async function happens(situation: Situation, release: Release): Promise<void> {
  await using server = await fresh(release, situation);
  const { site } = server;
  const commit = (await situation.prepare?.(site)) ?? site.commits.next;
  const before = await snapshot(site);
  const given = situation.inputs?.(site) ?? {};
  const result = await deploy(site, { inputs: given, commit });

  expect({
    outcome: result.outputs['outcome'],
    errors: errorsOf(result),
    exit: result.exitCode,
    post: result.postExitCode,
  }).toEqual({
    outcome: situation.outcome,
    errors: situation.errors,
    exit: green.includes(situation.outcome) ? 0 : 1,
    post: 0,
  });
  if (situation.says !== undefined) expect(lastSentence(result)).toMatch(situation.says);
  expect(result.leaks(site.secrets)).toEqual([]);
  if (!green.includes(situation.outcome)) {
    const after = await snapshot(site);
    expect(without(after, situation.differs)).toEqual(without(before, situation.differs));
  }
  await situation.afterwards?.(site, result);
}

describe.each(await chosen())('CodeIgniter $version', (release) => {
  test.each(all.filter(({ flavour = 'debian12' }) => runsOn(release, flavour)))(
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
