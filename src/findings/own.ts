import { of } from './entry.ts';

/** Commands of the repository. */
export const own = {
  'own-command-failed': of(
    'a command of `.ci4-deploy.yml` failed or did not end in time; an error where it must succeed',
    'commit',
    'error',
    'warning',
  ),
  'made-path-taken': of(
    'a path that is made for each deploy is one that git has, or that all releases share',
    'commit',
    'error',
  ),
  'files-missing': of(
    'the workspace of the job has no files that input `files` names',
    'person',
    'error',
  ),
  'nothing-made': of('a path below `makes` was not made', 'commit', 'error'),
  'tracked-files-changed': of(
    'commands changed files that git has; they were put back',
    'commit',
    'warning',
  ),
};
