import { errorFinding } from '../../finding.ts';
import { Stopped } from '../../plan/results.ts';
import type { Site } from '../../plan/site.ts';
import { NotPacked } from '../../plan/workspace.ts';
import { receivedIn, unpackReceived } from '../../release/received.ts';
import { inInputs } from '../../remedy.ts';
import { perform } from '../../server/round.ts';
import { sendInParts } from '../parts.ts';
import { some } from '../inspect/topics/words.ts';

/**
 * Sends the files of input `files` from the workspace into the stage, over the connection.
 * @throws Stopped where the workspace does not have them, with the finding recorded
 */
export async function deliver(
  site: Site,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const { server, release, journal, workspace } = site;
  const { stateDir } = journal.now;
  try {
    await using packed = await workspace.pack(paths);
    await sendInParts(site, packed, receivedIn(stateDir, 'files.tgz'), 'the files', signal);
    const unpack = unpackReceived(release.live, release.staged, stateDir, {
      sum: packed.sum,
      paths,
    });
    await perform(server, [unpack], signal);
    const size = `${(packed.bytes / 1024).toFixed(0)} KiB`;
    site.did(`Sent from the workspace: ${some(paths)} (${size})`);
  } catch (failure) {
    if (!(failure instanceof NotPacked)) throw failure;
    site.find(notThere(failure));
    throw new Stopped(failure.message);
  }
}

function notThere({ missing, message }: NotPacked): ReturnType<typeof errorFinding> {
  if (missing.length === 0)
    return errorFinding(
      'files-missing',
      `The files of the workspace could not be packed: ${message}`,
      inInputs('The job needs tar. Look at input files, and at the rights of these files.'),
    );
  return errorFinding(
    'files-missing',
    `The workspace of the job has no ${some(missing)}, which input files names.`,
    inInputs('Build before the deploy, in the same job, or correct the path in files.'),
  );
}
