import { describe, expect, test } from '@jest/globals';
import { chosen } from '../rig/releases.ts';
import { meet, verdict, type Met } from './accidents/accident.ts';
import { failuresFor, interruptions, steps } from './accidents/all.ts';

const [release] = (await chosen()).slice(-1);
if (release === undefined) throw new Error('There is no CodeIgniter release at hand.');

function shown({ first, where, again, ...met }: Met): string {
  const logs = [first, again].map((result) => result.shown.slice(-90).join('\n'));
  return `${where}, then ${met.finally} (left: ${met.left}; noticed: ${met.noticed.join(', ')})\n${logs.join('\n=====\n')}`;
}

// Of the failures of the server a selection, at the steps that differ most; npm run situations has them at each.
const telling = ['migrate', 'copy', 'cutover'];
const rows = [
  ...interruptions.map((accident) => ({ ...accident, at: steps })),
  ...failuresFor(release).map((accident) => ({
    ...accident,
    at: steps.filter(({ name }) => telling.includes(name)),
  })),
];

describe.each(rows)('$name', ({ at, ...accident }) => {
  test.each(at)(
    'at $name: the report is true, nothing is half done, the next run finishes it',
    async (step) => {
      const met = await meet(accident, step, release);
      const how = verdict(accident, met);
      if (how !== 'consistent') throw new Error(`${how}: ${shown(met)}`);
      expect(how).toBe('consistent');
    },
    180_000,
  );
});
