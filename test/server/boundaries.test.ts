import { describe, expect, test } from '@jest/globals';
import { chosen } from '../rig/releases.ts';
import { meet, verdict, type Met } from './accidents/accident.ts';
import { failures, interruptions, steps } from './accidents/all.ts';

const [release] = (await chosen()).slice(-1);
if (release === undefined) throw new Error('There is no CodeIgniter release at hand.');

function shown({ first, where, again, ...met }: Met): string {
  const logs = [first, again].map((result) => result.shown.slice(-90).join('\n'));
  return `${where}, then ${met.finally} (left: ${met.left}; noticed: ${met.noticed.join(', ')})\n${logs.join('\n=====\n')}`;
}

describe.each([...interruptions, ...failures])('$name', (accident) => {
  test.each(steps)(
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
