import type { Config } from '../config/config.ts';
import type { Log } from '../log.ts';
import type { Place, Strategy } from '../release/strategy.ts';
import { nothing, type Command, type Output } from '../server/command.ts';
import type { Server } from '../server/server.ts';
import { Databases, type LogIn } from './databases.ts';
import type { FactsOf, Known, StepWithFacts } from './facts.ts';
import type { JournalBook } from './journal.ts';
import type { Recorder } from './recorder.ts';
import type { StepName } from './results.ts';
import type { Workspace } from './workspace.ts';
import { Site, type Mask, type RunContext } from './site.ts';

/** Settings that inputs leave to the server: what it is asked, and what they are by its answer. */
export interface Unsettled {
  readonly question: Command;
  read(answer: Output): Partial<Config>;
}

export interface HostParts {
  readonly config: Config;
  readonly server: Server;
  readonly log: Log;
  readonly journal: JournalBook;
  readonly run: RunContext;
  readonly mask: Mask;
  readonly logIn: LogIn;
  /** How a commit goes live on this server. */
  readonly strategy: (place: Place) => Strategy;
  readonly unsettled?: Unsettled | null;
  /** Where input files takes files from. */
  readonly workspace: Workspace;
  /** Whether other hosts come before it; absent where it is the first. */
  readonly isFirst?: boolean;
}

/** One server in one run: its settings, its connections, its journal, and what the steps found out so far. */
export class Host {
  readonly server: Server;
  readonly log: Log;
  readonly journal: JournalBook;
  readonly run: RunContext;
  readonly mask: Mask;
  readonly databases: Databases;
  readonly #parts: HostParts;
  #config: Config;
  #unsettled: Unsettled | null;
  #facts: Known = {};

  constructor(parts: HostParts) {
    this.server = parts.server;
    this.log = parts.log;
    this.journal = parts.journal;
    this.run = parts.run;
    this.mask = parts.mask;
    this.databases = new Databases(parts.logIn);
    this.#parts = parts;
    this.#config = parts.config;
    this.#unsettled = parts.unsettled ?? null;
  }

  /** The settings. The commit is that of the journal once it names one: a rollback finds out under the lock which it is. */
  get config(): Config {
    return { ...this.#config, commit: this.journal.now.commit || this.#config.commit };
  }

  /** What the server is asked before anything else, in the first round; nothing once it has answered. */
  get firstQuestion(): Command {
    return this.#unsettled?.question ?? nothing;
  }

  /** Takes the answer to that question into the settings. */
  settle(answer: Output): void {
    this.#config = { ...this.#config, ...this.#unsettled?.read(answer) };
    this.#unsettled = null;
  }

  get workspace(): Workspace {
    return this.#parts.workspace;
  }

  get isFirst(): boolean {
    return this.#parts.isFirst ?? true;
  }

  get facts(): Known {
    return this.#facts;
  }

  /** The strategy as it is now: where the stage is, is known once the journal knows the state directory. */
  get release(): Strategy {
    const { path } = this.config;
    const { stateDir, releases } = this.journal.now;
    const known = releases === undefined ? {} : { releases };
    return this.#parts.strategy({ path, stateDir, ...known });
  }

  /** Keeps what a step that is done, or was rolled back, returned. */
  learn<Name extends StepName>(name: Name, facts: FactsOf<Name> | undefined): void {
    if (facts !== undefined) this.#facts = { ...this.#facts, [name]: facts };
  }

  /** Keeps what a step found out on another host for all of them. */
  learnFrom(other: Host, name: StepName): void {
    const found = (other.facts as Partial<Record<StepName, unknown>>)[name];
    if (found !== undefined) this.#facts = { ...this.#facts, [name]: found };
  }

  /**
   * The site as a step sees it.
   * @throws Error when a step that it needs is not done: a fault of the order of steps
   */
  site<Needs extends StepWithFacts>(needs: readonly Needs[], recorder: Recorder): Site<Needs> {
    const missing = needs.find((name) => this.#facts[name] === undefined);
    if (missing !== undefined) throw new Error(`the step ${missing} is not done yet`);
    return new Site(this, this.#facts as Known<Needs>, recorder);
  }

  /** The same server with the journal of another deploy; nothing is known of that one. */
  withJournal(journal: JournalBook): Host {
    return new Host({ ...this.#parts, config: this.#config, unsettled: null, journal });
  }

  async close(): Promise<void> {
    await this.databases.close();
    await this.server[Symbol.asyncDispose]();
  }
}
