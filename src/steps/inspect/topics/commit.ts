import type { Config } from '../../../config/config.ts';
import { errorFinding, type Finding } from '../../../finding.ts';
import {
  command,
  exitCode,
  shell,
  succeeded,
  type Command,
  type Output,
} from '../../../server/command.ts';
import type { Clone } from './clone.ts';
import { entries, some } from './words.ts';

/** The commit to deploy, as the server sees it. */
export interface Commit {
  readonly fetched: 'ok' | { readonly problem: string };
  readonly ancestry: 'descendant' | 'not a descendant' | 'unknown';
  /** The clone has only a part of the history. */
  readonly shallow: boolean;
  /** First lines of commits that are live and not in the commit. */
  readonly ownCommits: readonly string[];
  /** The live commit has all that the commit has, and more. */
  readonly older: boolean;
  /** Files that differ between the live commit and this one. */
  readonly changed: readonly string[];
  /** Files that the commit brings and that already lie there. */
  readonly inTheWay: readonly string[];
  readonly submodules: readonly string[];
  /** Its files are kept by Git LFS; whether the server can fetch them. */
  readonly lfs: 'none' | 'ready' | 'missing';
  readonly size: { readonly bytes: number; readonly files: number };
}

type Question =
  | 'fetch'
  | 'ancestry'
  | 'shallow'
  | 'ownCommits'
  | 'older'
  | 'changed'
  | 'inTheWay'
  | 'submodules'
  | 'lfs'
  | 'size';

// The commit itself first: a run may deploy what its branch has already left behind.
const fetch = `# fetch the commit
git cat-file -e "$2^{commit}" 2>/dev/null && exit
git fetch --quiet --no-tags --refmap= "$1" "$2" || git fetch --quiet --no-tags --refmap= "$1" "$3"
git cat-file -e "$2^{commit}" 2>/dev/null || { echo "$1 has no such commit" >&2; exit 1; }`;

const inTheWay = `# files that the commit brings and that lie there already
git diff -z --name-only --diff-filter=A HEAD "$1" | xargs -0 -r ls -d 2>/dev/null
exit 0`;

const submodules = `# submodules of the commit
git ls-tree -r "$1" | sed -n 's/^160000 [^\t]*\t//p'`;

const lfs = `# does the commit keep files in Git LFS
git grep -q 'filter=lfs' "$1" -- '.gitattributes' '*/.gitattributes' || { echo none; exit 0; }
git config --get filter.lfs.smudge >/dev/null && git lfs version >/dev/null 2>&1 && echo ready || echo missing`;

const size = `# how large is the commit
git ls-tree -r -l "$1" | awk '{ bytes += $4; files += 1 } END { print bytes + 0, files + 0 }'`;

/** Only a deploy asks about a commit. */
export function askCommit({ path, commit, remote, branch }: Config): Record<Question, Command> {
  const at = { cwd: path };
  const git = (...args: string[]): Command => command('git', args, at);
  return {
    fetch: shell(fetch, [remote, commit, branch], at),
    ancestry: git('merge-base', '--is-ancestor', 'HEAD', commit),
    shallow: git('rev-parse', '--is-shallow-repository'),
    ownCommits: git('log', '--format=%h %s', '--max-count=11', `${commit}..HEAD`),
    older: git('merge-base', '--is-ancestor', commit, 'HEAD'),
    changed: git('diff', '-z', '--name-only', 'HEAD', commit),
    inTheWay: shell(inTheWay, [commit], at),
    submodules: shell(submodules, [commit], at),
    lfs: shell(lfs, [commit], at),
    size: shell(size, [commit], at),
  };
}

/** Reads what git said of the commit: whether it is there, and how it follows the live one. */
export function readCommit(answers: Record<Question, Output>): Commit {
  const [bytes = 0, files = 0] = answers.size.stdout.trim().split(' ').map(Number);
  const lfsReported = answers.lfs.stdout.trim();
  return {
    fetched: succeeded(answers.fetch) ? 'ok' : { problem: answers.fetch.stderr.trim() },
    ancestry: ancestryOf(answers.ancestry),
    shallow: answers.shallow.stdout.trim() === 'true',
    ownCommits: succeeded(answers.ownCommits) ? entries(answers.ownCommits.stdout, '\n') : [],
    older: succeeded(answers.older),
    changed: entries(answers.changed.stdout, '\0'),
    inTheWay: entries(answers.inTheWay.stdout, '\n'),
    submodules: entries(answers.submodules.stdout, '\n'),
    lfs: lfsReported === 'ready' || lfsReported === 'missing' ? lfsReported : 'none',
    size: { bytes, files },
  };
}

function ancestryOf(output: Output): Commit['ancestry'] {
  if (succeeded(output)) return 'descendant';
  return exitCode(output) === 1 ? 'not a descendant' : 'unknown';
}

/** Whether the commit may go live after the live one. */
export function judgeCommit(
  reported: Commit,
  clone: Clone | { readonly problem: string },
  config: Config,
): readonly Finding[] {
  if ('problem' in clone) return [];
  const { fetched } = reported;
  if (fetched !== 'ok') return [unreachable(fetched.problem, config)];
  return [
    ...follows(reported, clone, config),
    ...overwritten(reported, config),
    ...withSubmodules(reported),
    ...withLfs(reported, config),
  ];
}

function unreachable(problem: string, { commit, remote, path }: Config): Finding {
  return errorFinding(
    'commit-unreachable',
    `The server cannot fetch commit ${commit} from ${remote}: ${problem}`,
    `On the server: cd ${path} && git fetch ${remote}   must work without a question.`,
  );
}

function* follows(reported: Commit, { head }: Clone, config: Config): Generator<Finding> {
  const { ancestry, shallow, ownCommits } = reported;
  if (ancestry !== 'not a descendant') return;
  const { commit, path, remote } = config;
  if (shallow) {
    yield errorFinding(
      'shallow-clone',
      `${path} is a shallow clone: its history is too short to tell whether commit ${commit} follows the live commit ${head}.`,
      `cd ${path} && git fetch --unshallow ${remote}`,
    );
    return;
  }
  const live = `Live and not in it: ${some(ownCommits)}.`;
  yield reported.older
    ? errorFinding(
        'not-a-descendant',
        `Commit ${commit} does not follow the live commit ${head}, it is older: deploying it would drop commits that are live. ${live}`,
        'Deploy a newer commit. To take a change back, revert it in the repository (git revert) and deploy that.',
      )
    : errorFinding(
        'branch-diverged',
        `Commit ${commit} does not follow the live commit ${head}: both have commits that the other has not. ${live}`,
        `Somebody committed on the server. Push that first: cd ${path} && git push ${remote} HEAD:refs/heads/from-the-server   then merge it, and deploy the merge.`,
      );
}

function* overwritten({ inTheWay: files, ancestry }: Commit, { path }: Config): Generator<Finding> {
  if (files.length === 0 || ancestry !== 'descendant') return;
  yield errorFinding(
    'files-in-the-way',
    `The commit brings files that already lie on the server without belonging to git: ${some(files)}.`,
    `Move them away: cd ${path} && mkdir ../aside && mv ${some(files)} ../aside/`,
  );
}

function* withSubmodules({ submodules: found }: Commit): Generator<Finding> {
  if (found.length === 0) return;
  yield errorFinding(
    'submodules',
    `The commit has submodules, which this version does not update: ${some(found)}. The new code would meet their old contents.`,
    'Take them in with Composer or git subtree.',
  );
}

function* withLfs({ lfs: state }: Commit, { path }: Config): Generator<Finding> {
  if (state !== 'missing') return;
  yield errorFinding(
    'lfs-missing',
    'The commit keeps files in Git LFS, which is not set up on the server. Visitors would get pointer files of a few lines in their place.',
    `sudo apt-get install git-lfs && cd ${path} && git lfs install --local && git lfs pull`,
  );
}
