import { describe, expect, test } from '@jest/globals';
import type { Cutover, Journal } from '../../../src/plan/journal.ts';
import type { Site } from '../../../src/plan/site.ts';
import type { Undo } from '../../../src/plan/step.ts';
import { copySessions } from '../../../src/steps/cutover/copy.ts';
import { cutOverSessions } from '../../../src/steps/cutover/cutover.ts';
import { fakeApplication, inFiles } from '../../fakes/application.ts';
import { asked, failing, scripted, type Script } from '../../fakes/scripts.ts';
import { facts, fakeSite } from '../../fakes/site.ts';
import { FakeWorkflow } from '../../fakes/workflow.ts';
import { answer, printed } from '../app/replies.ts';

const never = new AbortController().signal;
const writesEnv = 'write .env by one rename';
const pinnedYet = 'is the previous handler pinned';
const changed = printed({ ok: true, answer: { changed: true } });
const counts = { copied: 3, removed: 0, held: 1, late: 0, undecided: 0, left: 0, waited: 5 };
const moved = { ...counts, tooLong: 0, cutoverAt: 77 };

const cutover: Cutover = {
  route: {
    ...{ id: 'x', from: 'files', files: { folder: '/f', cookie: 'c' }, expiration: 7200 },
    ...{ rows: { table: 't', prefix: 'p', mark: '0.1' }, env: '/e/.env', lines: '# begin\na\n' },
  },
  ...{ access: { kind: 'self' }, database: { user: 'shop', database: 'shop' } },
  ...{ progress: 'not begun', cutoverAt: 0, broughtUntil: 9, pinnedBefore: false },
};

interface SetUp {
  readonly site: Site<'inspect' | 'stage'>;
  readonly asked: () => readonly string[];
  readonly saved: readonly Journal[];
  readonly orders: () => readonly Record<string, unknown>[];
  readonly lines: readonly string[];
}

/** The order inside a program that PHP reads from its standard input. */
function orderIn(text = ''): Record<string, unknown> | null {
  const [, order] = /base64_decode\('([^']+)'\)/.exec(text) ?? [];
  return order === undefined
    ? null
    : (JSON.parse(Buffer.from(order, 'base64').toString()) as Record<string, unknown>);
}

function setUp(
  journal: Partial<Journal>,
  scripts: Record<string, Script> = {},
  staged: Record<string, unknown> = {},
): SetUp {
  const server = scripted({
    php: printed({ ok: true, answer: moved }),
    [writesEnv]: changed,
    [pinnedYet]: failing(1),
    ...scripts,
  });
  const workflow = new FakeWorkflow();
  const saved: Journal[] = [];
  const live = fakeApplication({ session: inFiles });
  const application = fakeApplication(staged);
  const site = fakeSite<'inspect' | 'stage'>(server, {
    ...{ workflow, journal: { stateDir: '/s', ...journal }, save: (now) => saved.push(now) },
    facts: {
      ...facts('inspect', { live, serving: [], pools: [], user: 'n' }),
      ...facts('stage', { application, cutover: journal.cutover ?? null, sessions: 3 }),
    },
  });
  const orders = (): readonly Record<string, unknown>[] =>
    server.asked.map(({ stdin }) => orderIn(stdin)).filter((order) => order !== null);
  return { site, asked: () => asked(server), saved, orders, lines: workflow.lines };
}

describe('copying the sessions', () => {
  test('does nothing where they stay', async () => {
    const { site, asked: titles, lines } = setUp({});
    await copySessions.run(site, never);
    expect(titles()).toEqual([]);
    expect(lines[0]).toMatch(/^Nothing to copy/);
  });

  test('copies in portions until none is left, and then pins the previous handler', async () => {
    let left = 2;
    const php = (): object => {
      left -= 1;
      const done = { ...moved, left: Math.max(0, left) };
      return left >= 0
        ? printed({ ok: true, answer: done })
        : printed({ ok: true, answer: answer({ session: inFiles }) });
    };
    const { site, asked: titles, orders, saved } = setUp({ cutover }, { php });
    await copySessions.run(site, never);
    expect(titles()).toEqual(['php', 'php', writesEnv, 'php']);
    expect(orders().map(({ work }) => work)).toEqual(['copy', 'copy', 'pin']);
    expect(orders()[0]).toMatchObject({ sourceIsRight: true, broughtUntil: 9 });
    expect(orders()[2]).toMatchObject({ pinned: true });
    expect(saved.at(-1)?.cutover).toEqual(cutover);
    expect(site.findings).toEqual([]);
  });

  test('that come to no end is a failure', async () => {
    const php = printed({ ok: true, answer: { ...moved, left: 5 } });
    const { site } = setUp({ cutover }, { php });
    await expect(copySessions.run(site, never)).rejects.toThrow('does not come to an end (5)');
  });

  test('that are too long for the table stop the deploy before anything is pinned', async () => {
    const php = printed({ ok: true, answer: { ...moved, tooLong: 1 } });
    const { site, asked: titles } = setUp({ cutover }, { php });
    await expect(copySessions.run(site, never)).rejects.toThrow('errors were found');
    expect(site.findings.map(({ name }) => name)).toEqual(['session-too-long']);
    expect(titles()).not.toContain(writesEnv);
  });

  test('under code that does not heed .env: unpinned again, and said who is logged out', async () => {
    let calls = 0;
    const php = (): object => {
      calls += 1;
      return printed({ ok: true, answer: calls === 1 ? moved : answer() });
    };
    const { site, orders, saved } = setUp({ cutover }, { php });
    await expect(copySessions.run(site, never)).rejects.toThrow('errors were found');
    expect(orders().map(({ work, pinned }) => [work, pinned])).toEqual([
      ['copy', undefined],
      ['pin', true],
      ['pin', false],
    ]);
    expect(site.findings).toMatchObject([{ name: 'visitors-logged-out', severity: 'error' }]);
    expect(saved.at(-1)?.cutover).toBeNull();
  });
});

describe('cutting over', () => {
  const undo = cutOverSessions.undo as Undo<'cutover'>;

  test('does nothing without a move, but takes out lines that an earlier deploy left', async () => {
    const none = setUp({});
    await cutOverSessions.run(none.site, never);
    expect(none.asked()).toEqual([]);
    const left = setUp({ pinned: '# begin\nb\n' });
    await cutOverSessions.run(left.site, never);
    expect(left.orders()).toMatchObject([{ work: 'pin', pinned: false, lines: '# begin\nb\n' }]);
  });

  test('writes down that it begins, moves, and writes down when it was', async () => {
    const { site, orders, saved, lines } = setUp({ cutover });
    await cutOverSessions.run(site, never);
    expect(lines).toContain(
      '1 session in use moved; a request to one of them waited 5 ms at most.',
    );
    expect(orders().map(({ work, pinned }) => [work, pinned])).toEqual([
      ['cutover', false],
      ['rewrite', false],
    ]);
    expect(orders()[0]).toMatchObject({ sourceIsRight: true, broughtUntil: 9 });
    expect(saved.map((now) => now.cutover?.progress)).toEqual(['begun', 'done']);
    expect(saved.at(-1)?.cutover?.cutoverAt).toBe(77);
  });

  test('where one broke off before, either side may be right', async () => {
    const { site, orders } = setUp({ cutover: { ...cutover, progress: 'begun' } });
    await cutOverSessions.run(site, never);
    expect(orders()[0]).toMatchObject({ sourceIsRight: false });
  });

  test('two clicks at the same moment are said', async () => {
    const php = printed({ ok: true, answer: { ...moved, undecided: 1 } });
    const { site } = setUp({ cutover }, { php });
    await cutOverSessions.run(site, never);
    expect(site.findings).toMatchObject([{ name: 'cutover-incomplete', severity: 'warning' }]);
  });

  test('a program that fails ends the step with its words', async () => {
    const failed = { ok: false, phase: 'cutover', message: 'nobody came', file: null, line: null };
    const { site, saved } = setUp({ cutover }, { php: printed(failed) });
    await expect(cutOverSessions.run(site, never)).rejects.toThrow('nobody came');
    expect(saved.at(-1)?.cutover?.progress).toBe('begun');
  });

  const done: Cutover = { ...cutover, progress: 'done', cutoverAt: 77 };

  test('is rolled back the other way, with everything since', async () => {
    const { site, orders } = setUp({ cutover: done, begun: ['copy', 'cutover'] });
    await undo(site, never);
    expect(orders()).toMatchObject([
      { work: 'cutover', from: 'rows', pinned: true, broughtUntil: 77 },
      { work: 'rewrite', pinned: true },
    ]);
  });

  test('is copied back where the handler is not pinned any more', async () => {
    const { site, orders } = setUp({ cutover: done, begun: ['cutover'] });
    await undo(site, never);
    expect(orders()).toMatchObject([{ work: 'copy', from: 'rows', sourceIsRight: false }]);
  });

  test.each([
    ['it had not begun', { cutover }, {}],
    ['.env is pinned already', { cutover: done }, { [pinnedYet]: '' }],
    ['there was none', {}, {}],
  ])('is not rolled back where %s', async (_, journal, scripts) => {
    const { site, orders } = setUp(journal, scripts);
    await undo(site, never);
    expect(orders()).toEqual([]);
  });

  test('lines that an earlier deploy left are put back', async () => {
    const { site, orders } = setUp({ pinned: '# begin\nb\n' });
    await undo(site, never);
    expect(orders()).toMatchObject([{ work: 'pin', pinned: true }]);
  });
});
