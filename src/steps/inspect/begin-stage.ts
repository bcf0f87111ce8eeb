import { isError } from '../../finding.ts';
import type { Site } from '../../plan/site.ts';
import type { Output } from '../../server/command.ts';
import { isOneRound, makeStage } from '../make-stage.ts';
import type { ServerFacts } from './facts.ts';

/** Whether there is something to deploy, and nothing stands against it so far. */
export function goesOn({ journal, config, findings }: Site, { deploy }: ServerFacts): boolean {
  const { locked, previous } = journal.now;
  const isNew = deploy !== null && previous !== config.commit;
  return isNew && locked && !findings.some(isError);
}

/**
 * Makes the stage while the databases, PHP-FPM and the sessions are asked: none of them waits for it. Not where something
 * has to be fetched for it. What is refused after all is rolled back.
 * @returns what its application printed; null where it was not made
 */
export async function beginStage(
  site: Site,
  facts: ServerFacts,
  signal: AbortSignal,
): Promise<Output | null> {
  const changed = facts.deploy?.commit.changed ?? [];
  if (!goesOn(site, facts) || !isOneRound(site, changed)) return null;
  site.journal.begin('stage');
  return makeStage(site, changed, signal);
}
