import { type Finding, remedies } from '../finding.ts';
import type { Known } from '../plan/facts.ts';
import type { Fleet } from '../plan/fleet.ts';
import type { Host } from '../plan/host.ts';
import { commitBefore } from '../plan/journal.ts';
import { Recorder } from '../plan/recorder.ts';
import type { Recorded, StepResult, StepRun, StepUndone, UndoResult } from '../plan/results.ts';
import { isStranded, type Walked } from '../plan/walk.ts';
import { finding } from '../report/failure.ts';
import { newestFirst } from '../report/releases.ts';
import {
  worstFirst,
  type HostReport,
  type Outcome,
  type Report,
  type VisitorsReport,
} from '../report/report.ts';
import { Cancelled, LockLost } from '../server/failures.ts';

/** The report of a walk. `green` is the outcome when nothing failed. */
export function conclude(fleet: Fleet, walked: Walked, green: Outcome): Report {
  const [{ config, journal, log, facts }] = fleet;
  const recorded = [...walked.steps, ...walked.undone];
  const all = new Recorder();
  all.find(...recorded.flatMap(({ findings }) => findings));
  all.find(...finding(walked.failure), ...strandedFindings(walked.undone));
  const { columns = [], printed } = facts.verify ?? {};
  return {
    outcome: outcomeOf(walked, green),
    command: config.command,
    commit: journal.now.commit || config.commit,
    hosts: fleet.map((host) => hostReport(host, walked)),
    ...migrationsOf(facts),
    ...answerOf(recorded),
    columns,
    ...(printed === undefined ? {} : { printed }),
    findings: worstFirst(all.findings),
    unverified: recorded.flatMap(({ unverified }) => unverified),
    ready: recorded.flatMap(({ ready }) => ready),
    rollbackNotes: recorded.flatMap(({ rollbackNotes }) => rollbackNotes),
    visitors: visitorsOf(fleet[0]),
    roundTrips: fleet.reduce((sum, { server }) => sum + server.roundTrips, 0),
    seconds: log.seconds,
  };
}

function migrationsOf({
  migrate,
}: Known): Pick<Report, 'migrations' | 'batch' | 'migrationsUndone'> {
  const { classes: migrations = [], batch = null, undone = [] } = migrate ?? {};
  return { migrations, batch, ...(undone.length === 0 ? {} : { migrationsUndone: undone }) };
}

/** What the site answered last. */
function answerOf(recorded: readonly Recorded[]): Pick<Report, 'answers'> {
  const last = recorded.map(({ answers }) => answers).findLast((status) => status !== null);
  return last === undefined ? {} : { answers: last };
}

function hostReport(
  { server, config, journal, facts: { releases, plan } }: Host,
  { steps, undone }: Walked,
): HostReport {
  const here = (one: { readonly server: string }): boolean => one.server === server.name;
  const ran = [...steps, ...undone].filter(here).flatMap((one) => one.ran);
  return {
    server: server.name,
    path: config.base,
    previousCommit: commitBefore(journal.now),
    steps: steps.filter(here).map(stepResult),
    undone: undone.filter(here).map(undoResult),
    ...(ran.length === 0 ? {} : { ran }),
    ...(plan === undefined ? {} : { plan }),
    ...(releases === undefined ? {} : { releases: newestFirst(releases) }),
  };
}

/** Known once the new code was staged; the sessions are moved once the cutover is done. */
function visitorsOf({ facts: { stage }, journal }: Host): VisitorsReport | null {
  if (stage === undefined) return null;
  const done = journal.now.cutover?.progress === 'done';
  const { loggedOut, sessions } = stage;
  if (!done && loggedOut === null) return null;
  return { moved: done ? sessions : 0, loggedOut: loggedOut === null ? 0 : loggedOut.sessions };
}

function stepResult({ did, name, title, seconds, result }: StepRun): StepResult {
  return { name, title, seconds, result, ...(did.length === 0 ? {} : { notes: did }) };
}

function undoResult({ name, result, seconds, did, rollbackNotes }: StepUndone): UndoResult {
  const all = [...did, ...rollbackNotes];
  return {
    ...{ name, result },
    ...(seconds === undefined ? {} : { seconds }),
    ...(all.length === 0 ? {} : { notes: all }),
  };
}

function outcomeOf({ steps, failure, undone }: Walked, green: Outcome): Outcome {
  if (undone.some(isStranded) || failure instanceof LockLost) return 'stranded';
  if (failure === undefined) return green;
  if (failure instanceof Cancelled) return 'cancelled';
  const changed = steps.some(({ changesSite }) => changesSite);
  return changed && green === 'deployed' ? 'rolled-back' : 'refused';
}

/** What is left to do, in its order: a step that could not be rolled back, then those that were kept for its sake. */
function strandedFindings(undone: readonly StepUndone[]): readonly Finding[] {
  return undone.flatMap(({ name, result, byHand }, at) => {
    if (typeof result !== 'object' || byHand === null) return [];
    // What is another deploy's now is for nobody here to undo, and not by hand either.
    if (result.failed instanceof LockLost) return finding(result.failed);
    const cause = causeOf(result.failed);
    const kept = undone.slice(at + 1).filter((later) => later.result === 'kept');
    const all = [byHand, ...kept.flatMap((later) => later.byHand ?? [])];

    return [
      {
        name: byHand.finding,
        severity: 'error',
        message: `The step ${name} could not be rolled back: ${cause} Once that is repaired, the next deploy rolls it back before it begins. The commands do it by hand.`,
        remedies: remedies(all.flatMap(({ remedy }) => remedy)),
      },
    ];
  });
}

/** A failure in one sentence; an error that only a rollback throws says it itself. */
function causeOf(failed: unknown): string {
  const [known] = finding(failed);
  if (known !== undefined && known.name !== 'unexpected') return known.message;
  const message = failed instanceof Error ? failed.message : String(failed);
  return /[.!?]$/.test(message) ? message : `${message}.`;
}
