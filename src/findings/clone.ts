import { of } from './entry.ts';

/** The clone and the commit. */
export const clone = {
  'path-missing': of('the directory is not there, or not ours to use', 'error'),
  'path-closed': of('the directory is not there, or not ours to use', 'error'),
  'path-not-writable': of('the directory is not there, or not ours to use', 'error'),
  'not-codeigniter': of('no `spark` in it', 'error'),
  'not-a-clone': of('no git clone', 'error'),
  'git-ownership': of('it belongs to somebody else, and git refuses to work there', 'error'),
  'not-the-root': of('the application lies inside a larger clone', 'error'),
  'detached-head': of('not the branch of this run is checked out', 'error'),
  'other-branch': of('not the branch of this run is checked out', 'error'),
  'dirty-tree': of('somebody changed tracked files on the server', 'error'),
  'file-modes-changed': of('somebody changed modes (chmod) and nothing else', 'error'),
  'hidden-edits': of(
    'tracked files differ from the commit, and git was asked not to see it (skip-worktree, assume-unchanged)',
    'error',
  ),
  'hidden-files': of(
    'git was asked not to look at tracked files, which are as the commit has them',
    'notice',
  ),
  'git-locked': of('a lock file of git is there', 'error'),
  'commit-unreachable': of('the server cannot fetch the commit', 'error'),
  'not-a-descendant': of('the commit is older than what is live', 'error'),
  'branch-diverged': of('somebody committed on the server', 'error'),
  'shallow-clone': of(
    'the history on the server is too short to tell whether the commit follows',
    'error',
  ),
  'files-in-the-way': of('the commit brings files that already lie there untracked', 'error'),
  submodules: of('the commit has submodules', 'error'),
  'lfs-missing': of('the commit keeps files in Git LFS, which the server has not', 'error'),
  'disk-short': of('no room for the stage', 'error'),
  'inodes-short': of('no room for the stage', 'error'),
  'composer-missing': of('`composer.lock` changed, and the server has no Composer', 'error'),
  'composer-failed': of(
    "Composer could not install what the commit's `composer.lock` wants",
    'error',
  ),
  'composer-lock-unchanged': of('`composer.json` changed without its lock file', 'warning'),
};
