import { counted } from '../count.ts';
import { errorFinding, type Finding } from '../finding.ts';
import type { ReleasesFacts } from '../plan/facts.ts';
import { readReleaseLog } from '../plan/release-log.ts';
import { Stopped } from '../plan/results.ts';
import type { Site } from '../plan/site.ts';
import type { Step } from '../plan/step.ts';
import { join } from '../release/paths.ts';
import { inInputs } from '../remedy.ts';
import { shell, succeeded } from '../server/command.ts';
import { query } from '../server/round.ts';

/** What was deployed and what is live. It only reads, and needs no lock. */
export const listReleases: Step<'releases', never> = {
  name: 'releases',
  title: 'Releases: what was deployed, and what is live',
  needs: [],
  changesSite: false,
  on: 'every host',
  run: knownReleases,
  undo: 'nothing to undo',
};

const place = `# where the release log is
git rev-parse --absolute-git-dir`;

const subjects = `# first lines of the commits
git log --no-walk=unsorted --ignore-missing --format='%H %s' "$@"
exit 0`;

/**
 * Reads the release log. The journal then knows where it is, and which commit is live.
 * @throws Stopped where there is no clone that has one, with the finding recorded
 */
export async function knownReleases(site: Site, signal: AbortSignal): Promise<ReleasesFacts> {
  const { config, server, journal } = site;
  const { found } = await query(server, { found: shell(place, [], { cwd: config.clone }) }, signal);
  const gitDir = found.stdout.trim();
  if (!succeeded(found) || gitDir === '') throw stopped(site, noClone(site, found.stderr.trim()));
  journal.announce({ stateDir: join(gitDir, 'ci4-deploy') });
  const { release } = site;
  const answers = await query(server, { log: release.list(), live: release.current() }, signal);
  const { releases, unread } = readReleaseLog(answers.log.stdout);
  if (unread > 0)
    site.notVerified(`${counted(unread, 'line')} of the release log, which nobody can read.`);
  const live = answers.live.stdout.trim();
  journal.announce({ commit: live, previous: live });
  return { releases, live, subjects: await subjectsOf(site, [live, ...all(releases)], signal) };
}

function all(releases: ReleasesFacts['releases']): readonly string[] {
  return releases.map(({ commit }) => commit);
}

async function subjectsOf(
  { server, config }: Site,
  commits: readonly string[],
  signal: AbortSignal,
): Promise<Readonly<Record<string, string>>> {
  const wanted = [...new Set(commits)].filter((one) => /^[0-9a-f]{40,64}$/.test(one));
  const question = shell(subjects, wanted, { cwd: config.path, shown: 'command' });
  const { said } = await query(server, { said: question }, signal);
  const lines = said.stdout.split('\n').filter((line) => line.includes(' '));
  const parted = lines.map((line) => [line.split(' ', 1)[0] ?? '', line] as const);
  return Object.fromEntries(parted.map(([id, line]) => [id, line.slice(id.length + 1)]));
}

function stopped(site: Site, finding: Finding): Stopped {
  site.find(finding);
  return new Stopped(finding.message);
}

function noClone({ config: { path, target } }: Site, problem: string): Finding {
  return errorFinding(
    'not-a-clone',
    `${path} is not a git clone that ${target.user} can use: ${problem}`,
    inInputs('This says what is missing, with the lines to paste', 'command: doctor'),
  );
}
