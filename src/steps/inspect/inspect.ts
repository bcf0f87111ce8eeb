import { join } from '../paths.ts';
import type { Application } from '../../app/application.ts';
import type { Site } from '../../plan/site.ts';
import type { Step } from '../../plan/step.ts';
import { ask } from '../../server/round.ts';
import { openDatabases } from '../databases.ts';
import { healthBefore } from '../health-before.ts';
import { judge } from './checks.ts';
import { readFacts, type Facts } from './facts.ts';
import { questions } from './questions.ts';

/** Asks everything in one round and refuses, with all problems at once, before anything is touched. */
export const inspect: Step = {
  name: 'inspect',
  title: 'Inspect: what the server says',
  undo: 'nothing to undo',
  async run(site, signal) {
    const { nonce } = site.run;
    const answers = await ask(site.server, questions(site.config, nonce), signal);
    const facts = readFacts(answers, nonce);
    site.find(...judge(facts, site.config));
    const live = facts.application.ok ? facts.application.application : undefined;
    // Without .env the application answers with its defaults, which say nothing about this site.
    if (live !== undefined && facts.environment === 'ok') {
      site.find(...(await openDatabases(site, live, signal)));
      site.find(...(await healthBefore(site, live, signal)));
    }
    site.stopAtErrors();
    remember(site, facts, live);
  },
};

function remember(site: Site, facts: Facts, live: Application | undefined): void {
  if (live === undefined || 'problem' in facts.clone)
    throw new Error('inspect passed without facts');
  const { clone } = facts;
  site.learned.live = live;
  site.learned.changed = facts.changed;
  site.journal.note({
    house: join(clone.gitDir, 'ci4-deploy'),
    branch: clone.branch,
    commit: site.config.commit === '' ? clone.head : site.config.commit,
    previous: clone.head,
    writable: live.writable,
  });
  site.log.say(
    `CodeIgniter ${live.framework} on PHP ${live.php} at ${clone.head.slice(0, 10)}; sessions: ${live.session.driver}`,
  );
}
