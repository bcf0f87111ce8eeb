import { dropStaleCaches } from '../../app/clear.ts';
import { command, nothing, quote, shell } from '../../server/command.ts';
import { listDeploys, recordDeploy } from '../log.ts';
import { join, moved } from '../paths.ts';
import { useReserve } from '../reserve.ts';
import type { Place, Strategy } from '../strategy.ts';
import { fetchSubmodules, kept } from '../submodules.ts';
import { installVendor, stageVendor } from '../vendor.ts';
import { hasCommit, leadTo } from './current.ts';
import { removeOldReleases } from './keep.ts';
import { ownFiles, sharedPaths } from './layout.ts';
import { addRelease, furnishRelease, filesOfItsOwn, removeRelease, reserve } from './prepare.ts';

/** What the inputs say of release directories. */
export interface Directories {
  readonly strategy: 'releases';
  /** Input path. */
  readonly base: string;
  /** Where git keeps what all releases have in common. */
  readonly clone: string;
  readonly shared: readonly string[];
  readonly keep: number;
}

/** Where everything of one deploy is. */
interface Places extends Directories, Required<Place> {
  readonly staged: string;
}

// A name that no release has, for as long as the deploy has not named its own.
const unnamed = { next: '.unnamed', previous: '.unnamed' };

/**
 * Each deploy has a directory below `releases/`, complete before `current` leads to it. The stage is the release that goes
 * live, and a rollback is the same rename.
 */
export function releaseDirectories(inputs: Directories, place: Place): Strategy {
  const releases = place.releases ?? unnamed;
  const staged = join(inputs.base, 'releases', releases.next);
  const places: Places = { ...inputs, ...place, releases, staged };
  const { path, stateDir } = place;
  return {
    ...{ live: path, staged, name: releases.next },
    // It is still there, and complete.
    recalled: join(inputs.base, 'releases', releases.previous),
    recall: () => [],
    ...making(places),
    ...leading(places),
    staying: (commit) => filesThatStay(path, commit, sharedPaths(inputs)),
    leftBehind: (commit) => filesOfItsOwn(path, staged, commit, ownFiles(inputs)),
    holdsLogs: (writable) => moved(writable, path, join(inputs.base, 'shared')),
    current: () => command('git', ['rev-parse', 'HEAD'], { cwd: path }),
    list: () => listDeploys(stateDir),
    record: (line) => recordDeploy(stateDir, line),
    byHand: byHand(places),
  };
}

/** How a release comes, and goes when it is not needed any more. */
function making(
  places: Places,
): Pick<Strategy, 'prepare' | 'installDependencies' | 'fetchSubmodules' | 'unstage' | 'prune'> {
  const { base, clone, path, stateDir, staged, keep, releases } = places;
  const { next, previous } = releases;
  return {
    prepare: ({ commit, dependencies, submodules }) => [
      removeRelease(base, clone, next),
      reserve(stateDir),
      addRelease(path, clone, staged, commit),
      furnishRelease(path, join(base, 'shared'), staged, sharedPaths(places)),
      ...kept(submodules, { live: path, staged }),
      stageVendor(path, staged, dependencies),
      dropStaleCaches(join(staged, 'writable')),
    ],
    installDependencies: (php) => installVendor(path, staged, php),
    fetchSubmodules: (...what) => fetchSubmodules({ live: path, clone, stateDir, staged }, ...what),
    unstage: () => removeRelease(base, clone, next),
    prune: () => ({
      // It is the live release now.
      stage: nothing,
      recalled: nothing,
      previous: removeOldReleases({ base, clone, stateDir, keep, previous }),
    }),
  };
}

/** How visitors come to one release or the other. */
function leading(places: Places): Pick<Strategy, 'activate' | 'revert' | 'useReserve'> {
  const { base, path, stateDir, staged } = places;
  const { next, previous: before } = places.releases;
  return {
    activate: ({ commit }) => [
      dropStaleCaches(join(staged, 'writable')),
      leadTo(base, next, before),
      hasCommit(path, commit),
    ],
    revert: ({ previous }) => [
      useReserve(stateDir),
      leadTo(base, before, next),
      hasCommit(path, previous),
    ],
    useReserve: () => useReserve(stateDir),
  };
}

function byHand({ base, clone, staged, releases }: Places): Strategy['byHand'] {
  const to = quote(`releases/${releases.previous}`);
  return {
    unstage: [`rm -rf ${quote(staged)}`, `git -C ${quote(clone)} worktree prune`],
    forget: [],
    revert: () => [`cd ${quote(base)} && ln -sfn ${to} current.new && mv -T current.new current`],
  };
}

const stays = `# files that stay, untracked
commit=$1
shift
git diff -z --name-only --no-renames --diff-filter=D HEAD "$commit" -- "$@"`;

/** Shared files that the commit stops tracking: they lie in `shared/`, where no commit reaches. */
function filesThatStay(
  path: string,
  commit: string,
  shared: readonly string[],
): ReturnType<typeof shell> {
  const specs = shared.map((one) => `:(literal)${one}`);
  return shell(stays, [commit, ...specs, ':(exclude,glob)**/index.html'], { cwd: path });
}
