import { parse } from '../../src/config/config.ts';
import { blank, JournalBook, type Journal } from '../../src/plan/journal.ts';
import { Site } from '../../src/plan/site.ts';
import { Log } from '../../src/report/log.ts';
import type { Server } from '../../src/server/server.ts';
import { FakeWorkflow } from './workflow.ts';

const inputs = {
  host: 'nicolas@h',
  'ssh-key': 'k',
  'known-hosts': 'h',
  commit: 'a'.repeat(40),
  branch: 'main',
};

/** A site on that server with an empty journal; every journal saved is told to `save`. */
export function fakeSite(server: Server, save: (now: Journal) => void = () => undefined): Site {
  return new Site({
    config: parse(new Map(Object.entries(inputs))),
    server,
    log: new Log(new FakeWorkflow(), () => 0),
    journal: new JournalBook(blank('id'), async (now) => {
      save(now);
      return Promise.resolve();
    }),
    run: {
      url: '',
      actor: '',
      attempt: '1',
      nonce: '',
      now: () => '',
      pause: async () => Promise.resolve(),
    },
    mask: () => undefined,
    logIn: async () => Promise.reject(new Error('not asked here')),
  });
}
