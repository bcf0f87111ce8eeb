import { isDeepStrictEqual } from 'node:util';
import type { StepName } from '../../src/plan/results.ts';
import type { Release } from '../rig/releases.ts';
import type { RunResult } from '../rig/runner.ts';
import { pasteAndRun, unregistered, type Pasted } from './pasting.ts';
import {
  deploy,
  errorsOf,
  fresh,
  lastSentence,
  lastStep,
  othersOf,
  snapshot,
  without,
  type Situation,
  type Snapshot,
} from './situation.ts';

const green = ['deployed', 'already-live'];

/** What a deploy made of a situation, and what was left behind. */
export interface Measured {
  readonly outcome: string;
  /** Names of its errors, each once. */
  readonly errors: readonly string[];
  /** Names of its warnings and notices. */
  readonly others: readonly string[];
  /** Names of findings that print lines, where the page of findings says otherwise; none may be. */
  readonly unregistered: readonly string[];
  readonly exit: number | null;
  readonly post: number | null;
  /** The step it ended at. */
  readonly step: StepName | undefined;
  readonly sentence: string;
  readonly before: Partial<Snapshot>;
  readonly after: Partial<Snapshot>;
  readonly leaks: readonly unknown[];
  readonly seconds: number;
  /** What came of pasting its remedies; null where none was pasted. */
  readonly pasted: Pasted | null;
}

/** How it went: the last four are what must never be. */
export type Verdict =
  'as expected' | 'other words' | 'false green' | 'false red' | 'worse than before' | 'bad remedy';

/** Whether what a run prints there is pasted: where nothing else is done afterwards. */
export function mayPaste(situation: Situation): boolean {
  const { outcome, errors, afterwards, notPasted, pastes } = situation;
  const red = !green.includes(outcome) && errors.length > 0;
  return (red || pastes === 'all') && afterwards === undefined && notPasted === undefined;
}

/** Makes the situation so on a fresh server, deploys to it, and looks at it from outside before and after. */
export async function measure(
  situation: Situation,
  release: Release,
  afterwards: Situation['afterwards'],
  pastes = false,
): Promise<Measured> {
  await using server = await fresh(release, situation);
  const { site } = server;
  const commit = (await situation.prepare?.(site)) ?? site.commits.next;
  const before = await snapshot(site);
  const inputs = situation.inputs?.(site) ?? {};
  const { context = {} } = situation;
  const result = await deploy(site, { inputs, commit, context });
  const after = await snapshot(site);
  await afterwards?.(site, result);
  const pasted =
    pastes && mayPaste(situation)
      ? await pasteAndRun(site, result, { inputs, commit, all: situation.pastes === 'all' })
      : null;
  return {
    ...words(result),
    ...differing(situation, before, after),
    leaks: result.leaks(site.secrets),
    pasted: anyOf(pasted),
  };
}

/** Null where nothing could be pasted. */
function anyOf(pasted: Pasted | null): Pasted | null {
  return pasted === null || pasted.names.length === 0 ? null : pasted;
}

/** What a run said. */
function words(result: RunResult): Omit<Measured, 'before' | 'after' | 'leaks' | 'pasted'> {
  return {
    outcome: result.outputs['outcome'] ?? '',
    errors: errorsOf(result),
    others: othersOf(result),
    unregistered: unregistered(result),
    exit: result.exitCode,
    post: result.postExitCode,
    step: lastStep(result),
    sentence: lastSentence(result),
    seconds: Number(result.outputs['seconds'] ?? 0),
  };
}

function differing(
  { differs }: Situation,
  before: Snapshot,
  after: Snapshot,
): Pick<Measured, 'before' | 'after'> {
  return { before: without(before, differs), after: without(after, differs) };
}

/** Compares what was measured with what must be. */
export function verdict(situation: Situation, measured: Measured): Verdict {
  const wanted = green.includes(situation.outcome);
  const got = measured.exit === 0;
  if (got && !wanted) return 'false green';
  if (!got && wanted) return 'false red';
  if (!wanted && !isDeepStrictEqual(measured.before, measured.after)) return 'worse than before';
  if (measured.pasted !== null && !isGood(measured.pasted, situation)) return 'bad remedy';
  return sameWords(situation, measured) ? 'as expected' : 'other words';
}

/** Nobody noticed anything, every line ran, no other error was caused, and the next run is green or says what was hidden. */
function isGood(pasted: Pasted, { hidden = [], pastes }: Situation): boolean {
  const { noticed, failed, caused, left: same, outcome, errors, runs } = pasted;
  const left = errors.filter((name) => !hidden.includes(name));
  if (pastes === 'all' && runs > 1) return false;
  return (
    noticed.length + failed.length + same.length === 0 &&
    caused.every((name) => hidden.includes(name)) &&
    (green.includes(outcome) || (hidden.length > 0 && left.length === 0))
  );
}

function sameWords(situation: Situation, measured: Measured): boolean {
  const { outcome, errors, also = [], fails = measured.step, says = '' } = situation;
  return (
    measured.step === fails &&
    measured.unregistered.length === 0 &&
    measured.outcome === outcome &&
    isDeepStrictEqual(measured.errors, errors) &&
    also.every((name) => measured.others.includes(name)) &&
    (typeof says === 'string' ? measured.sentence.includes(says) : says.test(measured.sentence))
  );
}
