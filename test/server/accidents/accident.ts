import { isDeepStrictEqual } from 'node:util';
import type { Step } from '../../../src/plan/step.ts';
import type { Site } from '../../rig/kayart.ts';
import type { Flavour } from '../../rig/machine.ts';
import type { Release } from '../../rig/releases.ts';
import { run, type RunOptions, type RunResult } from '../../rig/runner.ts';
import { regularVisitor } from '../regular-visitor.ts';
import { whenLogged } from '../when-logged.ts';
import { fresh, inputsFor, lastSentence, snapshot, type Snapshot } from '../situation.ts';

/** Something that happens to the run or the server as soon as a step has begun, and is repaired after the run. */
export interface Accident {
  readonly name: string;
  /** The server it takes; Debian 12 unless set. */
  readonly flavour?: Flavour;
  /** The run itself is killed; without it, `strike` happens to the server. */
  readonly kills?: 'and post follows' | 'and the runner is gone';
  readonly prepare?: (site: Site) => Promise<unknown>;
  readonly strike?: (site: Site) => Promise<unknown>;
  /** What an administrator does before the deploy is run again. */
  readonly repair?: (site: Site) => Promise<unknown>;
}

/** Where the site is, seen from outside. */
export type Where = 'as before' | 'deployed' | 'in between';

/** What became of a deploy that an accident befell, and of the one after it. */
export interface Met {
  readonly first: RunResult;
  /** After the accident was repaired, and before the deploy was run again. */
  readonly where: Where;
  readonly again: RunResult;
  readonly finally: Where;
  /** What lies in the deploy's own directory at the end. */
  readonly left: string;
  /** What somebody noticed who was logged in before, once it was repaired and at the end. */
  readonly noticed: readonly (string | null)[];
}

/** How it went: all but the first must never be. */
export type Verdict =
  'consistent' | 'false green' | 'half done' | 'not finished by the next run' | 'noticed';

/** A deploy on a fresh server that an accident happens to as soon as the step has begun; then the same again. */
export async function meet(accident: Accident, step: Step, release: Release): Promise<Met> {
  await using server = await fresh(release, accident);
  const { site } = server;
  await accident.prepare?.(site);
  const visitor = await regularVisitor(site);
  const before = await snapshot(site);
  const first = await struck(site, accident, step.title);
  await accident.repair?.(site);
  const where = await whereIs(site, before);
  const noticed = where === 'in between' ? null : await visitor.noticed();
  const again = await run({
    inputs: inputsFor(site),
    context: { sha: site.commits.next, run_attempt: '2' },
  });
  const { left } = await snapshot(site);
  const end = await whereIs(site, before);
  return { first, where, again, finally: end, left, noticed: [noticed, await visitor.noticed()] };
}

async function struck(site: Site, accident: Accident, title: string): Promise<RunResult> {
  const { onLine, reached } = whenLogged(title);
  const struck = reached.then(async () => accident.strike?.(site));
  const result = await run({
    inputs: inputsFor(site),
    context: { sha: site.commits.next },
    onLine,
    ...killing(accident, reached),
  });
  await struck;
  return result;
}

function killing({ kills }: Accident, reached: Promise<void>): Partial<RunOptions> {
  if (kills === undefined) return {};
  const patience = { interrupt: 0, terminate: 0 };
  return { cancelAfter: reached, patience, andPost: kills === 'and post follows' };
}

async function whereIs(site: Site, before: Snapshot): Promise<Where> {
  const now = await snapshot(site);
  if (isDeepStrictEqual(now, before)) return 'as before';
  const deployed =
    now.head === site.commits.next &&
    now.branch === before.branch &&
    now.status === before.status &&
    isDeepStrictEqual(now.pages, before.pages) &&
    now.ledger.join().includes('CreateSessionTable') &&
    now.tables.join().includes('ci_sessions');
  return deployed ? 'deployed' : 'in between';
}

/** Nothing false in the report, nothing half done on the server, and the next run finishes it. */
export function verdict({ kills }: Accident, { first, where, again, ...met }: Met): Verdict {
  if (first.exitCode === 0 && where !== 'deployed') return 'false green';
  const said = first.outputs['outcome'] === 'stranded' || kills === 'and the runner is gone';
  if (where === 'in between' && !said) return 'half done';
  if (met.noticed.some((one) => one !== null)) return 'noticed';
  return isGreen(again) && met.finally === 'deployed' && met.left === ''
    ? 'consistent'
    : 'not finished by the next run';
}

function isGreen({ outputs }: RunResult): boolean {
  return ['deployed', 'already-live'].includes(outputs['outcome'] ?? '');
}

/** One line that says how it went. */
export function reported({ first, where, again }: Met): string {
  const { outcome = 'killed' } = first.outputs;
  const then = again.outputs['outcome'] ?? 'nothing';
  return `${outcome.padEnd(11)} ${where.padEnd(10)} then ${then.padEnd(12)} ${lastSentence(first).slice(0, 160)}`;
}
