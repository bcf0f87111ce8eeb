import { dropStaleCaches } from '../../app/clear.ts';
import { command, nothing, type Command, quote } from '../../server/command.ts';
import { listDeploys, recordDeploy } from '../log.ts';
import { join, moved } from '../paths.ts';
import { useReserve } from '../reserve.ts';
import type { Change, Place, Pruning, Strategy } from '../strategy.ts';
import { fetchSubmodules, kept } from '../submodules.ts';
import { installVendor, stageVendor } from '../vendor.ts';
import { madeBack, swapMade } from './made.ts';
import { reserve } from './reserve.ts';
import { addStage, filesThatStay, furnishStage, removeStage } from './stage.ts';
import { keptIn, moveBack, moveOver, type Trees } from './tree.ts';
import { recallSubmodules, submodulesBack, swapSubmodules } from './submodules.ts';
import { recallVendor, swapVendor, vendorBack } from './vendor.ts';

/** The clone at `path` is the live site: a second work tree is made ready beside it, and its files are moved over. */
export function inPlace({ path, stateDir }: Place): Strategy {
  const staged = join(stateDir, 'stage');
  const recalled = join(stateDir, 'recalled');
  const trees: Trees = { path, staged, stateDir };
  return {
    ...{ live: path, staged, recalled },
    recall: (previous) => recall({ path, stateDir }, recalled, previous),
    prepare: ({ commit, previous, dependencies, writable, submodules }) => [
      removeStage(path, staged),
      { ...reserve(stateDir, previous, commit), cwd: path },
      addStage(path, staged, commit),
      furnishStage(path, staged, commit),
      ...kept(submodules, { live: path, staged }),
      stageVendor(path, staged, dependencies),
      dropStaleCaches(moved(writable, path, staged)),
    ],
    staying: (commit) => filesThatStay(path, staged, commit),
    // Whatever git does not know stays where it is.
    leftBehind: () => nothing,
    installDependencies: (php) => installVendor(path, staged, php),
    fetchSubmodules: (...what) =>
      fetchSubmodules({ live: path, clone: path, stateDir, staged }, ...what),
    ...moving(trees),
    useReserve: () => useReserve(stateDir),
    holdsLogs: (writable) => writable,
    current: () => command('git', ['rev-parse', 'HEAD'], { cwd: path }),
    list: () => listDeploys(stateDir),
    record: (line) => recordDeploy(stateDir, line),
    unstage: () => removeStage(path, staged),
    prune: () => prunings({ path, stateDir }, staged, recalled),
    byHand: byHand(trees, recalled),
  };
}

/** How visitors come to one commit or the other. */
function moving(trees: Trees): Pick<Strategy, 'activate' | 'revert'> {
  const { path, staged, stateDir } = trees;
  return {
    activate: ({ commit, dependencies, submodules, backwards = false, made }) => [
      ...moveOver(trees, commit, backwards),
      ...unlessNone(submodules?.fetched, (all) => swapSubmodules(path, staged, stateDir, all)),
      ...(dependencies ? [swapVendor(path, staged, stateDir)] : []),
      ...unlessNone(made, (all) => swapMade(path, staged, stateDir, all)),
    ],
    revert: ({ previous, commit, submodules, made }: Change) => [
      useReserve(stateDir),
      ...unlessNone(submodules?.fetched, (all) => submodulesBack(path, stateDir, all)),
      ...moveBack(trees, previous, commit),
      vendorBack(path, stateDir),
      ...unlessNone(made, (all) => madeBack(path, staged, stateDir, all)),
    ],
  };
}

/** What swaps these paths; nothing where there are none. */
function unlessNone(
  paths: readonly string[] = [],
  swap: (all: readonly string[]) => Command,
): readonly Command[] {
  return paths.length === 0 ? [] : [swap(paths)];
}

function byHand({ path, staged }: Trees, recalled: string): Strategy['byHand'] {
  const removing = (tree: string): readonly string[] => [
    `rm -rf ${quote(tree)}`,
    `git -C ${quote(path)} worktree prune`,
  ];
  return {
    unstage: removing(staged),
    forget: removing(recalled),
    revert: (previous) => goBack(path, previous),
  };
}

function recall({ path, stateDir }: Place, recalled: string, previous: string): Command[] {
  return [
    removeStage(path, recalled),
    addStage(path, recalled, previous),
    furnishStage(path, recalled, previous),
    recallSubmodules(path, recalled, stateDir, previous),
    recallVendor(path, recalled, stateDir),
  ];
}

function prunings({ path, stateDir }: Place, staged: string, recalled: string): Pruning {
  return {
    stage: removeStage(path, staged),
    recalled: removeStage(path, recalled),
    previous: removePrevious(stateDir),
  };
}

/** The same for a person at a shell. A file that stayed when the commit stopped tracking it would be in git's way. */
function goBack(path: string, previous: string): readonly string[] {
  const git = `git -C ${quote(path)}`;
  const addAgain = `[ ! -e "$1" ] || git update-index --add -- "$1"`;
  return [
    `cd ${quote(path)} && git diff -z --name-only --no-renames --diff-filter=D ${previous} HEAD | xargs -0 -r -n 1 sh -c '${addAgain}' sh`,
    `${git} reset --keep ${previous}`,
    `${git} restore .`,
  ];
}

/** Removes what only a rollback would have needed. */
function removePrevious(stateDir: string): Command {
  const beside = ['vendor.before', 'vendor.swapped', 'submodules.before', 'made.before'].map(
    (name) => join(stateDir, name),
  );
  const links = keptIn(stateDir);
  return command('rm', ['-rf', ...beside, links, `${links}.there`]);
}
