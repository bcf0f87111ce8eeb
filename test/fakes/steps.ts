import type { StepName } from '../../src/plan/results.ts';
import type { Site } from '../../src/plan/site.ts';
import type { Step } from '../../src/plan/step.ts';
import { asUser } from '../../src/remedy.ts';

/** What a step in memory does besides writing its name down. */
export interface Doing {
  readonly run?: (site: Site) => void;
  readonly undo?: (site: Site) => void;
  /** What it returns. */
  readonly facts?: unknown;
  readonly changesSite?: boolean;
  readonly kept?: boolean;
}

/** A step that writes down in `events` that it ran, and that it was rolled back. */
export function fakeStep(events: string[], name: StepName, doing: Doing = {}): Step {
  const { run, undo, facts, changesSite = true, kept = false } = doing;
  return {
    ...{ name, title: `Title of ${name}`, needs: [], changesSite, on: 'every host' },
    keptWhenStranded: kept,
    async run(site) {
      events.push(name);
      run?.(site);
      return facts as undefined;
    },
    async undo(site) {
      events.push(`undo ${name}`);
      undo?.(site);
      return undefined;
    },
    byHand: () => [asUser('nicolas', `by hand ${name}`)],
    stranded: 'stranded-stage',
  };
}
