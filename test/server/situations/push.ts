import type { Situation } from '../situation.ts';

const source = 'push';
const workspace =
  'The runner of these rows has an empty workspace; test/server/push.test.ts has the others.';

/** The commit comes from the checkout of the job. */
export const push: readonly Situation[] = [
  {
    name: 'source: push, and the job has no checkout',
    inputs: () => ({ source }),
    outcome: 'refused',
    fails: 'push',
    errors: ['push-without-commit'],
    says: 'no git repository',
    notPasted: workspace,
  },
];
