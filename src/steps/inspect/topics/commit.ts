import type { Config } from '../../../config/config.ts';
import { errorFinding, warningFinding, type Finding } from '../../../finding.ts';
import type { Sharing } from '../../../remedies/access.ts';
import { bySsh, deployKey } from '../../../remedies/clone.ts';
import { asUser, inClone, toSee } from '../../../remedy.ts';
import {
  command,
  nothing,
  exitCode,
  quote,
  shell,
  succeeded,
  type Command,
  type Output,
} from '../../../server/command.ts';
import { sharedPaths } from '../../../release/directories/layout.ts';
import type { Submodules } from '../../../release/submodules.ts';
import type { Clone } from './clone.ts';
import { judgeHistory } from './history.ts';
import { judgeLfs } from './lfs.ts';
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
  /** Null where it has none. */
  readonly submodules: Submodules | null;
  /** Whether it has files in Git LFS, and whether the server has fetched them. */
  readonly lfs: 'none' | 'ready' | 'missing' | { readonly problem: string };
  readonly size: { readonly bytes: number; readonly files: number };
  /** A commit of a tag is on the branch that the server follows; other commits are of that branch by themselves. */
  readonly onBranch: boolean;
  /** The live commit was in the repository once: deployed from it, or known to be on a branch of the remote. */
  readonly wasPushed: boolean;
  /** Files of the commit where each release has a link to what all of them share; none in place. */
  readonly overruled: readonly string[];
  /** The address of the remote, as the clone has it; empty where it has none. */
  readonly url: string;
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
  | 'size'
  | 'onBranch'
  | 'wasPushed'
  | 'overruled'
  | 'url';

// The commit itself first: a run may deploy what its branch has already left behind.
const fetch = `# fetch the commit
git cat-file -e "$2^{commit}" 2>/dev/null && exit
git fetch --quiet --no-tags --refmap= "$1" "$2" || git fetch --quiet --no-tags --refmap= "$1" "$3"
git cat-file -e "$2^{commit}" 2>/dev/null || { echo "$1 has no such commit" >&2; exit 1; }`;

const isThere = `# is the commit there
git cat-file -e "$1^{commit}" 2>/dev/null || { echo 'it was not sent' >&2; exit 1; }`;

const inTheWay = `# files that the commit brings and that lie there already
git diff -z --name-only --diff-filter=A HEAD "$1" | xargs -0 -r ls -d 2>/dev/null
exit 0`;

// What a commit took out of git and what stayed on the server comes into git again, and is the same file mostly.
const otherwise = `# files that the commit brings and that lie there with other contents
git diff -z --name-only --no-renames --diff-filter=A HEAD "$1" | xargs -0 -r sh -c '
  commit=$1 && shift
  for one; do
    [ -e "$one" ] || [ -L "$one" ] || continue
    [ -f "$one" ] && [ ! -L "$one" ] && [ "$(git rev-parse "$commit:$one")" = "$(git hash-object -- "$one")" ] ||
      printf "%s\\n" "$one"
  done' sh "$1"
exit 0`;

// One that is as the live commit has it, and not empty, stays. Each line says which.
const submodules = `# submodules of the commit
git ls-tree -r "$1" | sed -n 's/^160000 commit //p' | while IFS= read -r one; do
  id=\${one%%	*} path=\${one#*	}
  [ "$(git rev-parse -q --verify "HEAD:$path")" = "$id" ] && [ -n "$(ls -A "$path" 2>/dev/null | grep -vx .git)" ] &&
    echo "kept $path" || echo "fetched $path"
done`;

// Fetched now, all in one: where that fails nothing was touched yet, and git asks for no file by itself later.
const lfs = `# fetch the files that the commit keeps in Git LFS
git grep -q 'filter=lfs' "$2" -- '.gitattributes' '*/.gitattributes' || { echo none; exit 0; }
git config --get filter.lfs.smudge >/dev/null && git lfs version >/dev/null 2>&1 || { echo missing; exit 0; }
git lfs fetch "$1" "$2" >/dev/null && echo ready`;

const size = `# how large is the commit
git ls-tree -r -l "$1" | awk '{ bytes += $4; files += 1 } END { print bytes + 0, files + 0 }'`;

const onBranch = `# is the commit on the branch
git fetch --quiet --no-tags --refmap= "$1" "$2" && git merge-base --is-ancestor "$3" FETCH_HEAD`;

const wasPushed = `# was the live commit in the repository
head=$(git rev-parse HEAD)
[ -n "$(git for-each-ref --count=1 --contains "$head" "$2")" ] ||
  grep -qF "\\"commit\\":\\"$head\\"" "$(git -C "$1" rev-parse --absolute-git-dir)/ci4-deploy/releases.jsonl" 2>/dev/null`;

const overruled = `# files of the commit that releases share
commit=$1
shift
git ls-tree -z "$commit" -- "$@" | sed -zn 's/^100[0-9]* blob [^\t]*\t//p'`;

/** Only a deploy asks about a commit. */
export function askCommit(config: Config): Record<Question, Command> {
  const { path, commit, remote, branch, tag, command: wish, source } = config;
  const pushed = source === 'push';
  const at = { cwd: path };
  const inPlace = config.strategy === 'in-place';
  const git = (...args: string[]): Command => command('git', args, at);
  return {
    fetch: pushed ? shell(isThere, [commit], at) : shell(fetch, [remote, commit, branch], at),
    ancestry: git('merge-base', '--is-ancestor', 'HEAD', commit),
    shallow: git('rev-parse', '--is-shallow-repository'),
    ownCommits: git('log', '--format=%h %s', '--max-count=11', `${commit}..HEAD`),
    older: git('merge-base', '--is-ancestor', commit, 'HEAD'),
    changed: git('diff', '-z', '--name-only', 'HEAD', commit),
    // A release begins empty.
    inTheWay: inPlace ? shell(wish === 'rollback' ? otherwise : inTheWay, [commit], at) : nothing,
    submodules: shell(submodules, [commit], at),
    lfs: shell(lfs, [remote, commit], at),
    size: shell(size, [commit], at),
    wasPushed: shell(wasPushed, [config.clone, inPlace ? 'refs/remotes' : 'refs/heads'], at),
    onBranch: tag === null || pushed ? nothing : shell(onBranch, [remote, branch, commit], at),
    overruled: inPlace ? nothing : shell(overruled, [commit, ...sharedPaths(config)], at),
    url: git('remote', 'get-url', remote),
  };
}

/** Reads what git said of the commit: whether it is there, and how it follows the live one. */
export function readCommit(answers: Record<Question, Output>): Commit {
  const [bytes = 0, files = 0] = answers.size.stdout.trim().split(' ').map(Number);
  return {
    fetched: succeeded(answers.fetch) ? 'ok' : { problem: answers.fetch.stderr.trim() },
    ancestry: ancestryOf(answers.ancestry),
    shallow: answers.shallow.stdout.trim() === 'true',
    ownCommits: succeeded(answers.ownCommits) ? entries(answers.ownCommits.stdout, '\n') : [],
    older: succeeded(answers.older),
    changed: entries(answers.changed.stdout, '\0'),
    inTheWay: entries(answers.inTheWay.stdout, '\n'),
    submodules: submodulesOf(answers.submodules),
    lfs: lfsOf(answers.lfs),
    size: { bytes, files },
    onBranch: succeeded(answers.onBranch),
    wasPushed: succeeded(answers.wasPushed),
    overruled: entries(answers.overruled.stdout, '\0'),
    url: answers.url.stdout.trim(),
  };
}

function lfsOf(output: Output): Commit['lfs'] {
  const said = output.stdout.trim();
  if (said === 'none' || said === 'ready' || said === 'missing') return said;
  return succeeded(output) ? 'none' : { problem: output.stderr.trim() };
}

function submodulesOf(output: Output): Submodules | null {
  const [fetched, kept] = [after(output, 'fetched'), after(output, 'kept')];
  return fetched.length + kept.length === 0 ? null : { fetched, kept };
}

function after({ stdout }: Output, word: string): readonly string[] {
  return entries(stdout, '\n')
    .filter((line) => line.startsWith(`${word} `))
    .map((line) => line.slice(word.length + 1));
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
  { sharing, repository }: { readonly sharing: Sharing; readonly repository: string },
): readonly Finding[] {
  if ('problem' in clone) return [];
  const { user } = sharing;
  const { fetched } = reported;
  if (fetched !== 'ok' && config.source === 'push') return notSent(config);
  if (fetched !== 'ok') {
    const url = reported.url || repository;
    return [unreachable(`commit ${config.commit}`, fetched.problem, url, user, config)];
  }
  return [
    ...judgeHistory(reported, clone, user, config),
    ...overwritten(reported, user, config),
    ...judgeLfs(reported.lfs, sharing, config, repository),
    ...notUsed(reported, config),
  ];
}

/** A deploy sends it under the lock; where that could not be had, something else stands in the way, and is found. */
function notSent({ command: wish, commit }: Config): readonly Finding[] {
  if (wish !== 'rollback') return [];
  return [
    errorFinding(
      'commit-unreachable',
      `The server does not have commit ${commit} any more, and with source: push it fetches nothing.`,
      inClone(
        'Bring its files back with a new commit, and deploy that',
        `git checkout ${commit} -- .`,
        `git commit -m ${quote(`Back to ${commit.slice(0, 10)}`)} && git push`,
      ),
    ),
  ];
}

/** What git says of a server that does not let it in, or does not know what it asks for. */
const refused =
  /Permission denied|publickey|could not read (Username|Password)|Authentication failed|Host key verification failed|Repository not found|access rights/i;

/** The finding that git cannot fetch; `what` it cannot fetch. */
export function unreachable(
  what: string,
  problem: string,
  url: string,
  user: string,
  { remote, branch, path }: Config,
): Finding {
  const first = problem.split('\n').find((line) => line.trim() !== '') ?? '';
  const message = `The server cannot fetch ${what} from ${remote} (${url}): ${first.trim()}`;
  const origin = { path, repository: bySsh(url), remote, branch };
  const tried = toSee(
    'This has to work without a question',
    `git -C ${quote(path)} fetch ${quote(remote)}`,
  );
  return refused.test(problem)
    ? errorFinding('commit-unreachable', message, [...deployKey(user, origin), tried])
    : errorFinding('commit-unreachable', message, tried);
}

function* overwritten(
  { inTheWay: files, ancestry }: Commit,
  user: string,
  { path, command: wish }: Config,
): Generator<Finding> {
  if (files.length === 0) return;
  if (ancestry !== 'descendant' && wish !== 'rollback') return;
  yield errorFinding(
    'files-in-the-way',
    `The commit brings files that already lie on the server without belonging to git: ${some(files)}.`,
    asUser(
      user,
      'Keep copies of them, and let git have the places. Visitors lose them until the deploy',
      `cd ${quote(path)} && tar -cf ~/files-in-the-way.tar -- ${files.map(quote).join(' ')}`,
      `cd ${quote(path)} && rm -r -- ${files.map(quote).join(' ')}`,
    ),
  );
}

function* notUsed({ overruled: files }: Commit, { base, branch }: Config): Generator<Finding> {
  if (files.length === 0) return;
  const named = files.map(quote).join(' ');
  yield warningFinding(
    'shared-in-git',
    `The commit has files that releases share, so visitors get those of ${base}/shared in their place: ${some(files)}. What is changed in git is never used.`,
    inClone(
      `Take them out of git. The server keeps its own. They stay in the history: passwords in there are to be changed`,
      `git checkout ${quote(branch)} && git pull`,
      `git rm -q --cached ${named}`,
      `printf '%s\\n' ${files.map((file) => quote(`/${file}`)).join(' ')} >>.gitignore`,
      `git add .gitignore && git commit -q -m 'Files of the server alone' && git push -q`,
    ),
  );
}
