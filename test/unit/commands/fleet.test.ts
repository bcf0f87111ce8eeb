import { expect, test } from '@jest/globals';
import { deploy, type Procedure } from '../../../src/commands/deploy.ts';
import type { Release } from '../../../src/plan/release-log.ts';
import type { Report } from '../../../src/report/report.ts';
import { targetOf } from '../../../src/steps/choose.ts';
import { pasted } from '../../fakes/remedies.ts';
import { scripted } from '../../fakes/scripts.ts';
import { fakeHost } from '../../fakes/site.ts';
import { fakeStep } from '../../fakes/steps.ts';

const [one, two, live] = ['1', '2', '3'].map((digit) => digit.repeat(40)) as [
  string,
  string,
  string,
];
const names = ['nicolas@one:22', 'nicolas@two:22'];

function wentLive(previous: string, commit: string): Release {
  const who = { actor: 'nicolas', run: '', migrated: [], errors: [] };
  return { at: '', outcome: 'deployed', command: 'deploy', previous, commit, ...who };
}

/** One host had a deploy between that the other one missed. */
const logs: Readonly<Record<string, readonly Release[]>> = {
  'nicolas@one:22': [wentLive(one, two), wentLive(two, live)],
  'nicolas@two:22': [wentLive('', two), wentLive(two, one), wentLive(one, live)],
};

/** A rollback of both, which does nothing but to choose. */
async function rolledBack(events: string[], inputs = {}): Promise<Report> {
  const hosts = names.map((name) =>
    fakeHost(scripted({}, name), { inputs: { command: 'rollback', ...inputs } }),
  );
  const [first, ...more] = hosts;
  if (first === undefined) throw new Error('never');
  const choose = fakeStep(events, 'choose', {
    changesSite: false,
    run: ({ server, config, journal }) => {
      const releases = logs[server.name] ?? [];
      const commit = targetOf({ releases, live, subjects: {} }, config.to);
      if (typeof commit !== 'string') throw new Error(commit.message);
      journal.announce({ commit });
    },
  });
  const steps: Procedure = { look: [choose], change: [fakeStep(events, 'switch')], prove: [] };
  return deploy([first, ...more], new AbortController().signal, steps);
}

test('hosts that would go back to different commits: refused, and done with the input that is printed', async () => {
  const events: string[] = [];
  const refused = await rolledBack(events);
  const [found] = refused.findings;
  expect([refused.outcome, found?.name]).toEqual(['refused', 'hosts-disagree']);
  expect(events).not.toContain('switch');
  const [name = '', value = ''] = pasted(found).split(': ');
  const again = await rolledBack(events, { [name]: value });
  expect(again).toMatchObject({ outcome: 'deployed', commit: two });
  expect(events).toContain('switch');
});
