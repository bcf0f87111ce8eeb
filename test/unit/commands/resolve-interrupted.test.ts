import { beforeEach, describe, expect, test } from '@jest/globals';
import { resolveInterruptedDeploys } from '../../../src/commands/resolve-interrupted.ts';
import { warningFinding } from '../../../src/finding.ts';
import { blank, type Journal } from '../../../src/plan/journal.ts';
import { Recorder } from '../../../src/plan/recorder.ts';
import { Stopped, type Recorded } from '../../../src/plan/results.ts';
import type { Step } from '../../../src/plan/step.ts';
import type { Left } from '../../../src/steps/lock.ts';
import { asked, failing, scripted, type Script } from '../../fakes/scripts.ts';
import { fakeHost } from '../../fakes/site.ts';
import { fakeStep, type Doing } from '../../fakes/steps.ts';
import { FakeWorkflow } from '../../fakes/workflow.ts';
import { advice, toSee } from '../../../src/remedy.ts';

const never = new AbortController().signal;
const forgets = 'forget what is finished';
const warning = warningFinding('tables-left', 'a', 'b');
const recording: Doing = {
  undo: (site) => {
    site.find(warning);
    site.rolledBack('one.');
    site.notVerified('two.');
  },
};

let events: string[];
beforeEach(() => {
  events = [];
});

function left(journal: Partial<Journal> | null, id = 'old'): Left {
  return {
    id,
    owner: 'anna',
    journal:
      journal === null ? null : { ...blank(id), begun: ['lock'], stateDir: '/s', ...journal },
  };
}

interface Resolved extends Recorded {
  readonly asked: readonly string[];
  readonly values: readonly (readonly string[])[];
  readonly failure: unknown;
  readonly lines: readonly string[];
}

async function resolved(
  all: readonly Left[],
  doing: Doing = {},
  scripts: Record<string, Script> = {},
): Promise<Resolved> {
  const steps: readonly Step[] = [fakeStep(events, 'lock', doing)];
  const server = scripted(scripts);
  const workflow = new FakeWorkflow();
  const recorder = new Recorder();
  const host = fakeHost(server, { workflow, journal: { locked: true, stateDir: '/ours' } });
  let failure: unknown = null;
  await resolveInterruptedDeploys(host.site([], recorder), all, steps, never).catch(
    (thrown: unknown) => {
      failure = thrown;
    },
  );
  const values = server.asked.map(({ args }) => args.slice(3));
  return {
    ...recorder.recorded,
    ...{ asked: asked(server), values, failure, lines: workflow.lines },
  };
}

describe('a deploy that was interrupted', () => {
  test('is rolled back once nothing of it runs any more, and forgotten', async () => {
    const { findings, asked: titles, values, failure, lines } = await resolved([left({})]);
    expect(failure).toBeNull();
    expect(events).toEqual(['undo lock']);
    expect(titles[0]).toBe('wait for what is still running');
    expect(values[0]?.[0]).toBe('old');
    expect(titles.at(-1)).toBe(forgets);
    expect(values.at(-1)).toEqual(['/ours', 'old']);
    expect(lines[0]).toBe('Unfinished: anna');
    expect(findings).toEqual([
      {
        name: 'unfinished-deploy',
        severity: 'warning',
        message:
          'An earlier deploy ended in the middle (anna). What it had begun was rolled back first.',
      },
    ]);
  });

  test('its journal holds no lock, for that is ours, and is kept nowhere any more', async () => {
    const seen: boolean[] = [];
    const undo: Doing['undo'] = (site) => {
      seen.push(site.journal.now.locked);
    };
    await resolved([left({ locked: true })], { undo });
    expect(seen).toEqual([false]);
  });

  test('what rolling it back recorded is in this report', async () => {
    const { findings, rollbackNotes, unverified } = await resolved([left({})], recording);
    expect(findings.map(({ name }) => name)).toEqual(['tables-left', 'unfinished-deploy']);
    expect(rollbackNotes).toEqual(['one.']);
    expect(unverified).toEqual(['two.']);
  });

  test('one that had begun nothing is only forgotten', async () => {
    const { findings, asked: titles } = await resolved([left(null)]);
    expect(titles).toEqual([forgets]);
    expect(findings).toEqual([]);
  });

  test('every one of several is resolved', async () => {
    const { values } = await resolved([left({}, 'a'), left(null, 'b')]);
    expect(values.filter(([first]) => first === '/ours')).toEqual([
      ['/ours', 'a'],
      ['/ours', 'b'],
    ]);
  });

  test('one that cannot be rolled back stops this run, and is kept', async () => {
    const undo = (): never => {
      throw new Error('broken');
    };
    const { findings, asked: titles, failure } = await resolved([left({}), left(null)], { undo });
    expect(failure).toBeInstanceOf(Stopped);
    expect(titles).not.toContain(forgets);
    expect(findings).toEqual([
      {
        name: 'unfinished-deploy',
        severity: 'error',
        message:
          'An earlier deploy ended in the middle (anna), and its step lock could not be rolled back: Error: broken',
        remedies: [[toSee('See what is there', 'ls -la /s'), advice('Then run the deploy again.')]],
      },
    ]);
  });

  test('one that was live and proved is finished, not rolled back', async () => {
    const {
      findings,
      asked: titles,
      failure,
    } = await resolved([left({ begun: ['lock', 'finish'] })]);
    expect(failure).toBeNull();
    expect(events).toEqual([]);
    expect(titles).toContain('write the release down');
    expect(titles.at(-1)).toBe(forgets);
    expect(findings.map(({ message }) => message)).toEqual([
      'An earlier deploy ended in the middle (anna). It was live and proved; it was tidied up first.',
    ]);
  });

  test('what finishing it recorded is in this report', async () => {
    const { findings } = await resolved(
      [left({ begun: ['lock', 'finish'] })],
      {},
      { 'write the release down': failing(1, 'No space left on device') },
    );
    expect(findings.map(({ name }) => name)).toEqual(['cleanup-failed', 'unfinished-deploy']);
  });
});
