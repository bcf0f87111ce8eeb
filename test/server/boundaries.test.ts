import { describe, expect, test } from '@jest/globals';
import { chosen } from '../rig/releases.ts';
import { meet, verdict, type Met } from './accidents/accident.ts';
import { failuresFor, interruptions, steps } from './accidents/all.ts';
import { everyStep, hasToUndo } from './every-step.ts';

const [release] = (await chosen()).slice(-1);
if (release === undefined) throw new Error('There is no CodeIgniter release at hand.');

function shown({ first, where, again, ...met }: Met): string {
  const logs = [first, again].map((result) => result.shown.slice(-90).join('\n'));
  return `${where}, then ${met.finally} (left: ${met.left}; noticed: ${met.noticed.join(', ')})\n${logs.join('\n=====\n')}`;
}

// Where something is to be undone, and where all of it is: a step that is added and changes the site is interrupted too.
// EVERY_STEP=1 and npm run situations interrupt each step, and the latter has everything at each.
const undone = steps.filter((step) => everyStep || hasToUndo(step));
// What takes long, at the steps that differ most: a lock whose runner is gone is watched for half a minute.
const names = ['migrate', 'copy', 'cutover'];
const telling = steps.filter(({ name }) => names.includes(name));
const rows = [
  ...interruptions.map((accident) => ({
    ...accident,
    at: accident.kills === 'and the runner is gone' ? telling : undone,
  })),
  ...failuresFor(release).map((accident) => ({ ...accident, at: telling })),
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
