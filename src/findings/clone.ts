import { of } from './entry.ts';

/** The clone and the commit. */
export const clone = {
  'path-missing': of('the directory is not there', 'person', 'error'),
  'path-closed': of('the deploy user may not enter the directory', 'lines', 'error'),
  'path-not-writable': of('the deploy user may not write to the directory', 'lines', 'error'),
  'not-codeigniter': of('no `spark` in it', 'person', 'error'),
  'not-a-clone': of('no git clone', 'lines', 'error'),
  'git-ownership': of(
    'it belongs to somebody else, and git refuses to work there',
    'lines',
    'error',
  ),
  'not-the-root': of('the application lies inside a larger clone', 'lines', 'error'),
  'detached-head': of('no branch is checked out', 'lines', 'error'),
  'other-branch': of('another branch is checked out than that of this run', 'lines', 'error'),
  'no-release': of('no release is live yet, and none can be made there', 'lines', 'error'),
  'current-not-a-link': of(
    '`current` is a directory, or leads out of `releases/`',
    'person',
    'error',
  ),
  'shared-missing': of('`shared/` lacks what all releases share', 'lines', 'error'),
  'shared-not-linked': of(
    'the live release has a file or folder of its own where all releases share one',
    'lines',
    'error',
  ),
  'shared-in-git': of(
    'git has files that releases share, and what it has is never used',
    'lines',
    'warning',
  ),
  'files-not-shared': of(
    'the live release has files that the commit does not have, and the next one goes live without them',
    'lines',
    'error',
    'warning',
  ),
  'dirty-tree': of('somebody changed tracked files on the server', 'lines', 'error'),
  'file-modes-changed': of('somebody changed modes (chmod) and nothing else', 'lines', 'error'),
  'hidden-edits': of(
    'tracked files differ from the commit, and git was asked not to see it (skip-worktree, assume-unchanged)',
    'lines',
    'error',
  ),
  'hidden-files': of(
    'git was asked not to look at tracked files, which are as the commit has them',
    'nothing',
    'notice',
  ),
  'git-locked': of('a lock file of git is there', 'lines', 'error'),
  'commit-unreachable': of('the server cannot fetch the commit', 'lines', 'error'),
  'commit-not-on-branch': of(
    'the commit of a tag is not on the branch that is checked out on the server',
    'commit',
    'error',
  ),
  'no-earlier-deploy': of(
    'a rollback without `to`, and no deploy before the live one is known',
    'person',
    'error',
  ),
  'commit-not-deployed': of(
    'a rollback to a commit that was not live before, or to one of several with these digits',
    'lines',
    'error',
  ),
  'hosts-disagree': of(
    'a rollback without `to` would go to another commit on each host',
    'lines',
    'error',
  ),
  'not-a-descendant': of('the commit is older than what is live', 'lines', 'error'),
  'history-rewritten': of(
    'the branch was rewritten after the live commit (amend, rebase, force push)',
    'lines',
    'error',
  ),
  'branch-diverged': of('somebody committed on the server', 'lines', 'error'),
  'shallow-clone': of(
    'the history on the server is too short to tell whether the commit follows',
    'lines',
    'error',
  ),
  'files-in-the-way': of(
    'the commit brings files that already lie there untracked',
    'lines',
    'error',
  ),
  'files-kept': of(
    'the commit takes files out of git, and they stay on the server',
    'nothing',
    'notice',
  ),
  'uploads-deleted': of('the commit deletes files from folders of uploads', 'commit', 'warning'),
  'hook-changed-files': of(
    'a hook of the clone changed tracked files after the switch: the next deploy refuses them',
    'person',
    'warning',
  ),
  submodules: of('the server cannot fetch the submodules of the commit', 'person', 'error'),
  'lfs-missing': of(
    'the commit keeps files in Git LFS, which the server has not',
    'lines',
    'error',
  ),
  'lfs-not-fetched': of(
    'the server cannot fetch the files that the commit keeps in Git LFS',
    'person',
    'error',
  ),
  'disk-short': of('too few bytes are free for the stage', 'person', 'error'),
  'inodes-short': of('too few inodes are free for the stage', 'person', 'error'),
  'composer-missing': of(
    '`composer.lock` changed, and the server has no Composer',
    'lines',
    'error',
  ),
  'composer-failed': of(
    "Composer could not install what the commit's `composer.lock` wants",
    'person',
    'error',
  ),
  'composer-lock-unchanged': of(
    '`composer.json` changed without its lock file',
    'lines',
    'warning',
  ),
};
