import { expect, test } from '@jest/globals';
import { chosen } from '../../rig/releases.ts';
import { meet } from './meet.ts';
import { roundOf, words } from './rounds.ts';

const [release] = (await chosen()).slice(-1);
if (release === undefined) throw new Error('There is no CodeIgniter release at hand.');

// The other 45 are run by `npm run situations`.
test.each([1, 2, 3, 4, 5].map(roundOf).map((round) => [words(round), round] as const))(
  '%s: no green run is contradicted',
  async (_, round) => {
    const met = await meet(round, release);
    const logs = met.ended.map(({ log }) => log.slice(-4));
    expect({ wrong: met.wrong, logs }).toEqual({ wrong: [], logs });
  },
  400_000,
);
