import { parse } from '../../src/config/config.ts';
import type { LogIn } from '../../src/plan/databases.ts';
import type { Known, StepFacts, StepWithFacts } from '../../src/plan/facts.ts';
import { Host } from '../../src/plan/host.ts';
import { blank, JournalBook, type Journal } from '../../src/plan/journal.ts';
import { Recorder } from '../../src/plan/recorder.ts';
import type { Workspace } from '../../src/plan/workspace.ts';
import type { Site } from '../../src/plan/site.ts';
import { inPlace } from '../../src/release/in-place/in-place.ts';
import { WorkflowLog } from '../../src/report/log.ts';
import type { Server } from '../../src/server/server.ts';
import { FakeWorkflow } from './workflow.ts';

const smallest = {
  'fpm-service': 'php8.3-fpm',
  host: 'nicolas@h',
  'ssh-key': 'k',
  'known-hosts': 'h',
  commit: 'a'.repeat(40),
  branch: 'main',
};

/** What a test sets of a host; nobody answers for the rest. */
interface HostOptions {
  readonly inputs?: Readonly<Record<string, string>>;
  readonly workflow?: FakeWorkflow;
  /** Hears every journal that is saved. */
  readonly save?: (now: Journal) => void;
  readonly mask?: (value: string) => void;
  /** Opens its databases; nobody may without it. */
  readonly logIn?: LogIn;
  /** What the job has built; nothing without it. */
  readonly workspace?: Workspace;
  /** How the journal begins. */
  readonly journal?: Partial<Journal>;
  /** What the steps before found out. */
  readonly facts?: Known;
}

/** That server as a host; without options its journal is empty and nobody may ask its database. */
export function fakeHost(server: Server, options: HostOptions = {}): Host {
  const { inputs, workflow, save, mask, logIn, journal, workspace, facts = {} } = options;
  const host = new Host({
    config: parse(new Map(Object.entries({ ...smallest, ...inputs }))),
    server,
    log: new WorkflowLog(workflow ?? new FakeWorkflow(), () => performance.now(), { raw: true }),
    journal: new JournalBook(
      { ...blank('id'), ...journal },
      async (now) => {
        save?.(now);
        return Promise.resolve();
      },
      save,
    ),
    run: {
      url: '',
      actor: '',
      repository: 'git@github.com:nicolas/kayart.git',
      attempt: '1',
      nonce: 'n0nce',
      now: () => '',
      pause: async () => Promise.resolve(),
    },
    strategy: inPlace,
    workspace: workspace ?? { pack: async () => Promise.reject(new Error('nothing is sent here')) },
    mask: (value) => mask?.(value),
    logIn: logIn ?? (async () => Promise.reject(new Error('not asked here'))),
  });
  for (const name of Object.keys(facts) as StepWithFacts[]) host.learn(name, facts[name]);
  return host;
}

/** The same as one step sees it. */
export function fakeSite<Needs extends StepWithFacts = never>(
  server: Server,
  options: HostOptions & { readonly facts?: Known<Needs> } = {},
): Site<Needs> {
  const needs = Object.keys(options.facts ?? {}) as Needs[];
  return fakeHost(server, options).site(needs, new Recorder());
}

/** The facts of one step, of which a test needs only some. */
export function facts<Name extends StepWithFacts>(
  name: Name,
  some: Partial<StepFacts[Name]>,
): Pick<StepFacts, Name> {
  return { [name]: some } as unknown as Pick<StepFacts, Name>;
}
