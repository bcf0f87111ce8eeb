import { counted } from '../count.ts';
import type { RanCommand, StepResult, UndoResult } from '../plan/results.ts';
import type { ColumnComparison } from '../schema/column-comparison.ts';
import type { PredictedTable } from '../schema/predicted.ts';
import type { Finding, Severity } from '../finding.ts';
import type { PlanFacts } from '../plan/facts.ts';
import type { KnownRelease } from './releases.ts';

/** How a run ended. Green are the first two, and `passed` and not `failed` for a check. `already-live` is also a clean verify, `refused` one with errors. */
export type Outcome =
  | 'deployed'
  | 'already-live'
  | 'refused'
  | 'rolled-back'
  | 'cancelled'
  | 'stranded'
  | 'passed'
  | 'failed';

/** What came of the migrations in one throw-away database; only of a check. */
export interface DatabaseTried {
  /** `shop at 127.0.0.1:3306`. */
  readonly name: string;
  /** What the server calls itself, as `MariaDB 10.11.14`; empty when it was not reached. */
  readonly product: string;
  /** What was tried there, in its order, and the result in words. */
  readonly phases: readonly { readonly title: string; readonly result: string }[];
  readonly columns: readonly ColumnComparison[];
  readonly seconds: number;
}

/** What a run did on one server. */
export interface HostReport {
  /** `user@host:port`. */
  readonly server: string;
  readonly path: string;
  /** The commit that was live before; empty when nobody came so far. */
  readonly previousCommit: string;
  readonly steps: readonly StepResult[];
  readonly undone: readonly UndoResult[];
  /** Commands of the repository that ran there; absent where none did. */
  readonly ran?: readonly RanCommand[];
  /** What was deployed there, the newest first; only where that was asked for. */
  readonly releases?: readonly KnownRelease[];
  /** What a deploy would do there; only where that was asked for. */
  readonly plan?: PlanFacts;
}

/** Sessions of visitors that a deploy moved, and those that ended with it; null where nobody could count them. */
export interface VisitorsReport {
  readonly moved: number | null;
  readonly loggedOut: number | null;
}

/** Everything a run has to say; the log, the summary, the outputs and the JSON file are written from it. */
export interface Report {
  readonly outcome: Outcome;
  readonly command: string;
  readonly commit: string;
  /** What was done on each; none where the inputs named none, and for a check. */
  readonly hosts: readonly HostReport[];
  /** Classes of the migrations that ran. */
  readonly migrations: readonly string[];
  readonly batch: number | null;
  /** Classes of those that ran and were rolled back; absent where none were. */
  readonly migrationsUndone?: readonly string[];
  /** The HTTP status that the site answered with last; absent where nobody asked. */
  readonly answers?: number;
  readonly columns: readonly ColumnComparison[];
  /** What `.ci4-deploy.yml` would say of the live tables; only where that was asked for. */
  readonly printed?: string;
  /** Worst first. */
  readonly findings: readonly Finding[];
  readonly unverified: readonly string[];
  /** What is in order, as sentences; only of a doctor. */
  readonly ready: readonly string[];
  /** What was looked at, as the beginning of a sentence; only of a check. */
  readonly checked?: string;
  /** The throw-away databases that a check was given; absent when it was given none. */
  readonly databases?: readonly DatabaseTried[];
  /** Tables as the migrations that were read make them; only of a check that read some. */
  readonly tables?: readonly PredictedTable[];
  readonly rollbackNotes: readonly string[];
  /** What became of the visitors' sessions; null where they stay as they are. */
  readonly visitors: VisitorsReport | null;
  readonly roundTrips: number;
  readonly seconds: number;
}

const order: Record<Severity, number> = { error: 0, warning: 1, notice: 2 };

/** Each finding once, worst first; those of one severity keep their order. */
export function worstFirst(findings: readonly Finding[]): readonly Finding[] {
  const once = new Map(findings.map((one) => [identity(one), one]));
  return [...once.values()].toSorted((a, b) => order[a.severity] - order[b.severity]);
}

function identity({ name, message, at }: Finding): string {
  return `${name}\n${message}\n${at === undefined ? '' : `${at.file}:${at.line}`}`;
}

/** Whether the workflow may go on. */
export function isGreen({ outcome }: Report): boolean {
  return outcome === 'deployed' || outcome === 'already-live' || outcome === 'passed';
}

/** Who was logged out stands before anything that went well. */
function losses({ visitors }: Report): string {
  if (visitors === null || visitors.loggedOut === 0) return '';
  const { loggedOut } = visitors;
  if (loggedOut === null) return ', and all visitors were logged out';
  return `, and ${counted(loggedOut, 'visitor was', 'visitors were')} logged out`;
}

function moves({ visitors }: Report): string {
  const moved = visitors?.moved ?? 0;
  return moved === 0 ? '' : `; ${counted(moved, 'session was', 'sessions were')} moved`;
}

function proved(report: Report, doubt: string): string {
  if (report.unverified.length > 0) return doubt;
  return losses(report) === '' ? 'every step was proved' : 'the rest was proved';
}

function doubts(report: Report, doubt: string): string {
  return report.unverified.length === 0 ? '' : `; ${doubt}`;
}

function notProved({ unverified }: Report): string {
  return `not verified: ${[...new Set(unverified)].join(' ')}`.replace(/\.$/, '');
}

/** Where the run ended: the step that stopped it, or else the last one. */
function lastStep({ hosts }: Report): StepResult | undefined {
  const last = hosts.flatMap(({ steps }) => steps.slice(-1));
  return last.find(({ result }) => result !== 'done') ?? last[0];
}

function passed({ command, checked = 'Checked' }: Report): string {
  if (['releases', 'plan', 'adopt'].includes(command)) return `${checked}.`;
  const what = command === 'doctor' ? 'a deploy has all that it needs' : 'no error';
  return `${checked}: ${what}.`;
}

function wentLive(command: string, commit: string, place: string): string {
  return command === 'rollback'
    ? `Went back to ${commit} at ${place}`
    : `Deployed ${commit} to ${place}`;
}

/** The run in one sentence, with the cause where something is wrong. */
export function sentence(report: Report): string {
  const cause = worstFirst(report.findings)[0]?.message ?? 'see the log';
  return `${said(report, `: ${cause.replace(/\s+/g, ' ')}`, notProved(report))} ${effort(report)}`;
}

/** The last line of a log in which every finding stands above: how it ended, and how much there is to do. */
export function closing(report: Report): string {
  const doubt = `${counted(new Set(report.unverified).size, 'thing was', 'things were')} not verified`;
  return `${said(report, '.', doubt)} ${thingsToDo(report)} ${effort(report)}`;
}

function thingsToDo({ findings }: Report): string {
  const count = (wanted: Severity): number =>
    worstFirst(findings).filter(({ severity }) => severity === wanted).length;
  const [errors, warnings] = [count('error'), count('warning')];
  const fix = errors === 0 ? 'Nothing' : errors === 1 ? '1 thing' : `${errors} things`;
  return `${fix} to fix${warnings === 0 ? '' : `, and ${warnings} that may wait`}.`;
}

function effort({ checked, roundTrips, seconds }: Report): string {
  const trips =
    checked === undefined && roundTrips > 0 ? `, ${counted(roundTrips, 'round trip')}` : '';
  return `(${seconds.toFixed(1)} s${trips})`;
}

/** How it ended; `cause` ends the sentence of a failure, and `doubt` says what a green one could not verify. */
function said(report: Report, cause: string, doubt: string): string {
  const { outcome } = report;
  const commit = report.commit.slice(0, 10);
  const place = report.hosts.map(({ server, path }) => `${server} ${path}`).join(' and ');
  const last = lastStep(report)?.title.split(':')[0]?.toLowerCase();
  const at = last === undefined ? '' : ` at ${last}`;
  const reported: Record<Outcome, string> = {
    deployed: `${wentLive(report.command, commit, place)}${losses(report)}: ${proved(report, doubt)}${moves(report)}.`,
    'already-live': `Commit ${commit} is live at ${place} and everything checked is right${doubts(report, doubt)}.`,
    refused: `Refused, nothing was changed${cause}`,
    'rolled-back':
      last === undefined
        ? 'Everything that had begun is rolled back now.'
        : `Failed${at} and rolled back${cause}`,
    cancelled: `Cancelled${at}; what had begun was rolled back.`,
    passed: passed(report),
    failed: `${report.checked ?? 'Checked'}${cause}`,
    stranded: `Failed${at} and could not be rolled back completely${cause}`,
  };
  return reported[outcome];
}
