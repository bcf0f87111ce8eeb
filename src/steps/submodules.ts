import { errorFinding } from '../finding.ts';
import { Stopped } from '../plan/results.ts';
import type { Site } from '../plan/site.ts';
import { advice, toSee } from '../remedy.ts';
import { quote } from '../server/command.ts';
import { CommandFailed } from '../server/failures.ts';
import { perform } from '../server/round.ts';
import { some } from './inspect/topics/words.ts';

/**
 * Fetches these submodules of the commit into the stage.
 * @throws Stopped where the server cannot, with the finding recorded
 */
export async function bringSubmodules(
  site: Site,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const { config, release, server } = site;
  const { commit } = site.journal.now;
  try {
    await perform(server, [release.fetchSubmodules(commit, config.remote, paths)], signal);
  } catch (failure) {
    if (!(failure instanceof CommandFailed) || /No space left|Read-only file/.test(failure.tail))
      throw failure;
    const addresses = `git -C ${quote(config.clone)} config --blob ${commit}:.gitmodules --get-regexp url`;
    site.find(
      errorFinding(
        'submodules',
        `The server cannot fetch the submodules of the commit (${some(paths)}): ${failure.tail}`,
        [
          toSee('See where they come from', addresses),
          advice(
            'Let the deploy user read each of these without a question: git ls-remote has to answer. Or take them in with Composer or git subtree.',
          ),
        ],
      ),
    );
    throw new Stopped('the submodules could not be fetched');
  }
  site.did(`Submodules were fetched: ${some(paths)}.`);
}
