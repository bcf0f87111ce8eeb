import { expect } from 'expect';
import type { Site } from '../../rig/kayart.ts';
import type { Situation } from '../situation.ts';

/** A commit whose settings have these lines below commands. */
async function withCommands(site: Site, lines: string): Promise<string> {
  return site.push({ '.ci4-deploy.yml': `commands:\n${lines}` }, 'Commands');
}

/** Commands of the repository. */
export const own: readonly Situation[] = [
  {
    name: 'commands in the stage and after the switch run, and their output is shown',
    prepare: async (site) =>
      withCommands(
        site,
        '  in-stage:\n    - php spark list >/dev/null && echo in the stage\n  after-switch:\n    - php spark list >/dev/null && echo it is live\n',
      ),
    outcome: 'deployed',
    errors: [],
    async afterwards(_site, result) {
      expect(result.summary).toContain('in the stage');
      expect(result.summary).toContain('it is live');
    },
  },
  {
    name: 'a command in the stage fails',
    prepare: async (site) =>
      withCommands(site, "  in-stage:\n    - echo 'no such package' >&2; exit 7\n"),
    fails: 'in-stage',
    outcome: 'refused',
    errors: ['own-command-failed'],
    says: 'no such package',
  },
  {
    name: 'a command after the switch fails, and one for after a rollback runs',
    prepare: async (site) =>
      withCommands(
        site,
        '  after-switch:\n    - exit 3\n  after-rollback:\n    - echo the previous code\n',
      ),
    fails: 'after-switch',
    outcome: 'rolled-back',
    errors: ['own-command-failed'],
    says: 'after-switch',
    async afterwards(_site, result) {
      expect(result.summary).toContain('the previous code');
    },
  },
  {
    name: 'a command in the stage does not end within its limit, nor at a signal',
    prepare: async (site) =>
      withCommands(
        site,
        "  in-stage:\n    - run: trap '' TERM; sleep 600 & sleep 600; sleep 600\n      limit: 2s\n",
      ),
    outcome: 'refused',
    errors: ['own-command-failed'],
    says: 'within 2 s',
  },
  {
    name: 'input files names what the job has not built',
    inputs: () => ({ files: 'public/build' }),
    outcome: 'refused',
    errors: ['files-missing'],
    says: 'public/build',
    notPasted: 'Its remedy is a build in the job.',
  },
];
