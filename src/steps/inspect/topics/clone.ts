import type { Config } from '../../../config/config.ts';
import { errorFinding, type Finding } from '../../../finding.ts';
import { share, type Sharing } from '../../../remedies/access.ts';
import { cloneAround, keepEdits, workTreeAgain } from '../../../remedies/clone.ts';
import { asUser, inInputs } from '../../../remedy.ts';
import {
  command,
  quote,
  shell,
  succeeded,
  type Command,
  type Output,
} from '../../../server/command.ts';
import { ownFiles } from '../../../release/directories/layout.ts';
import { looksOnly, type Place, type Purpose } from './place.ts';
import { entries, some } from './words.ts';

/** The clone at the path. */
export interface Clone {
  /** The path we were given, symbolic links resolved. */
  readonly path: string;
  readonly top: string;
  /** Absolute path of the git directory. */
  readonly gitDir: string;
  readonly head: string;
  /** The branch that is checked out; empty when the head is detached, as that of a release is. */
  readonly branch: string;
}

/** The clone and what was done to it by hand. */
export interface WorkTree {
  readonly clone: Clone | { readonly problem: string };
  /** Tracked files that differ from the commit in more than their mode. */
  readonly changed: readonly string[];
  /** Tracked files that differ in their mode alone. */
  readonly modes: readonly string[];
  /** Lock files of git, with their age in seconds. */
  readonly locks: readonly { readonly file: string; readonly age: number }[];
}

type Question = 'clone' | 'status' | 'contents' | 'gitLocks';

const clone = `# clone, commit and branch
git rev-parse --show-toplevel && git -C "$1" rev-parse --absolute-git-dir && git rev-parse HEAD || exit
git symbolic-ref --quiet --short HEAD || echo
pwd -P`;

const gitLocks = `# files that lock git
cd "$(git rev-parse --absolute-git-dir)" || exit
now=$(date +%s)
for file in index.lock HEAD.lock config.lock packed-refs.lock "refs/heads/$1.lock"; do
  [ -e "$file" ] && echo "$((now - $(stat -c %Y "$file"))) $PWD/$file"
done
exit 0`;

const status = ['--no-optional-locks', 'status', '--porcelain', '-z', '--untracked-files=no'];

/** What git says of the clone at `path`, without changing it. */
export function askClone(config: Config): Record<Question, Command> {
  const { path, branch } = config;
  const at = { cwd: path };
  const own = ownFiles(config);
  return {
    clone: shell(clone, [config.clone], at),
    status: command('git', [...status, '--ignore-submodules=all', ...own], at),
    contents: command(
      'git',
      ['-c', 'core.fileMode=false', ...status, '--ignore-submodules=all', ...own],
      at,
    ),
    gitLocks: shell(gitLocks, [branch], at),
  };
}

/** Reads what git said. */
export function readClone(answers: Record<Question, Output>): WorkTree {
  const changed = dirtyNames(answers.contents.stdout);
  return {
    clone: cloneOf(answers.clone),
    changed,
    modes: dirtyNames(answers.status.stdout).filter((name) => !changed.includes(name)),
    locks: entries(answers.gitLocks.stdout, '\n').map((line) => {
      const [age = '0', ...file] = line.split(' ');
      return { age: Number(age), file: file.join(' ') };
    }),
  };
}

function cloneOf(output: Output): WorkTree['clone'] {
  const [top, gitDir, head, branch, path] = output.stdout.split('\n');
  if (!succeeded(output) || !top || !gitDir || !head) {
    return { problem: output.stderr.trim() };
  }
  return { top, path: path ?? '', gitDir, head, branch: branch ?? '' };
}

/** `git status --porcelain -z`: two letters, a blank, the name; a rename is followed by its old name. */
function dirtyNames(text: string): readonly string[] {
  return entries(text, '\0')
    .filter((entry) => /^[ MADRCUT?!]{2} /.test(entry))
    .map((entry) => entry.slice(3));
}

/** What is known besides the clone, for what is printed to be pasted. */
export interface Around {
  readonly sharing: Sharing;
  readonly repository: string;
}

/** What of the clone stands against a deploy; for a verify the branch does not count. */
export function judgeClone(
  tree: WorkTree,
  place: Place,
  config: Config,
  purpose: Purpose,
  { sharing, repository }: Around,
): readonly Finding[] {
  if (place.state !== 'ok' && place.state !== 'read only') return [];
  const { clone: found } = tree;
  if ('problem' in found) return [notAClone(found.problem, place, config, { sharing, repository })];
  return [
    ...rooted(found, config),
    ...(!looksOnly(purpose) && config.strategy === 'in-place'
      ? onBranch(found, place.user, config)
      : []),
    ...dirty(tree, place.user, config),
    ...locked(tree, place.user),
  ];
}

/** That remedy gives the deploy user everything that git needs, and `.env` with it. */
export const partOfWritable = 'Part of the remedy of path-not-writable.';

function notAClone(
  problem: string,
  { user, state }: Place,
  { strategy, base, clone: repo, path, branch, remote }: Config,
  { sharing, repository }: Around,
): Finding {
  const inPlace = strategy === 'in-place';
  const origin = { path: inPlace ? path : repo, repository, remote, branch };
  return /dubious ownership|safe\.directory/.test(problem)
    ? errorFinding(
        'git-ownership',
        `${path} belongs to another user than ${user}, so git refuses to work there (dubious ownership).`,
        state === 'read only' ? partOfWritable : share(sharing),
      )
    : errorFinding(
        'not-a-clone',
        `${path} is not a git clone that ${user} can use: ${problem}`,
        inPlace ? cloneAround(user, origin) : workTreeAgain(user, base, origin),
      );
}

function* rooted({ top, path: real }: Clone, { path }: Config): Generator<Finding> {
  if (top === real) return;
  yield errorFinding(
    'not-the-root',
    `${path} lies inside the clone ${top}. This version deploys whole clones.`,
    inInputs('Deploy the whole clone', `path: ${top}`),
    'Clone the application to a place of its own.',
  );
}

function* onBranch({ branch, head }: Clone, user: string, config: Config): Generator<Finding> {
  if (branch === config.branch) return;
  // The branch gets the commit that is live: nothing that visitors see is changed.
  const [git, name] = [`git -C ${quote(config.path)}`, quote(config.branch)];
  const follow = asUser(
    user,
    `${config.branch} then stands at the live commit, and where it stood before is called ${config.branch}-before. No file changes.`,
    `${git} rev-parse -q --verify ${name} && ${git} branch -f ${quote(`${config.branch}-before`)} ${name}`,
    `${git} checkout -B ${name} HEAD`,
  );
  yield branch === ''
    ? errorFinding(
        'detached-head',
        `${config.path} has no branch checked out (detached head at ${head.slice(0, 10)}); this run deploys ${config.branch}. Commits made there would belong to no branch.`,
        follow,
      )
    : errorFinding(
        'other-branch',
        `${config.path} has branch ${branch} checked out; this run deploys ${config.branch}.`,
        follow,
        inInputs('If the site is meant to follow that branch', `branch: ${branch}`),
      );
}

function* dirty({ changed, modes }: WorkTree, user: string, config: Config): Generator<Finding> {
  const at = `git -C ${quote(config.path)}`;
  if (changed.length > 0) {
    yield errorFinding(
      'dirty-tree',
      `Tracked files were changed on the server: ${some(changed)}. Updating would lose or mix these changes.`,
      keepEdits(user, config, changed),
    );
  }
  if (modes.length > 0) {
    yield errorFinding(
      'file-modes-changed',
      `The modes of tracked files were changed on the server (chmod), and nothing else: ${some(modes)}. git takes that for a change and would refuse to update them.`,
      asUser(
        user,
        'git then ignores modes. Nothing else changes',
        `${at} config core.fileMode false`,
      ),
    );
  }
}

function* locked({ locks }: WorkTree, user: string): Generator<Finding> {
  for (const { file, age } of locks) {
    yield errorFinding(
      'git-locked',
      `Another git works in this clone, or was killed there: ${file} is ${age} s old. While it exists git changes nothing.`,
      asUser(user, 'The file goes, unless a git is running', `pgrep -a git || rm ${quote(file)}`),
    );
  }
}
