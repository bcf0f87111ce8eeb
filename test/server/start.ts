import type { Site } from '../rig/kayart.ts';
import { run, type RunOptions, type RunResult } from '../rig/runner.ts';
import { inputsFor } from './situation.ts';

/** A run of a workflow of its own. */
export async function start(
  site: Site,
  id: string,
  commit: string,
  inputs: Readonly<Record<string, string>> = {},
  options: Partial<RunOptions> = {},
): Promise<RunResult> {
  const context = { sha: commit, run_id: id };
  return run({ inputs: { ...inputsFor(site), ...inputs }, context, ...options });
}
