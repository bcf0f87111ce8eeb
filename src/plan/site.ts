import type { Config } from '../config/config.ts';
import type { Finding } from '../finding.ts';
import type { Log } from '../log.ts';
import type { Database, DatabaseLogin } from '../schema/database.ts';
import type { Strategy } from '../release/strategy.ts';
import type { Command, Output } from '../server/command.ts';
import type { Server } from '../server/server.ts';
import type { Known, StepWithFacts } from './facts.ts';
import type { Host } from './host.ts';
import type { JournalBook } from './journal.ts';
import type { RanCommand } from './results.ts';
import type { Workspace } from './workspace.ts';
import type { Recorder } from './recorder.ts';

/** Registers a value that must never be printed. */
export type Mask = (value: string) => void;

/** Who runs this: for the lock, the release log and the report. */
export interface RunContext {
  /** Address of the run's page. */
  readonly url: string;
  readonly actor: string;
  /** Where git finds the repository of the run, by ssh: `git@github.com:owner/name.git`; empty where nobody knows. */
  readonly repository: string;
  /** Number of the attempt, as the runner counts. */
  readonly attempt: string;
  /** A random word that marks our own output on the server. */
  readonly nonce: string;
  /** The present time as ISO 8601. */
  now(): string;
  /** Resolves after so many milliseconds; rejects when the signal aborts. */
  pause(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/** The application on one server, as one step sees it: what it may ask and change, and where it says what it found. */
export class Site<Needs extends StepWithFacts = never> {
  readonly server: Server;
  readonly log: Log;
  readonly journal: JournalBook;
  readonly run: RunContext;
  readonly mask: Mask;
  /** What the steps before found out. */
  readonly facts: Known<Needs>;
  readonly #host: Host;
  readonly #recorder: Recorder;

  constructor(host: Host, facts: Known<Needs>, recorder: Recorder) {
    this.server = host.server;
    this.log = host.log;
    this.journal = host.journal;
    this.run = host.run;
    this.mask = host.mask;
    this.facts = facts;
    this.#host = host;
    this.#recorder = recorder;
  }

  get config(): Config {
    return this.#host.config;
  }

  /** What the server is asked in the first round, before all else; nothing once it has answered. */
  get firstQuestion(): Command {
    return this.#host.firstQuestion;
  }

  /** Takes the answer to that question into the settings. */
  settle(answer: Output): void {
    this.#host.settle(answer);
  }

  /** Where input files takes files from. */
  get workspace(): Workspace {
    return this.#host.workspace;
  }

  /** Whether it is the first of all hosts. */
  get isFirst(): boolean {
    return this.#host.isFirst;
  }

  /** Where the live tree and the stage are, and how one becomes the other. */
  get release(): Strategy {
    return this.#host.release;
  }

  /** What this step found so far. */
  get findings(): readonly Finding[] {
    return this.#recorder.findings;
  }

  /** Records findings; each is said once. */
  find(...findings: readonly Finding[]): void {
    this.#recorder.find(...findings);
  }

  /** Records what could not be proved and why, each as a sentence. */
  notVerified(...sentences: readonly string[]): void {
    // What others say at the end of it may end with a full stop of its own.
    this.#recorder.unverified.push(...sentences.map((one) => one.replace(/([.!?])\.$/, '$1')));
  }

  /** Records what was rolled back or deliberately not, each as a sentence. */
  rolledBack(...sentences: readonly string[]): void {
    this.#recorder.rollbackNotes.push(...sentences);
  }

  /** Says in the log what the step did, and records it for the report. */
  did(sentence: string): void {
    this.log.say(sentence);
    this.#recorder.did.push(sentence);
  }

  /** Records a command of the repository that ran. */
  ran(command: RanCommand): void {
    this.#recorder.ran.push(command);
  }

  /** Records the HTTP status that the site answers with. */
  answers(status: number): void {
    this.#recorder.answers = status;
  }

  /** Records what is in order, each as a sentence. */
  isReady(...sentences: readonly string[]): void {
    this.#recorder.ready.push(...sentences);
  }

  /** @throws Stopped when this step found an error so far */
  stopAtErrors(): void {
    this.#recorder.stopAtErrors();
  }

  /**
   * The database of a login, over one connection for the whole deploy.
   * @throws ForwardRefused, DatabaseRefused
   */
  async database(login: DatabaseLogin, signal: AbortSignal): Promise<Database> {
    return this.#host.databases.open(login, signal);
  }

  /** The same server with the journal of another deploy, to finish that one. */
  otherDeploy(journal: JournalBook): Host {
    return this.#host.withJournal(journal);
  }
}
