import { parse } from '../../src/config/config.ts';
import { blank, JournalBook, type Journal } from '../../src/plan/journal.ts';
import { Site, type LogIn } from '../../src/plan/site.ts';
import { Log } from '../../src/report/log.ts';
import type { Server } from '../../src/server/server.ts';
import { FakeWorkflow } from './workflow.ts';

const smallest = {
  host: 'nicolas@h',
  'ssh-key': 'k',
  'known-hosts': 'h',
  commit: 'a'.repeat(40),
  branch: 'main',
};

/** What a test may want to know of a site, or to say of it; the rest is asked to nobody. */
interface NormalizedValue {
  readonly inputs?: Readonly<Record<string, string>>;
  readonly workflow?: FakeWorkflow;
  /** Hears every journal that is saved. */
  readonly save?: (now: Journal) => void;
  readonly mask?: (value: string) => void;
  /** Opens its databases; nobody may without it. */
  readonly logIn?: LogIn;
}

/** A site on that server with an empty journal, whose database nobody may ask. */
export function fakeSite(
  server: Server,
  { inputs, workflow, save, mask, logIn }: NormalizedValue = {},
): Site {
  return new Site({
    config: parse(new Map(Object.entries({ ...smallest, ...inputs }))),
    server,
    log: new Log(workflow ?? new FakeWorkflow(), () => performance.now()),
    journal: new JournalBook(blank('id'), async (now) => {
      save?.(now);
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
    mask: (value) => mask?.(value),
    logIn: logIn ?? (async () => Promise.reject(new Error('not asked here'))),
  });
}
