import type { push } from '../push.ts';
import { explained, untouched, type Explained } from './explanation.ts';

export const explainedPush: Explained<typeof push> = {
  'push-without-git': explained(
    'With `source: push` the commit is packed by git on the runner, and there is no git.',
    untouched,
    'Use a runner or a container image with git. In a container of Debian: `apt-get install -y git`.',
    'It is about the runner, not about git on the server.',
  ),
  'push-without-commit': explained(
    'With `source: push` the commit is taken from the checkout of the job, and it is not there.',
    untouched,
    'Put the printed lines before the step. On the command line, start in the root of a clone that has the commit.',
    'The server is not asked for the commit, so its access to the repository does not matter.',
  ),
  'push-too-shallow': explained(
    'The checkout has only the newest commits, and the server lacks the ones before. Git takes no commit without its history.',
    untouched,
    'Set `fetch-depth: 0` of actions/checkout, as the printed lines do. On the command line, fetch the rest of the history.',
    'A shallow checkout is enough where the server has the commit before. It fails when several commits are pushed at once.',
  ),
  'push-failed': explained(
    'Git on the runner could not pack the commit. The message ends with what it said: a full disk, a partial clone, a damaged checkout.',
    untouched,
    'Check the repository out again, with `fetch-depth: 0` and without `filter`.',
    'Nothing was sent, and it is no fault of the server.',
  ),
};
