import type { Host } from './host.ts';
import type { Step } from './step.ts';

/** The servers of one run, which serve one application from one database. One server is the ordinary case. */
export type Fleet = readonly [Host, ...Host[]];

/** Where a step runs: on every host, or on the first for all of them. */
export function hostsOf(step: Step, fleet: Fleet): readonly Host[] {
  return step.on === 'every host' ? fleet : [fleet[0]];
}
