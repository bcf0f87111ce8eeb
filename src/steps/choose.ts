import { errorFinding, type Finding } from '../finding.ts';
import type { ReleasesFacts } from '../plan/facts.ts';
import type { Release } from '../plan/release-log.ts';
import { Stopped } from '../plan/results.ts';
import type { Site } from '../plan/site.ts';
import type { Step } from '../plan/step.ts';
import { inInputs, type Instruction } from '../remedy.ts';
import { command } from '../server/command.ts';
import { query } from '../server/round.ts';
import { entries, some } from './inspect/topics/words.ts';
import { knownReleases } from './releases.ts';

/** Which commit a rollback goes to: one that the release log knows to have been live. */
export const choose: Step<'choose', never> = {
  name: 'choose',
  title: 'Choose: the deploy to go back to',
  needs: [],
  changesSite: false,
  on: 'every host',
  async run(site, signal) {
    await chooseCommit(site, signal);
    return undefined;
  },
  undo: 'nothing to undo',
};

/**
 * Puts the commit into the journal.
 * @throws Stopped where none can be chosen, with the finding recorded
 */
export async function chooseCommit(site: Site, signal: AbortSignal): Promise<void> {
  const known = await knownReleases(site, signal);
  const target = targetOf(known, site.config.to);
  if (typeof target !== 'string') {
    site.find(target);
    throw new Stopped(target.message);
  }
  site.journal.announce({ commit: target, backwards: true });
  site.did(`From ${words(known.live, known)} to ${words(target, known)}.`);
  await sayCommits(site, target, signal);
}

function words(commit: string, { subjects }: ReleasesFacts): string {
  return `${commit.slice(0, 10)} ${subjects[commit] ?? ''}`.trim();
}

/** What visitors will not meet any more. */
async function sayCommits(site: Site, target: string, signal: AbortSignal): Promise<void> {
  const range = ['log', '--format=%h %s', '--max-count=50', `${target}..HEAD`];
  const question = command('git', range, { cwd: site.config.path, shown: 'command' });
  const { left } = await query(site.server, { left: question }, signal);
  const commits = entries(left.stdout, '\n');
  if (commits.length > 0) site.did(`Live no more: ${commits.join('; ')}.`);
}

type Known = Pick<ReleasesFacts, 'releases' | 'live' | 'subjects'>;

/**
 * The commit to go back to.
 * @param to its first digits; null for the deploy before the live one
 */
export function targetOf(known: Known, to: string | null): string | Finding {
  const wentLive = known.releases.filter(({ outcome }) => outcome === 'deployed');
  return to === null ? before(wentLive, known.live) : named(wentLive, known, to);
}

/** A rollback is a deploy: the one before it is what it went away from. */
function before(wentLive: readonly Release[], live: string): string | Finding {
  const last = wentLive.at(-1);
  const own = wentLive.filter(({ commit }) => commit === live);
  // Moved by hand since: the last deploy is the one before that.
  if (own.length === 0 && last !== undefined) return last.commit;
  const previous = own.findLast((one) => one.previous !== live && one.previous !== '')?.previous;
  return previous ?? noEarlier(live);
}

function named(wentLive: readonly Release[], known: Known, to: string): string | Finding {
  const all = wentLive.flatMap(({ previous, commit }) => [previous, commit]);
  const commits = [...new Set(all)].filter((one) => one !== '');
  const found = commits.filter((one) => one.startsWith(to));
  const [only] = found;
  return found.length === 1 && only !== undefined ? only : notDeployed(commits, found, known, to);
}

function noEarlier(live: string): Finding {
  return errorFinding(
    'no-earlier-deploy',
    `The server knows no deploy before the live commit ${live.slice(0, 10)}, so there is nothing to go back to.`,
    'Revert the change in the repository, and deploy that.',
  );
}

function notDeployed(
  commits: readonly string[],
  found: readonly string[],
  known: Known,
  to: string,
): Finding {
  const several = `${to} are the first digits of ${found.length} commits that were live: ${some(found)}.`;
  const never = `No commit that begins with ${to} was deployed here, as far as the server knows.`;
  return errorFinding(
    'commit-not-deployed',
    found.length > 1 ? several : never,
    ...(found.length > 1 ? found : commits.toReversed())
      .filter((one) => one !== known.live)
      .slice(0, 5)
      .map((one) => offer(one, known)),
  );
}

function offer(commit: string, { subjects }: Known): Instruction {
  return inInputs(`This one is "${subjects[commit] ?? 'a commit'}"`, `to: ${commit}`);
}
