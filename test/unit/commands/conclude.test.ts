import { describe, expect, test } from '@jest/globals';
import { conclude } from '../../../src/commands/conclude.ts';
import { errorFinding, warningFinding } from '../../../src/finding.ts';
import type { StepName, StepRun, StepUndone } from '../../../src/plan/results.ts';
import { unwind, type Walked } from '../../../src/plan/walk.ts';
import { sentence, type Outcome, type Report } from '../../../src/report/report.ts';
import { Cancelled, ConnectionLost, LockLost } from '../../../src/server/failures.ts';
import { lockStep } from '../../../src/steps/lock.ts';
import { FakeServer } from '../../fakes/server.ts';
import { facts, fakeHost } from '../../fakes/site.ts';
import { pasted } from '../../fakes/remedies.ts';
import { asUser } from '../../../src/remedy.ts';

const nothing = {
  findings: [],
  unverified: [],
  rollbackNotes: [],
  ready: [],
  did: [],
  answers: null,
  ran: [],
};
const server = 'nicolas@fake:22';
const empty: Walked = { steps: [], failure: undefined, undone: [] };
const warning = warningFinding('cleanup-failed', 'a', 'b');
const error = errorFinding('table-missing', 'c', 'd');

function ran(name: StepName, more: Partial<StepRun> = {}): StepRun {
  return {
    server,
    name,
    title: name,
    seconds: 1,
    result: 'done',
    changesSite: false,
    ...nothing,
    ...more,
  };
}

function undone(name: StepName, more: Partial<StepUndone> = {}): StepUndone {
  const byHand = {
    remedy: [asUser('nicolas', '', `do ${name}`)],
    finding: 'stranded-stage',
  } as const;
  return { server, name, result: 'undone', byHand, ...nothing, ...more };
}

function concluded(walked: Partial<Walked>, green: Outcome = 'deployed'): Report {
  return conclude([fakeHost(new FakeServer({}))], { ...empty, ...walked }, green);
}

describe('the outcome of a run', () => {
  const failed = new Error('x');
  const cases: readonly (readonly [string, Partial<Walked>, Outcome, Outcome])[] = [
    ['nothing failed', {}, 'deployed', 'deployed'],
    ['nothing failed in a verify', {}, 'already-live', 'already-live'],
    [
      'a failure before anything changed',
      { failure: failed, steps: [ran('stage')] },
      'deployed',
      'refused',
    ],
    [
      'a failure after a change',
      { failure: failed, steps: [ran('migrate', { changesSite: true })] },
      'deployed',
      'rolled-back',
    ],
    [
      'a failure of what only looks',
      { failure: failed, steps: [ran('migrate', { changesSite: true })] },
      'already-live',
      'refused',
    ],
    ['a cancelled job', { failure: new Cancelled('SIGINT') }, 'deployed', 'cancelled'],
    ['a lost lock', { failure: new LockLost('h') }, 'deployed', 'stranded'],
    [
      'a rollback that failed',
      { failure: failed, undone: [undone('stage', { result: { failed } })] },
      'deployed',
      'stranded',
    ],
    [
      'a rollback that failed in a cancelled job',
      { failure: new Cancelled('x'), undone: [undone('stage', { result: { failed } })] },
      'deployed',
      'stranded',
    ],
    [
      'a rollback that succeeded',
      { failure: failed, undone: [undone('stage')], steps: [ran('stage')] },
      'deployed',
      'refused',
    ],
  ];
  test.each(cases)('says what came of %s', (_name, walked, green, outcome) => {
    expect(concluded(walked, green).outcome).toBe(outcome);
  });
});

describe('the report', () => {
  test('has what every step and every rollback recorded, errors first and each once', () => {
    const report = concluded({
      steps: [
        ran('inspect', { findings: [warning], unverified: ['one.'] }),
        ran('verify', { findings: [warning, error] }),
      ],
      undone: [undone('stage', { unverified: ['two.'], rollbackNotes: ['three.'] })],
      failure: new Error('not known to us'),
    });
    expect(report.findings.map(({ name }) => name)).toEqual([
      'table-missing',
      'unexpected',
      'cleanup-failed',
    ]);
    expect(report.unverified).toEqual(['one.', 'two.']);
    expect(report.rollbackNotes).toEqual(['three.']);
  });

  test('shows of a step and its rollback what they did, how long it took, and what the site answered last', () => {
    const report = concluded({
      steps: [ran('switch', { did: ['Live.'], answers: 200 }), ran('confirm', { answers: 500 })],
      undone: [
        undone('confirm'),
        undone('switch', { seconds: 2, did: ['a.'], rollbackNotes: ['b.'], answers: 204 }),
      ],
    });
    expect(report.hosts[0]?.steps[0]?.notes).toEqual(['Live.']);
    expect(report.hosts[0]?.undone[1]).toEqual({
      ...{ name: 'switch', result: 'undone', seconds: 2, notes: ['a.', 'b.'] },
    });
    expect(report.answers).toBe(204);
    expect(concluded({ steps: [ran('inspect')] })).not.toHaveProperty('answers');
  });

  test('shows of a step and its rollback only how they went', () => {
    const report = concluded({ steps: [ran('inspect')], undone: [undone('stage')] });
    expect(report.hosts[0]?.steps).toEqual([
      { name: 'inspect', title: 'inspect', seconds: 1, result: 'done' },
    ]);
    expect(report.hosts[0]?.undone).toEqual([{ name: 'stage', result: 'undone' }]);
  });

  test('has the facts of the steps', () => {
    const column = { name: 'id' } as never;
    const host = fakeHost(new FakeServer({}), {
      facts: {
        ...facts('migrate', { classes: ['A'], batch: 3 }),
        ...facts('verify', { columns: [column], printed: 'tables: {}' }),
      },
    });
    expect(conclude([host], empty, 'deployed')).toMatchObject({
      ...{ migrations: ['A'], batch: 3, columns: [column], printed: 'tables: {}' },
      ...{ hosts: [{ server, path: '/var/www/kayart' }], command: 'deploy' },
    });
  });

  test('says of the visitors only what the deploy did to them', () => {
    const after = (loggedOut: { sessions: number | null } | null, progress?: string): unknown => {
      const host = fakeHost(new FakeServer({}), {
        facts: facts('stage', { loggedOut, sessions: 7 }),
        ...(progress === undefined ? {} : { journal: { cutover: { progress } as never } }),
      });
      return conclude([host], empty, 'deployed').visitors;
    };
    expect(after(null)).toBeNull();
    expect(after(null, 'begun')).toBeNull();
    expect(after(null, 'done')).toEqual({ moved: 7, loggedOut: 0 });
    expect(after({ sessions: 2 }, 'done')).toEqual({ moved: 7, loggedOut: 2 });
    expect(after({ sessions: null })).toEqual({ moved: 0, loggedOut: null });
  });

  test('is whole where no step found anything out', async () => {
    const host = fakeHost(new FakeServer({}));
    const report = conclude([host], empty, 'deployed');
    expect(report).toMatchObject({ migrations: [], batch: null, columns: [] });
    expect('printed' in report).toBe(false);
    expect(report.commit).toBe('a'.repeat(40));
    await host.journal.note({ commit: 'c', previous: 'p' });
    expect(conclude([host], empty, 'deployed')).toMatchObject({
      commit: 'c',
      hosts: [{ previousCommit: 'p' }],
    });
  });
});

describe('what could not be rolled back', () => {
  const failed = { result: { failed: new Error('No space left on device') } } as const;

  test('is named with the commands that do it by hand, those of kept steps after it', () => {
    const { findings } = concluded({
      undone: [
        undone('switch'),
        undone('migrate', failed),
        undone('stage', { result: 'kept' }),
        undone('confirm', { result: 'kept', byHand: null }),
        undone('copy'),
        undone('lock', { result: 'kept' }),
      ],
    });
    expect(findings).toEqual([
      {
        name: 'stranded-stage',
        severity: 'error',
        message:
          'The step migrate could not be rolled back: No space left on device. Once that is repaired, the next deploy rolls it back before it begins. The commands do it by hand.',
        remedies: [['migrate', 'stage', 'lock'].map((one) => asUser('nicolas', '', `do ${one}`))],
      },
    ]);
  });

  test('says a failure that is known in the words of its finding', () => {
    const gone = { result: { failed: new ConnectionLost('nicolas@h:22') } } as const;
    const [found] = concluded({ undone: [undone('switch', gone)] }).findings;
    expect(found?.message).toMatch(/^The step switch could not be rolled back: .*connection.* /i);
    expect(found?.message).not.toContain('ConnectionLost');
  });

  test("is not to be done by hand where the lock is another deploy's", () => {
    const lost = { result: { failed: new LockLost('h') } } as const;
    const report = concluded({ undone: [undone('switch', lost)] }, 'cancelled');
    expect(report.outcome).toBe('stranded');
    expect(report.findings.map(({ name }) => name)).toEqual(['lock-lost']);
  });

  test('needs no words where nothing is to be undone', () => {
    expect(concluded({ undone: [undone('verify', { ...failed, byHand: null })] }).findings).toEqual(
      [],
    );
  });

  /** What is printed to type by hand when the lock could not be released. */
  async function printed(stateDir: string): Promise<string> {
    const host = fakeHost(new FakeServer({}), { journal: { begun: ['lock'], stateDir } });
    const lock = lockStep(async () => Promise.resolve());
    const left = await unwind([lock], [host], new Error('x'));
    const report = conclude(
      [host],
      { ...empty, failure: new Error('x'), undone: left },
      'deployed',
    );
    return pasted(report.findings.find(({ name }) => name === 'stranded-lock'));
  }

  test('the lock is named by its own directory', async () => {
    expect(await printed('/srv/.git/ci4-deploy')).toBe(
      "rm -rf /srv/.git/ci4-deploy/lock && find /srv/.git/ci4-deploy -maxdepth 1 -name '*-id*' -not -name 'left-*' -exec rm -rf '{}' +",
    );
  });

  test('where that is not known yet, nothing at the root of the server is named', async () => {
    const state = '"$(git -C /var/www/kayart rev-parse --absolute-git-dir)"/ci4-deploy';
    expect(await printed('')).toBe(
      `rm -rf ${state}/lock && find ${state} -maxdepth 1 -name '*-id*' -not -name 'left-*' -exec rm -rf '{}' +`,
    );
  });
});

test.each([
  ['cancelled', /^Cancelled; what had begun was rolled back\. /],
  ['rolled-back', /^Everything that had begun is rolled back now\. /],
] as const)('what post finishes after main is said without a step: %s', (outcome, words) => {
  expect(sentence(concluded({}, outcome))).toMatch(words);
});
