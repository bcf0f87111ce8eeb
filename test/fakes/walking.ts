import type { Host } from '../../src/plan/host.ts';
import type { Journal } from '../../src/plan/journal.ts';
import type { StepName } from '../../src/plan/results.ts';
import type { Step } from '../../src/plan/step.ts';
import { scripted, type Script } from './scripts.ts';
import { fakeHost } from './site.ts';
import { fakeStep, type Doing } from './steps.ts';
import { FakeWorkflow } from './workflow.ts';

/** Steps and hosts in memory, with everything that happened to them. */
export class Walking {
  /** Every journal that was saved. */
  readonly saved: Journal[] = [];
  /** What ran and what was rolled back, in its order. */
  readonly events: string[] = [];
  readonly workflow = new FakeWorkflow();

  host(begun: readonly string[] = [], scripts: Record<string, Script> = {}, name?: string): Host {
    const save = (now: Journal): unknown => this.saved.push(now);
    const { workflow } = this;
    return fakeHost(scripted(scripts, name), { save, workflow, journal: { begun } });
  }

  step(name: StepName, doing?: Doing): Step {
    return fakeStep(this.events, name, doing);
  }
}

/** What fails with that. */
export function failsWith(failure: unknown): () => never {
  return () => {
    throw failure;
  };
}
