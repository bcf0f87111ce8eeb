import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { cutOverSessions } from '../../src/steps/cutover/cutover.ts';
import type { Site } from '../rig/kayart.ts';
import { chosen } from '../rig/releases.ts';
import { run, type RunResult } from '../rig/runner.ts';
import { everyStep } from './every-step.ts';
import { regularVisitor, type RegularVisitor } from './regular-visitor.ts';
import { deploy, fresh, inputsFor, lastSentence, snapshot } from './situation.ts';

const [release] = (await chosen()).slice(-1);
if (release === undefined) throw new Error('There is no CodeIgniter release at hand.');

/** Deploys; once the cutover has begun and so many milliseconds have passed, something happens. */
async function disturbed(
  site: Site,
  milliseconds: number,
  visitor: RegularVisitor,
  event: 'kill the runner' | ((site: Site) => Promise<unknown>),
): Promise<RunResult> {
  let begun: () => void = () => undefined;
  const moment = new Promise<void>((resolve) => {
    begun = resolve;
  }).then(async () => {
    await pause(milliseconds);
    // What he does now must still be known at the end, wherever it was written.
    expect(await visitor.noticed()).toBe(null);
  });
  const happening = event === 'kill the runner' ? null : moment.then(async () => event(site));
  const result = await run({
    inputs: inputsFor(site),
    context: { sha: site.commits.next, run_attempt: '1' },
    onLine: (line) => {
      if (line.includes(cutOverSessions.title)) begun();
    },
    ...(event === 'kill the runner'
      ? { cancelAfter: moment, patience: { interrupt: 0, terminate: 0 }, andPost: false }
      : {}),
  });
  // A deploy that failed before then never begins it.
  begun();
  await happening;
  return result;
}

const root = (script: string) => async (site: Site) => site.machine.exec(['sh', '-c', script]);

const moments = [0, 250, 500, 1000, 2500];

// Each with the moments that it takes in every run: each moment has two. EVERY_STEP=1 lets each happen at all of them.
const events = {
  'the runner is killed': { happens: 'kill the runner', at: [250, 1000] },
  'the connection is lost': { happens: root("pkill -KILL -f 'sshd: nicolas'"), at: [0, 500] },
  'PHP-FPM and what it runs is killed': {
    happens: root("systemctl kill -s KILL 'php*-fpm'; sleep 1; systemctl restart 'php*-fpm'"),
    at: [0, 500, 2500],
  },
  'the database is killed and comes back': {
    happens: root('systemctl kill -s KILL mariadb; sleep 4; systemctl start mariadb'),
    at: [250, 1000, 2500],
  },
} as const;

const cases = Object.entries(events).flatMap(([name, { happens, at }]) =>
  (everyStep ? moments : at).map((milliseconds) => ({ name, happens, milliseconds })),
);

test.each(cases)(
  '$name $milliseconds ms into the cutover: after one more run nobody has noticed',
  async ({ happens, milliseconds }) => {
    await using server = await fresh(release);
    const { site } = server;
    const visitor = await regularVisitor(site);
    const first = await disturbed(site, milliseconds, visitor, happens);
    const again = await deploy(site, { attempt: 2 });
    try {
      expect(['deployed', 'already-live']).toContain(again.outputs['outcome']);
      expect(await visitor.noticed()).toBe(null);
      const { left, head } = await snapshot(site);
      expect({ left, head }).toEqual({ left: '', head: site.commits.next });
      const top = await site.machine.exec(['head', '-n', '1', `${site.path}/.env`]);
      expect(top.stdout).toBe('CI_ENVIRONMENT = production\n');
    } catch (error) {
      const reported = [first, again].map((one) => one.shown.slice(-60).join('\n'));
      throw new Error([lastSentence(again), ...reported].join('\n=====\n'), { cause: error });
    }
  },
  180_000,
);
