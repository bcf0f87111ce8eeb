import type { Config } from '../../../config/config.ts';
import { errorFinding, type Finding } from '../../../finding.ts';
import { command, shell, succeeded, type Command, type Output } from '../../../server/command.ts';
import type { Place, Purpose } from './place.ts';
import { entries, some } from './words.ts';

/** The clone at the path. */
export interface Clone {
  /** The path we were given, symbolic links resolved. */
  readonly path: string;
  readonly top: string;
  /** Absolute path of the git directory. */
  readonly gitDir: string;
  readonly head: string;
  /** The branch that is checked out; empty when the head is detached. */
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
git rev-parse --show-toplevel --absolute-git-dir HEAD || exit
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
export function askClone({ path, branch }: Config): Record<Question, Command> {
  const at = { cwd: path };
  return {
    clone: shell(clone, [], at),
    status: command('git', [...status, '--ignore-submodules=all'], at),
    contents: command(
      'git',
      ['-c', 'core.fileMode=false', ...status, '--ignore-submodules=all'],
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

/** What of the clone stands against a deploy; for a verify the branch does not count. */
export function judgeClone(
  tree: WorkTree,
  place: Place,
  config: Config,
  purpose: Purpose,
): readonly Finding[] {
  if (place.state !== 'ok') return [];
  const { clone: found } = tree;
  if ('problem' in found) return [notAClone(found.problem, place.user, config.path)];
  return [
    ...rooted(found, config),
    ...(purpose === 'deploy' ? onBranch(found, config) : []),
    ...dirty(tree, config),
    ...locked(tree),
  ];
}

function notAClone(problem: string, user: string, path: string): Finding {
  return /dubious ownership|safe\.directory/.test(problem)
    ? errorFinding(
        'git-ownership',
        `${path} belongs to another user than ${user}, so git refuses to work there (dubious ownership).`,
        `sudo chown -R ${user} ${path}   (or, if it is meant to be so, as ${user}: git config --global --add safe.directory ${path})`,
      )
    : errorFinding(
        'not-a-clone',
        `${path} is not a git clone that ${user} can use: ${problem}`,
        `git clone <repository> ${path}`,
      );
}

function* rooted({ top, path: real }: Clone, { path }: Config): Generator<Finding> {
  if (top === real) return;
  yield errorFinding(
    'not-the-root',
    `${path} lies inside the clone ${top}. This version deploys whole clones.`,
    `Set input path to ${top}, or clone the application to a place of its own.`,
  );
}

function* onBranch({ branch, head }: Clone, config: Config): Generator<Finding> {
  if (branch === config.branch) return;
  const checkout = `cd ${config.path} && git checkout ${config.branch}`;
  yield branch === ''
    ? errorFinding(
        'detached-head',
        `${config.path} has no branch checked out (detached head at ${head.slice(0, 10)}); this run deploys ${config.branch}. Commits made there would belong to no branch.`,
        checkout,
      )
    : errorFinding(
        'other-branch',
        `${config.path} has branch ${branch} checked out; this run deploys ${config.branch}.`,
        `${checkout}   (or set input branch)`,
      );
}

function* dirty({ changed, modes }: WorkTree, { path }: Config): Generator<Finding> {
  if (changed.length > 0) {
    yield errorFinding(
      'dirty-tree',
      `Tracked files were changed on the server: ${some(changed)}. Updating would lose or mix these changes.`,
      `cd ${path} && git diff   then commit them, or drop them: git checkout -- ${some(changed)}`,
    );
  }
  if (modes.length > 0) {
    yield errorFinding(
      'file-modes-changed',
      `The modes of tracked files were changed on the server (chmod), and nothing else: ${some(modes)}. git takes that for a change and would refuse to update them.`,
      `cd ${path} && git config core.fileMode false`,
    );
  }
}

function* locked({ locks }: WorkTree): Generator<Finding> {
  for (const { file, age } of locks) {
    yield errorFinding(
      'git-locked',
      `Another git works in this clone, or was killed there: ${file} is ${age} s old. While it exists git changes nothing.`,
      `When no git runs there (pgrep -a git): rm ${file}`,
    );
  }
}
