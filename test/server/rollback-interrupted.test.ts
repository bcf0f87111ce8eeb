import { describe, expect, test } from '@jest/globals';
import { withRegress } from '../../src/commands/rollback.ts';
import type { Site } from '../rig/kayart.ts';
import type { Strategy } from '../rig/layouts.ts';
import type { Release } from '../rig/releases.ts';
import type { RunResult } from '../rig/runner.ts';
import { everyStep, hasToUndo } from './every-step.ts';
import { always, both, ended, later, makes, tables } from './going-back.ts';
import { regularVisitor } from './regular-visitor.ts';
import { fresh, snapshot } from './situation.ts';
import { start } from './start.ts';
import { whenLogged } from './when-logged.ts';

// Taken from the command itself: a step that is added and changes the site is interrupted as well.
// Those for commands of one's own are not begun without any, and have a test of their own.
const steps = [...withRegress.look, ...withRegress.change].filter(
  ({ applies }) => applies === undefined,
);
const titles = steps.map(({ title }) => title);

/** All steps take a quarter of an hour: EVERY_STEP=1 asks for them. */
function atSome(...names: readonly string[]): readonly string[] {
  return titlesOf(({ name }) => names.includes(name));
}

function titlesOf(takes: (step: (typeof steps)[number]) => boolean): readonly string[] {
  return steps.filter((step) => everyStep || takes(step)).map(({ title }) => title);
}

// A lock whose runner is gone is watched for half a minute.
const withoutPost = atSome('switch', 'regress');

/**
 * In place wherever something is to be undone, and where all of it is. What differs between the strategies is how a
 * commit goes live and back.
 */
function withPost(strategy: Strategy): readonly string[] {
  return strategy === 'in-place'
    ? titlesOf(hasToUndo)
    : atSome('stage', 'switch', 'confirm', 'regress');
}

/** A site whose last two deploys moved the sessions and made a table. */
async function twoDeploys(site: Site): Promise<string> {
  await ended(start(site, '1', site.commits.next));
  const last = await site.push(makes('orders', 1) as Record<string, string>, 'Orders');
  await ended(start(site, '2', last));
  return last;
}

/** A rollback over both, with their migrations, whose run is killed as soon as the step has begun. */
async function killed(site: Site, title: string, andPost: boolean): Promise<void> {
  const { onLine, reached } = whenLogged(title);
  const patience = { interrupt: 0, terminate: 0 };
  const head = await site.head();
  const inputs = { ...always, to: site.commits.live };
  await start(site, '3', head, inputs, { cancelAfter: reached, patience, andPost, onLine });
  if (!andPost) await later(site).catch(() => undefined);
}

/** All of one of the two, and nothing of the other. */
async function whole(site: Site, commit: string): Promise<void> {
  const isOld = commit === site.commits.live;
  expect(await site.head()).toBe(commit);
  const made = (await tables(site)).filter((name) => ['orders', 'ci_sessions'].includes(name));
  expect(made).toEqual(isOld ? [] : ['ci_sessions', 'orders']);
  const { left, pages } = await snapshot(site);
  expect([left, [...new Set(Object.values(pages))]]).toEqual(['', [200]]);
}

/** By the last step the rollback is proved: killed there it may stand already, as a whole. */
function isProved(titled: string): boolean {
  return titled === titles.at(-1);
}

async function goes(run: Promise<RunResult>, titled: string): Promise<void> {
  const outcome = (await run).outputs['outcome'] ?? '';
  await ended(run, isProved(titled) && outcome === 'already-live' ? outcome : 'deployed');
}

async function resumed(release: Release, strategy: Strategy, titled: string): Promise<void> {
  await using server = await fresh(release, { strategy });
  const { site } = server;
  const berta = await regularVisitor(site);
  const last = await twoDeploys(site);
  await killed(site, titled, false);
  expect(await berta.noticed()).toBeNull();
  const inputs = { ...always, to: site.commits.live, 'lock-wait': '3m' };
  await goes(start(site, '4', last, inputs), titled);
  await whole(site, site.commits.live);
  expect(await berta.noticed()).toBeNull();
}

async function undone(release: Release, strategy: Strategy, titled: string): Promise<void> {
  await using server = await fresh(release, { strategy });
  const { site } = server;
  const berta = await regularVisitor(site);
  const last = await twoDeploys(site);
  await killed(site, titled, true);
  await whole(site, isProved(titled) ? await site.head() : last);
  expect(await berta.noticed()).toBeNull();
  // And then it may be done.
  await goes(start(site, '4', last, { ...always, to: site.commits.live }), titled);
  await whole(site, site.commits.live);
  expect(await berta.noticed()).toBeNull();
}

describe.each(await both())(
  'a rollback with its migrations on CodeIgniter %s, %s',
  (_, strategy, release) => {
    test.each(withoutPost)(
      'killed with its runner at %s: the next one finishes it',
      async (title) => {
        await resumed(release, strategy, title);
      },
      240_000,
    );

    test.each(withPost(strategy))(
      'killed at %s: post brings the newer code forward again, with its tables',
      async (title) => {
        await undone(release, strategy, title);
      },
      240_000,
    );
  },
);
