import { describe, expect, test } from '@jest/globals';
import { Stopped } from '../../../../src/plan/results.ts';
import type { Site } from '../../../../src/plan/site.ts';
import { CommandFailed } from '../../../../src/server/failures.ts';
import { pushStep } from '../../../../src/steps/push/push.ts';
import { readThere } from '../../../../src/steps/push/transfer.ts';
import { remedyText } from '../../../../src/remedy.ts';
import { asked, scripted, type Script } from '../../../fakes/scripts.ts';
import { fakeSite } from '../../../fakes/site.ts';
import { FakeSource } from '../../../fakes/source.ts';

const never = new AbortController().signal;
const commit = 'a'.repeat(40);
const before = 'b'.repeat(40);
const part = 3 * 1024 * 1024;

const question = 'what the server has of the commit';
const receive = 'receive a part of the bundle';
const unpack = 'take the commit from the bundle';

interface Case {
  readonly source?: FakeSource;
  readonly scripts?: Readonly<Record<string, Script>>;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly locked?: boolean;
}

function given({ source, scripts = {}, inputs = {}, locked = true }: Case): {
  readonly site: Site;
  readonly run: () => Promise<unknown>;
  readonly titles: () => readonly string[];
  readonly server: ReturnType<typeof scripted>;
} {
  const server = scripted(scripts);
  const site = fakeSite(server, {
    inputs: { source: 'push', ...inputs },
    journal: { stateDir: '/s', locked },
  });
  const step = pushStep(source ?? new FakeSource({ [commit]: [] }));
  return {
    ...{ site, server },
    run: async () => step.run(site, never),
    titles: () => asked(server).filter((title) => title !== 'the lock is still ours'),
  };
}

describe('what the server has', () => {
  test('is read line by line', () => {
    const text = `known ${before}\nknown ${'0'.repeat(40)}\nlacks ${commit}\nfree 12\n`;
    expect(readThere(text)).toEqual({
      ...{ whole: false, known: [before], lacks: [commit], free: 12 },
    });
    expect(readThere('whole\n')).toEqual({ whole: true, known: [], lacks: [], free: null });
  });
});

describe('a push', () => {
  test('sends what the server lacks, part by part, and lets git take it', async () => {
    const source = new FakeSource({ [commit]: [before], [before]: [] }, 3 * part);
    const { run, titles, server } = given({ source, scripts: { [question]: `known ${before}\n` } });
    await run();
    expect(source.packed).toEqual([[commit, before]]);
    expect(titles()).toEqual([question, receive, receive, unpack]);
    const parts = server.asked.filter(({ bytes }) => bytes !== undefined);
    expect(parts.map(({ args, bytes }) => [args[3], args[4], bytes?.length])).toEqual([
      ['/s/lock/bundle', '0', part],
      ['/s/lock/bundle', String(part), part / 2],
    ]);
    expect(source.open).toBe(0);
  });

  test('sends nothing where the commit is there', async () => {
    const { run, titles } = given({ scripts: { [question]: 'whole\n' } });
    await run();
    expect(titles()).toEqual([question]);
  });

  test('asks for the commits that a shallow checkout lacks, and refuses where they are missing', async () => {
    const source = new FakeSource({ [commit]: [before] });
    const scripts = { [question]: `lacks ${before}\n` };
    const { run, titles, site, server } = given({ source, scripts });
    await expect(run()).rejects.toThrow(Stopped);
    expect(server.asked[0]?.args.slice(3)).toEqual([commit, before]);
    expect(titles()).toEqual([question]);
    expect(site.findings.map(({ name }) => name)).toEqual(['push-too-shallow']);
    expect(remedyText(site.findings[0]?.remedies ?? [])).toContain('    fetch-depth: 0');
  });

  test('refuses a commit that is not in the workspace before the server is asked', async () => {
    const { run, titles, site } = given({ source: new FakeSource({}) });
    await expect(run()).rejects.toThrow(Stopped);
    expect(titles()).toEqual([]);
    expect(site.findings.map(({ name }) => name)).toEqual(['push-without-commit']);
  });

  test('refuses where there is too little room for it', async () => {
    const source = new FakeSource({ [commit]: [] });
    const { run, titles, site } = given({ source, scripts: { [question]: 'free 1000\n' } });
    await expect(run()).rejects.toThrow(Stopped);
    expect([titles(), source.open]).toEqual([[question], 0]);
    expect(site.findings.map(({ name }) => name)).toEqual(['disk-short']);
  });

  test('a part that does not arrive stops it, and the bundle is removed here', async () => {
    const source = new FakeSource({ [commit]: [] });
    const full = { exit: { code: 1 }, stderr: 'No space left on device' };
    const { run, titles } = given({ source, scripts: { [receive]: full } });
    await expect(run()).rejects.toThrow(CommandFailed);
    expect([titles(), source.open]).toEqual([[question, receive], 0]);
  });
});

test.each([
  ['in place', {}],
  ['with release directories', { strategy: 'releases' }],
])('without a lock nothing is sent: inspect says why there is none, %s', async (_, inputs) => {
  const { run, titles } = given({ locked: false, inputs });
  await run();
  expect(titles()).toEqual([]);
});
