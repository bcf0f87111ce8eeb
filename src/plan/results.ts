import type { Remedy } from '../remedy.ts';
import type { Moment } from '../config/settings-commands.ts';
import type { Exit } from '../server/command.ts';
import type { Finding } from '../finding.ts';
import type { FindingName } from '../findings/registry.ts';

/** Every step that a command may consist of. */
export type StepName =
  | 'inspect'
  | 'lock'
  | 'push'
  | 'stage'
  | 'in-stage'
  | 'migrate'
  | 'verify'
  | 'copy'
  | 'switch'
  | 'cutover'
  | 'after-switch'
  | 'confirm'
  | 'finish'
  | 'unlock'
  | 'releases'
  | 'choose'
  | 'regress'
  | 'plan'
  | 'adopt';

/** How one step went, as the report shows it. */
export interface StepResult {
  readonly name: StepName;
  /** What the log and the summary call it. */
  readonly title: string;
  readonly seconds: number;
  readonly result: 'done' | 'failed' | 'cancelled';
  /** What it did, as sentences; absent where its title says it all. */
  readonly notes?: readonly string[];
}

/** How one step was rolled back, as the report shows it. */
export interface UndoResult {
  readonly name: StepName;
  readonly result:
    | 'undone'
    | 'nothing to undo'
    | 'cannot be undone'
    // A later step could not be rolled back, and finishing that needs this one.
    | 'kept'
    | { readonly failed: unknown };
  /** Absent where there was nothing to undo. */
  readonly seconds?: number;
  /** What was rolled back or deliberately not, as sentences. */
  readonly notes?: readonly string[];
}

/** A command of the repository that ran on the server. */
export interface RanCommand {
  readonly moment: Moment;
  readonly run: string;
  /** How it ended. */
  readonly exit: Exit;
  readonly seconds: number;
  /** The end of what it printed. */
  readonly output: string;
}

/** What a step, or its rollback, has to say besides its facts. */
export interface Recorded {
  readonly findings: readonly Finding[];
  /** What could not be proved and why, as sentences. */
  readonly unverified: readonly string[];
  /** What was rolled back or deliberately not, as sentences. */
  readonly rollbackNotes: readonly string[];
  /** What was found to be in order, as sentences; only where that was asked for. */
  readonly ready: readonly string[];
  /** What was done, as sentences that the log has too. */
  readonly did: readonly string[];
  /** The HTTP status that the site answered with last; null where nobody asked, or it did not answer. */
  readonly answers: number | null;
  /** Commands of the repository that ran, in their order. */
  readonly ran: readonly RanCommand[];
}

/** A step that was run. */
export interface StepRun extends StepResult, Recorded {
  /** Where, as `user@host:port`. */
  readonly server: string;
  /** After it, a failure is no mere refusal. */
  readonly changesSite: boolean;
}

/** A step that was rolled back, or should have been. */
export interface StepUndone extends UndoResult, Recorded {
  /** Where, as `user@host:port`. */
  readonly server: string;
  /** What a person types to do it by hand, and the finding that says so; null where there is nothing to undo. */
  readonly byHand: { readonly remedy: Remedy; readonly finding: FindingName<'error'> } | null;
}

/** The step found errors and recorded them as findings: the walk stops here. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}
