import { of } from './entry.ts';

/** Sending the commit, with `source: push`. */
export const push = {
  'push-without-git': of('the runner has no git to send the commit with', 'person', 'error'),
  'push-without-commit': of('the commit is not in the checkout of the job', 'lines', 'error'),
  'push-too-shallow': of(
    'the checkout of the job lacks commits that the server does not have either',
    'lines',
    'error',
  ),
  'push-failed': of('git could not pack the commit on the runner', 'person', 'error'),
};
