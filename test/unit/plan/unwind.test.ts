import { beforeEach, describe, expect, test } from '@jest/globals';
import { JournalBook, type Journal } from '../../../src/plan/journal.ts';
import type { Step } from '../../../src/plan/step.ts';
import { unwind } from '../../../src/plan/walk.ts';
import { Cancelled, ConnectionLost, LockLost } from '../../../src/server/failures.ts';
import { asked, scripted } from '../../fakes/scripts.ts';
import { facts, fakeHost } from '../../fakes/site.ts';
import { failsWith, Walking } from '../../fakes/walking.ts';

const boots = 'wait for the services of a server that boots';
const waits = 'wait for what is still running';

let saved: readonly Journal[];
let events: string[];
let workflow: Walking['workflow'];
let host: Walking['host'];
let step: Walking['step'];

beforeEach(() => {
  const walking = new Walking();
  ({ saved, events, workflow } = walking);
  host = walking.host.bind(walking);
  step = walking.step.bind(walking);
});

const fails = failsWith(new Error('broken'));

describe('rolling back', () => {
  const why = new Error('x');

  test('an undo that fails does not keep the others from theirs, and the journal stays open', async () => {
    const steps = [step('lock'), step('stage', { undo: fails }), step('migrate')];
    const undone = await unwind(steps, [host(['lock', 'stage', 'migrate'])], why);
    expect(events).toEqual(['undo migrate', 'undo stage', 'undo lock']);
    expect(undone.map(({ result }) => result)).toEqual([
      'undone',
      { failed: new Error('broken') },
      'undone',
    ]);
    expect(saved.at(-1)).toMatchObject({ begun: ['stage'], closed: false });
    expect(workflow.lines).toContain('This could not be rolled back: Error: broken');
    expect(workflow.lines.at(-1)).toBe('<');
  });

  test('what finishing a failed rollback needs is kept', async () => {
    const left = host(['lock', 'stage', 'migrate', 'verify']);
    const steps = [
      step('lock', { kept: true }),
      step('stage', { kept: true }),
      step('migrate', { undo: fails }),
      step('verify', { kept: true }),
    ];
    const undone = await unwind(steps, [left], why);
    expect(undone.map(({ result }) => (typeof result === 'object' ? 'failed' : result))).toEqual([
      'undone',
      'failed',
      'kept',
      'kept',
    ]);
    expect(left.journal.now).toMatchObject({ closed: false, begun: ['lock', 'stage', 'migrate'] });
  });

  test('says of each step what a person would type', async () => {
    const plain = { ...step('verify'), undo: 'nothing to undo', byHand: undefined } as const;
    delete (plain as { byHand?: unknown }).byHand;
    const steps: readonly Step[] = [step('lock'), plain];
    const undone = await unwind(steps, [host(['lock', 'verify'])], why);
    expect(undone).toMatchObject([
      { name: 'verify', result: 'nothing to undo', byHand: null },
      { name: 'lock', byHand: { remedy: [{ what: 'by hand lock' }], finding: 'stranded-stage' } },
    ]);
  });

  test('keeps what it recorded, and the facts as they are afterwards', async () => {
    const own = fakeHost(scripted(), {
      journal: { begun: ['migrate'] },
      facts: facts('migrate', { classes: ['A'], batch: 1 }),
    });
    const migrate: Step<'migrate', never> = {
      ...(step('migrate') as Step<'migrate', never>),
      undo: async (site) => {
        site.rolledBack('one.');
        return { classes: [], batch: null };
      },
      ...{ byHand: () => [], stranded: 'stranded-migrate' },
    };
    expect(await unwind([migrate], [own], why)).toMatchObject([{ rollbackNotes: ['one.'] }]);
    expect(own.facts.migrate).toEqual({ classes: [], batch: null });
  });

  test("nothing more is touched once the lock is another deploy's", async () => {
    const lost = step('migrate', { undo: failsWith(new LockLost('h')) });
    const own = host(['lock', 'stage', 'migrate']);
    await unwind([step('lock'), step('stage'), lost], [own], why);
    expect(events).toEqual(['undo migrate']);
  });

  test('what cannot be written down keeps the rollback from nothing', async () => {
    const full = new JournalBook(host(['lock', 'stage']).journal.now, async () => {
      throw new Error('No space left on device');
    });
    await unwind([step('lock'), step('stage')], [host().withJournal(full)], why);
    expect(events).toEqual(['undo stage', 'undo lock']);
    expect(workflow.lines).toContain(
      'The journal could not be written: Error: No space left on device',
    );
  });

  test('another process rolls back what the journal calls begun, and nothing else', async () => {
    await unwind([step('lock'), step('stage'), step('migrate')], [host(['lock', 'stage'])], why);
    expect(events).toEqual(['undo stage', 'undo lock']);
  });

  test('a cancelled job has a few seconds, and asks the server for nothing before', async () => {
    const own = host(['lock']);
    await unwind([step('lock')], [own], new Cancelled('x'));
    expect(asked(own.server as never)).toEqual([]);
  });

  test('waits first for the services of a server that boots', async () => {
    const own = host(['lock']);
    await unwind([step('lock')], [own], why);
    expect(asked(own.server as never)).toEqual([boots]);
    expect(workflow.lines).not.toContain('The connection was lost; connecting again.');
  });

  test('after a lost connection it waits for what goes on alone', async () => {
    const own = host(['lock']);
    await unwind([step('lock')], [own], new ConnectionLost('h'));
    expect(asked(own.server as never)).toEqual([boots, waits]);
    expect(workflow.lines[0]).toBe('The connection was lost; connecting again.');
  });

  test('an undo that loses its connection is tried once more', async () => {
    let left = 1;
    const undo = (): void => {
      if (left > 0) {
        left -= 1;
        throw new ConnectionLost('h');
      }
    };
    const own = host(['lock']);
    const undone = await unwind([step('lock', { undo })], [own], why);
    expect(undone.map(({ result }) => result)).toEqual(['undone']);
    expect(events).toEqual(['undo lock', 'undo lock']);
    expect(asked(own.server as never)).toEqual([boots, boots, waits]);
  });

  test('another failure of an undo is not tried again', async () => {
    await unwind([step('lock', { undo: fails })], [host(['lock'])], why);
    expect(events).toEqual(['undo lock']);
  });

  test('a server that is gone is tried four times, and the rollback begins all the same', async () => {
    let tries = 0;
    const own = host(['lock'], {
      [boots]: () => {
        tries += 1;
        throw new ConnectionLost('h');
      },
    });
    await unwind([step('lock')], [own], why);
    expect(tries).toBe(4);
    expect(events).toEqual(['undo lock']);
    expect(workflow.lines.filter((line) => line.includes('connecting again'))).toHaveLength(3);
    expect(workflow.lines.some((line) => line.startsWith('ConnectionLost'))).toBe(true);
  });

  test('what else goes wrong while it waits is said, and waited for no longer', async () => {
    let tries = 0;
    const own = host(['lock'], {
      [boots]: () => {
        tries += 1;
        throw new Error('odd');
      },
    });
    await unwind([step('lock')], [own], why);
    expect(tries).toBe(1);
    expect(workflow.lines).toContain('Error: odd');
  });
});
