import { expect, test } from '@jest/globals';
import { blank, JournalBook, readJournal, type Journal } from '../../../src/plan/journal.ts';
import { LockLost } from '../../../src/server/failures.ts';

const full = new Error('No space left on device');

test('a deploy that begins has begun nothing and knows nothing', () => {
  expect(blank('id1')).toEqual({
    ...{ id: 'id1', begun: [], locked: false, closed: false, stateDir: '', branch: '' },
    ...{ commit: '', previous: '', writable: '', pools: [], batchBefore: null },
    ...{ ledgerConnection: null, tables: [], dependencies: false, pinned: '', cutover: null },
  });
});

test('a change is saved whole before it is answered', async () => {
  const saved: Journal[] = [];
  const book = new JournalBook(blank('id1'), async (now) => {
    saved.push(now);
  });
  await book.note({ commit: 'c' });
  await book.note({ locked: true });
  expect(saved).toEqual([
    { ...blank('id1'), commit: 'c' },
    { ...blank('id1'), commit: 'c', locked: true },
  ]);
  expect(book.now).toEqual(saved[1]);
});

test('one that cannot be saved is an error, and known all the same', async () => {
  const book = new JournalBook(blank('id1'), async () => Promise.reject(full));
  await expect(book.note({ commit: 'c' })).rejects.toBe(full);
  expect(book.now.commit).toBe('c');
});

test('on the rollback it is only reported', async () => {
  const reported: unknown[] = [];
  const book = new JournalBook(blank('id1'), async () => Promise.reject(full));
  book.rollingBack((failed) => reported.push(failed));
  await book.note({ commit: 'c' });
  expect(reported).toEqual([full]);
});

test("that the lock is another deploy's is an error there too", async () => {
  const lost = new LockLost('h');
  const reported: unknown[] = [];
  const book = new JournalBook(blank('id1'), async () => Promise.reject(lost));
  book.rollingBack((failed) => reported.push(failed));
  await expect(book.note({})).rejects.toBe(lost);
  expect(reported).toEqual([]);
});

test('what one process wrote, another one reads', () => {
  const pool = { name: 'www', user: 'w', listen: '/s', maxChildren: 5 };
  const cutover = {
    route: {
      ...{ id: 'x', from: 'files', files: { folder: '/f', cookie: 'c' }, expiration: 7200 },
      ...{ rows: { table: 't', prefix: 'p', mark: '0.1' }, env: '/.env', lines: '# a' },
    },
    ...{ access: { kind: 'fpm', pool }, database: { user: 'u', database: 'd' } },
    ...{ progress: 'begun', cutoverAt: 1, broughtUntil: 0, pinnedBefore: false },
  };
  for (const journal of [blank('id1'), { ...blank('id1'), pools: [pool], cutover }]) {
    expect(readJournal(JSON.stringify(journal))).toEqual(journal);
  }
});

test('a journal without pools is read, one without its id is not', () => {
  const { pools, ...older } = blank('id1');
  expect(pools).toEqual([]);
  expect(readJournal(JSON.stringify(older))).toEqual(older);
  expect(() => readJournal(JSON.stringify({ ...older, id: 3 }))).toThrow('id is not text');
  expect(() => readJournal('{')).toThrow(SyntaxError);
});

test('what was announced is due until the server has it', async () => {
  const saved: string[][] = [];
  const here: string[][] = [];
  const book = new JournalBook(
    { ...blank('id1'), locked: true },
    async ({ begun }) => {
      saved.push([...begun]);
      return Promise.resolve();
    },
    ({ begun }) => here.push([...begun]),
  );
  book.announce({ begun: ['lock'] });
  book.announce({ begun: ['lock', 'finish'] });
  expect([saved, here, book.due]).toEqual([[], [['lock'], ['lock', 'finish']], true]);
  const sent = book.now;
  book.begin('stage');
  book.begin('stage');
  book.isWritten(sent);
  expect([book.now.begun, book.due]).toEqual([['lock', 'finish', 'stage'], true]);
  book.isWritten(book.now);
  expect(book.due).toBe(false);
  book.announce({ begun: [] });
  await book.note({ begun: ['finish'] });
  expect([saved, book.due]).toEqual([[['finish']], false]);
});
