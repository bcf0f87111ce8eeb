import type { StageName } from '../report/stages.ts';
import type { Site } from './site.ts';

export type Undo = (site: Site, signal: AbortSignal) => Promise<void>;

/** One deed with its rollback. `undo` is idempotent and takes what it needs from the journal, so that another process can call it. */
export interface Step {
  readonly name: StageName;
  /** What the log and the summary call it. */
  readonly title: string;
  run(site: Site, signal: AbortSignal): Promise<void>;
  /** Left as it is when a later step could not be rolled back: who finishes that needs it. */
  readonly keptWhenStranded?: boolean;
  readonly undo: Undo | 'nothing to undo' | 'cannot be undone';
}
