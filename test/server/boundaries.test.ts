import { afterEach, describe, expect, test } from '@jest/globals';
import { deed } from '../../src/commands/deploy.ts';
import { inspect } from '../../src/steps/inspect/inspect.ts';
import type { Site } from '../rig/kayart.ts';
import { chosen } from '../rig/releases.ts';
import { run, type RunOptions, type RunResult } from '../rig/runner.ts';
import { regularVisitor, type RegularVisitor } from './regular-visitor.ts';
import { fresh, inputsFor, snapshot, type Snapshot } from './situation.ts';

// Taken from the plan itself: a step that is added is interrupted as well.
const steps = [inspect, ...deed];

const [release] = (await chosen()).slice(-1);
if (release === undefined) throw new Error('There is no CodeIgniter release at hand.');

/** Deploys, and does something as soon as the log shows that a step has begun. */
async function interrupted(
  site: Site,
  title: string,
  options: Partial<RunOptions> & { readonly then?: () => Promise<unknown> },
): Promise<RunResult> {
  let begun: () => void = () => undefined;
  const reached = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const { then, ...rest } = options;
  const deeds = then === undefined ? null : reached.then(then);
  const result = await run({
    inputs: inputsFor(site),
    context: { sha: site.commits.next },
    onLine: (line) => {
      if (line.includes(title)) begun();
    },
    ...(then === undefined ? { cancelAfter: reached } : {}),
    ...rest,
  });
  await deeds;
  return result;
}

const atOnce = { interrupt: 0, terminate: 0 };

/** Either all of the deploy is there, or nothing of it; nothing holds the lock, and nobody was logged out. */
async function consistent(
  site: Site,
  before: Snapshot,
  visitor: RegularVisitor,
): Promise<'deployed' | 'as before'> {
  expect(await visitor.noticed()).toBe(null);
  const now = await snapshot(site);
  expect(now.left).toBe('');
  if (now.head === before.head) {
    expect(now).toEqual(before);
    return 'as before';
  }
  expect(now).toMatchObject({ head: site.commits.next, status: '', branch: 'main' });
  expect(now.pages).toEqual(before.pages);
  expect(now.ledger.join()).toContain('CreateSessionTable');
  expect(now.tables.join()).toContain('ci_sessions');
  return 'deployed';
}

let seen: RunResult[] = [];

afterEach(() => {
  seen = [];
});

function because(): string {
  return seen.map((result) => result.shown.slice(-90).join('\n')).join('\n=====\n');
}

describe.each(steps)('at $name', ({ title }) => {
  test('killed: post leaves the site as before, or deployed, and unlocked', async () => {
    await using server = await fresh(release);
    const { site } = server;
    const visitor = await regularVisitor(site);
    const before = await snapshot(site);
    const first = await interrupted(site, title, { patience: atOnce });
    seen.push(first);
    try {
      await consistent(site, before, visitor);
    } catch (error) {
      throw new Error(because(), { cause: error });
    }
  }, 180_000);

  test('the runner is gone: the next attempt finishes it first, and deploys', async () => {
    await using server = await fresh(release);
    const { site } = server;
    const visitor = await regularVisitor(site);
    const before = await snapshot(site);
    seen.push(await interrupted(site, title, { patience: atOnce, andPost: false }));
    const again = await run({
      inputs: inputsFor(site),
      context: { sha: site.commits.next, run_attempt: '2' },
    });
    seen.push(again);
    try {
      expect(['deployed', 'already-live']).toContain(again.outputs['outcome']);
      expect(await consistent(site, before, visitor)).toBe('deployed');
    } catch (error) {
      throw new Error(because(), { cause: error });
    }
  }, 180_000);

  test('the connection is lost: the report says what is true', async () => {
    await using server = await fresh(release);
    const { site } = server;
    const visitor = await regularVisitor(site);
    const before = await snapshot(site);
    const cut = async (): Promise<unknown> =>
      site.machine.exec(['pkill', '-KILL', '-f', 'sshd: nicolas']);
    const result = await interrupted(site, title, { then: cut });
    seen.push(result);
    try {
      const green = ['deployed', 'already-live'].includes(result.outputs['outcome'] ?? '');
      expect(await consistent(site, before, visitor)).toBe(green ? 'deployed' : 'as before');
      expect(result.exitCode).toBe(green ? 0 : 1);
    } catch (error) {
      throw new Error(because(), { cause: error });
    }
  }, 180_000);
});
