import type { Remedy } from '../remedy.ts';
import type { FindingName } from '../findings/registry.ts';
import type { FactsOf, StepWithFacts } from './facts.ts';
import type { StepName } from './results.ts';
import type { Site } from './site.ts';

/**
 * Rolls a step back. It is idempotent and takes what it needs from the journal, so that another process can call it.
 * @returns the facts of the step as they are afterwards; undefined where they still hold
 */
export type Undo<Name extends StepName = StepName> = (
  site: Site,
  signal: AbortSignal,
) => Promise<FactsOf<Name> | undefined>;

/** How a step is rolled back, and what a person types when that failed. */
type Undoing<Name extends StepName> =
  | { readonly undo: 'nothing to undo' | 'cannot be undone' }
  | {
      readonly undo: Undo<Name>;
      /** What does it by hand on the server. */
      readonly byHand: (site: Site) => Remedy;
      /** The finding that says so. */
      readonly stranded: FindingName<'error'>;
    };

interface Run<Name extends StepName, Needs extends StepWithFacts> {
  readonly name: Name;
  /** What the log and the summary call it. */
  readonly title: string;
  /** The steps whose facts it reads: they have to be done before. */
  readonly needs: readonly Needs[];
  /** Whether the site, its database or its sessions are other ones afterwards. */
  readonly changesSite: boolean;
  /** Hosts that share a database are migrated and verified once. */
  readonly on: 'every host' | 'once per database';
  /** Whether there is anything for it to do on this host; absent where there always is. It is not begun otherwise. */
  readonly applies?: (host: Pick<Site, 'facts' | 'config'>) => boolean;
  /** Left as it is when a later step could not be rolled back: who finishes that needs it. */
  readonly keptWhenStranded?: boolean;
  /**
   * Does it, and proves it. Findings are recorded on the site; an error among them stops the walk after this step.
   * @returns what the step found out
   * @throws what kept it from its end
   */
  run(site: Site<Needs>, signal: AbortSignal): Promise<FactsOf<Name>>;
}

/** One step with its rollback. */
export type Step<
  Name extends StepName = StepName,
  Needs extends StepWithFacts = StepWithFacts,
> = Run<Name, Needs> & Undoing<Name>;
