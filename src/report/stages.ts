export type StageName =
  | 'inspect'
  | 'lock'
  | 'stage'
  | 'migrate'
  | 'verify'
  | 'carry'
  | 'switch'
  | 'handover'
  | 'confirm'
  | 'finish'
  | 'unlock';

/** How one step went. */
export interface StepResult {
  readonly name: StageName;
  /** What the log and the summary call it. */
  readonly title: string;
  readonly seconds: number;
  readonly result: 'done' | 'failed' | 'cancelled';
}

/** How one step was rolled back. */
export interface UndoResult {
  readonly name: StageName;
  readonly result:
    | 'undone'
    | 'nothing to undo'
    | 'cannot be undone'
    // A later step could not be rolled back, and finishing that needs this one.
    | 'kept'
    | { readonly failed: unknown };
}

/** The step found errors and recorded them as findings: the walk stops here. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}
