import type { Finding } from '../../finding.ts';
import { errorFinding } from '../../finding.ts';
import { Stopped } from '../../plan/results.ts';
import type { Site } from '../../plan/site.ts';
import type { Step } from '../../plan/step.ts';
import { SourceFailed, type Source } from './source.ts';
import { checkOut, wholeHistory } from '../../remedies/checkout.ts';
import { toSee } from '../../remedy.ts';
import { quote } from '../../server/command.ts';
import { query } from '../../server/round.ts';
import { mebibytes } from '../inspect/topics/disk.ts';
import { askThere, readThere, transfer, type There } from './transfer.ts';

/**
 * Sends what the server lacks of the commit, from the checkout of the job. Where there was no place for a lock, inspect
 * says why.
 */
export function pushStep(source: Source): Step<'push', never> {
  return {
    name: 'push',
    title: 'Push: the commit from the checkout of the job',
    needs: [],
    changesSite: false,
    on: 'every host',
    async run(site, signal) {
      if (site.journal.now.locked) await sendCommit(site, source, signal);
      return undefined;
    },
    // What was sent is objects of git, which nothing names. A bundle that did not come whole goes with the lock.
    undo: 'nothing to undo',
  };
}

/**
 * The same without the step, where the lock is held.
 * @throws Stopped where the checkout cannot be sent, with the finding recorded
 */
export async function sendCommit(site: Site, source: Source, signal: AbortSignal): Promise<void> {
  const { config, server } = site;
  try {
    const cut = await source.cutOff(config.commit);
    const { there } = await query(server, { there: askThere(config, cut) }, signal);
    await send(site, source, readThere(there.stdout), signal);
  } catch (failure) {
    if (!(failure instanceof SourceFailed)) throw failure;
    site.find(notSent(failure, site));
    throw new Stopped(failure.message);
  }
  if (config.tag !== null)
    site.notVerified(
      `Whether the commit of tag ${config.tag} is on ${config.branch}: with source: push the server has no repository to ask.`,
    );
}

async function send(site: Site, source: Source, there: There, signal: AbortSignal): Promise<void> {
  const { commit } = site.config;
  const short = commit.slice(0, 10);
  if (there.whole) {
    site.did(`The server has commit ${short} already.`);
    return;
  }
  if (there.lacks.length > 0) {
    site.find(tooShallow(site, there.lacks));
    throw new Stopped('the checkout is too shallow');
  }
  await using bundle = await source.bundle(commit, there.known);
  const room = 2 * bundle.bytes + spare;
  if (there.free !== null && there.free < room) {
    site.find(noRoom(site, there.free, room));
    throw new Stopped('there is too little room for the bundle');
  }
  await transfer(site, bundle, signal);
  site.did(`Commit ${short} was sent: ${mebibytes(bundle.bytes)}.`);
}

/** Room for what git writes besides: a pack as large as the bundle comes beside it. */
const spare = 20 * 1024 * 1024;

function noRoom({ config }: Site, free: number, room: number): Finding {
  return errorFinding(
    'disk-short',
    `${mebibytes(free)} are free at ${config.clone}; receiving this commit takes up to ${mebibytes(room)}.`,
    toSee('See what is large', `df -h ${quote(config.clone)}`),
  );
}

function tooShallow({ config, run }: Site, lacks: readonly string[]): Finding {
  return errorFinding(
    'push-too-shallow',
    `The checkout of the job is shallow: it has no commit before ${config.commit.slice(0, 10)} that the server has too. The server lacks ${lacks.map((one) => one.slice(0, 10)).join(', ')}.`,
    ...wholeHistory(config.commit, run.repository !== ''),
  );
}

function notSent({ fault }: SourceFailed, { config, run }: Site): Finding {
  const onRunner = run.repository !== '';
  const { commit } = config;
  switch (fault.kind) {
    case 'no git':
      return errorFinding(
        'push-without-git',
        'With source: push the commit is packed by git on the runner, and there is no git.',
        'Use a runner or a container image with git.',
      );
    case 'no checkout':
      return errorFinding(
        'push-without-commit',
        `With source: push commit ${commit.slice(0, 10)} is taken from the checkout of the job, and there is no git repository in it.`,
        ...checkOut(commit, onRunner),
      );
    case 'no commit':
      return errorFinding(
        'push-without-commit',
        `The checkout of the job does not have commit ${commit}, which it is to send.`,
        ...checkOut(commit, onRunner),
      );
    case 'other':
      return errorFinding(
        'push-failed',
        `Git on the runner could not pack commit ${commit.slice(0, 10)}: ${fault.problem}`,
        ...wholeHistory(commit, onRunner),
      );
  }
}
