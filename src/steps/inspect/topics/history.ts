import type { Config } from '../../../config/config.ts';
import { errorFinding, type Finding } from '../../../finding.ts';
import { asUser, inClone, type Instruction } from '../../../remedy.ts';
import { quote } from '../../../server/command.ts';
import type { Clone } from './clone.ts';
import type { Commit } from './commit.ts';
import { some } from './words.ts';

/** Whether the commit follows the live one, and belongs to the branch of the server. */
export function judgeHistory(
  reported: Commit,
  clone: Clone,
  user: string,
  config: Config,
): readonly Finding[] {
  return [...follows(reported, clone, user, config), ...ofAnotherBranch(reported, config)];
}

function* follows(
  reported: Commit,
  { head }: Clone,
  user: string,
  config: Config,
): Generator<Finding> {
  const { ancestry, shallow, ownCommits, older, wasPushed: pushed } = reported;
  if (ancestry !== 'not a descendant') return;
  const { commit, command } = config;
  const notFollowing = `Commit ${commit} does not follow the live commit ${head}`;
  const live = `Live and not in it: ${some(ownCommits)}.`;
  // That it was live before is known. What nobody pushed would be left without a name.
  if (command === 'rollback') {
    if (!pushed) yield diverged(`${madeHere(head)} ${live}`, user, config);
  } else if (shallow) yield tooShort(head, user, config);
  else if (older) {
    yield errorFinding(
      'not-a-descendant',
      `${notFollowing}, it is older: deploying it would drop commits that are live. ${live}`,
      'Deploy a newer commit.',
      inClone(
        'To give a change up, revert it and deploy that',
        `git revert --no-edit ${commit}..${head}`,
        'git push',
      ),
    );
  } else if (pushed) yield rewritten(head, live, user, config);
  else
    yield diverged(
      `${notFollowing}: both have commits that the other has not. ${live}`,
      user,
      config,
    );
}

function* ofAnotherBranch(
  { onBranch: isThere, ancestry }: Commit,
  { tag, branch, commit, command }: Config,
): Generator<Finding> {
  if (isThere || ancestry !== 'descendant' || command === 'rollback') return;
  yield errorFinding(
    'commit-not-on-branch',
    `The tag ${tag ?? ''} is at ${commit.slice(0, 10)}, which is not on ${branch}, the branch that the server follows. The next deploy of ${branch} would find commits live that ${branch} has not.`,
    `Merge it into ${branch}, and deploy a tag of that.`,
  );
}

function madeHere(head: string): string {
  return `The live commit ${head} was made on the server and is nowhere else: going back would leave it behind.`;
}

function tooShort(head: string, user: string, { path, commit, remote }: Config): Finding {
  return errorFinding(
    'shallow-clone',
    `${path} is a shallow clone: its history is too short to tell whether commit ${commit} follows the live commit ${head}.`,
    asUser(
      user,
      'Fetch the rest of the history',
      `git -C ${quote(path)} fetch --unshallow ${quote(remote)}`,
    ),
  );
}

/** After `git commit --amend`, a rebase or a force push. What is live is then no mistake: the new history lacks it. */
function rewritten(head: string, live: string, user: string, config: Config): Finding {
  const { remote, branch, commit } = config;
  const from = quote(remote);
  const [name, old] = [quote(branch), 'before-the-rewrite'];
  return errorFinding(
    'history-rewritten',
    `The history of ${branch} was rewritten after ${head.slice(0, 10)} went live (git commit --amend, rebase or force push), so commit ${commit.slice(0, 10)} does not follow it. ${live}`,
    [
      keepLive(user, config, 'Push the live commit to a branch of its own', old),
      inClone(
        'Let the new history follow it. The files are those of the new history',
        `git fetch ${from} && git checkout ${name} && git merge --ff-only ${from}/${name}`,
        `git merge -s ours --allow-unrelated-histories --no-edit ${from}/${old}`,
        'git push',
      ),
    ],
  );
}

function diverged(message: string, user: string, config: Config): Finding {
  const from = quote(config.remote);
  return errorFinding('branch-diverged', message, [
    keepLive(user, config, 'Push what was committed on the server', 'from-the-server'),
    inClone(
      'Merge it, and deploy the merge',
      `git fetch ${from}`,
      `git merge --no-edit ${from}/from-the-server`,
      'git push',
    ),
  ]);
}

/** The live commit on a branch of the repository; with source: push the server itself cannot reach that. */
function keepLive(user: string, config: Config, what: string, branch: string): Instruction {
  const { path, remote, source, target, through } = config;
  const to = quote(remote);
  if (source === 'fetch')
    return asUser(user, what, `git -C ${quote(path)} push ${to} HEAD:refs/heads/${branch}`);
  const hops = through.map((hop) => `${hop.user}@${hop.host}:${hop.port}`).join(',');
  const ssh = hops === '' ? '' : `GIT_SSH_COMMAND=${quote(`ssh -J ${hops}`)} `;
  const host = target.host.includes(':') ? `[${target.host}]` : target.host;
  const at = quote(`ssh://${target.user}@${host}:${target.port}${path}`);
  return inClone(
    what,
    `${ssh}git fetch ${at} HEAD && git push ${to} FETCH_HEAD:refs/heads/${branch}`,
  );
}
