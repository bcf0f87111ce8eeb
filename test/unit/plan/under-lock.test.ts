import { describe, expect, test } from '@jest/globals';
import { blank, JournalBook, type Journal } from '../../../src/plan/journal.ts';
import { underLock } from '../../../src/plan/under-lock.ts';
import { command } from '../../../src/server/command.ts';
import { CommandFailed, ForwardRefused, LockLost } from '../../../src/server/failures.ts';
import { FakeServer } from '../../fakes/server.ts';

const never = new AbortController().signal;
const held: Journal = { ...blank('id'), stateDir: '/srv/.git/ci4-deploy', locked: true };

/** A server that says so of the lock, and everything that was run on it. */
function serverWith(code: number, journal: Journal): [ReturnType<typeof underLock>, FakeServer] {
  const server = new FakeServer({
    sh: () => ({ exit: { code } }),
    change: () => ({ stdout: 'done' }),
  });
  return [underLock(server, bookOf(journal)), server];
}

function bookOf(journal: Journal, saved: Journal[] = []): JournalBook {
  return new JournalBook(journal, async (now) => {
    saved.push(now);
    return Promise.resolve();
  });
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

  test('what was announced is written down in the round of the next change, before it, once', async () => {
    const book = bookOf(held);
    const plain = new FakeServer({ sh: () => ({}), change: () => ({ stdout: 'done' }) });
    const server = underLock(plain, book);
    book.announce({ begun: ['stage'] });
    await server.round([command('ask', [])], 'every', never).catch(() => undefined);
    expect(book.due).toBe(true);
    const outputs = await server.round([command('change', [])], 'until failure', never);
    expect(outputs.map(({ stdout }) => stdout)).toEqual(['done']);
    await server.round([command('change', [])], 'until failure', never);
    const written = plain.asked.filter(({ program }) => program === 'sh');
    expect(written.map(({ stdin = '' }) => stdin.includes('"begun":["stage"]'))).toEqual([
      true,
      false,
    ]);
    expect(written[0]?.survives).toBe(true);
  });

  test.each([
    [76, LockLost],
    [1, CommandFailed],
  ])('nothing is done where it cannot be written down: %i', async (code, error) => {
    const book = bookOf(held);
    const plain = new FakeServer({ sh: () => ({ exit: { code } }), change: () => ({}) });
    book.announce({ begun: ['stage'] });
    const round = underLock(plain, book).round([command('change', [])], 'until failure', never);
    await expect(round).rejects.toBeInstanceOf(error);
    expect(plain.asked.map(({ program }) => program)).toEqual(['sh']);
    expect(book.due).toBe(true);
  });

  test('a change among questions waits until it is written down, in the same round', async () => {
    const book = bookOf(held);
    const plain = new FakeServer({ sh: () => ({}), no: () => ({ exit: { code: 1 } }) });
    book.announce({ begun: ['migrate'] });
    const change = { ...command('no', []), survives: true };
    const outputs = await underLock(plain, book).round([change, change], 'every', never);
    expect(plain.asked.map(({ program }) => program)).toEqual(['sh', 'no', 'no']);
    expect(outputs).toHaveLength(2);
    expect(book.due).toBe(false);
  });

  test('changes before questions: neither runs where it cannot be written down', async () => {
    const book = bookOf(held);
    const plain = new FakeServer({ sh: () => ({ exit: { code: 76 } }), change: () => ({}) });
    book.announce({ begun: ['stage'] });
    const round = underLock(plain, book).round([command('change', [])], 0, never);
    await expect(round).rejects.toBeInstanceOf(LockLost);
    expect(plain.asked.map(({ program }) => program)).toEqual(['sh']);
  });

  test('on the rollback nothing is announced any more', () => {
    const book = bookOf(held);
    book.announce({ begun: ['stage'] });
    book.rollingBack(() => undefined);
    expect(book.due).toBe(false);
  });
});
