import type { Step } from '../../plan/step.ts';
import { endOwn } from '../../release/own.ts';
import { asUser, inRepository } from '../../remedy.ts';
import { perform } from '../../server/round.ts';
import { endByHand } from './in-stage.ts';
import { runOwn } from './own.ts';

/** Commands of the repository once visitors meet the new code, before that is confirmed. */
export const afterSwitch: Step<'after-switch', 'stage'> = {
  name: 'after-switch',
  title: 'After switch: your own commands',
  needs: ['stage'],
  changesSite: true,
  on: 'every host',
  applies: ({ facts }) => (facts.stage?.commands['after-switch'] ?? []).length > 0,
  async run(site, signal) {
    const all = site.facts.stage.commands['after-switch'];
    const correct = 'Correct it and push again. Everything was rolled back.';
    await runOwn(site, 'after-switch', all, signal, () => inRepository(correct));
    return undefined;
  },
  // What they started runs the new code, and must not meet the tables of the previous one.
  async undo(site, signal) {
    await perform(site.server, [endOwn(site.journal.now.id)], signal);
    return undefined;
  },
  stranded: 'stranded-after-switch',
  byHand: ({ config, journal }) => [
    asUser(config.target.user, 'End what your commands left running', ...endByHand(journal.now.id)),
  ],
};
