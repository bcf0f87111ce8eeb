import { describe, expect, test } from '@jest/globals';
import { blank, type Journal } from '../../../src/plan/journal.ts';
import { underLock } from '../../../src/plan/under-lock.ts';
import { command } from '../../../src/server/command.ts';
import { ForwardRefused, LockLost } from '../../../src/server/failures.ts';
import { FakeServer } from '../../fakes/server.ts';

const never = new AbortController().signal;
const held: Journal = { ...blank('id'), stateDir: '/srv/.git/ci4-deploy', locked: true };

/** A server that says so of the lock, and everything that was run on it. */
function serverWith(code: number, journal: Journal): [ReturnType<typeof underLock>, FakeServer] {
  const server = new FakeServer({
    sh: () => ({ exit: { code } }),
    change: () => ({ stdout: 'done' }),
  });
  return [underLock(server, () => journal), server];
}

describe('under the lock', () => {
  test('a change is done in the round that asks whether the lock is still ours', async () => {
    const [server, asked] = serverWith(0, held);
    const outputs = await server.round([command('change', [])], 'until failure', never);
    expect(outputs.map(({ stdout }) => stdout)).toEqual(['done']);
    expect(asked.asked.map(({ program }) => program)).toEqual(['sh', 'change']);
  });

  test('nothing is done once another run has it', async () => {
    const [server, asked] = serverWith(76, held);
    const round = server.round([command('change', [])], 'until failure', never);
    await expect(round).rejects.toBeInstanceOf(LockLost);
    expect(asked.asked.map(({ program }) => program)).toEqual(['sh']);
  });

  test('it is asked for the lock of this deploy, and that is not shown', async () => {
    const [server, asked] = serverWith(0, held);
    await server.round([command('change', [])], 'until failure', never);
    const [guard] = asked.asked;
    expect(guard?.args.slice(3)).toEqual(['/srv/.git/ci4-deploy', 'id']);
    expect(guard?.shown).toBe('nothing');
  });

  test('all else goes to the server as it is', async () => {
    const [server, plain] = serverWith(0, held);
    expect([server.name, server.roundTrips]).toEqual([plain.name, plain.roundTrips]);
    await expect(server.open({ socket: '/x' }, never)).rejects.toBeInstanceOf(ForwardRefused);
    let closed = false;
    plain[Symbol.asyncDispose] = async () => {
      closed = true;
      return Promise.resolve();
    };
    await server[Symbol.asyncDispose]();
    expect(closed).toBe(true);
  });

  test('without a lock, and for questions, nothing is asked before', async () => {
    const [open, first] = serverWith(76, { ...held, locked: false });
    await open.round([command('change', [])], 'until failure', never);
    const [server, second] = serverWith(76, held);
    await server.round([command('change', [])], 'every', never);
    expect([...first.asked, ...second.asked].map(({ program }) => program)).toEqual([
      'change',
      'change',
    ]);
  });
});
