import type { Application } from '../app/application.ts';
import type { Config } from '../config/config.ts';
import type { DescribedTable } from '../config/settings-tables.ts';
import { isError, type Finding } from '../finding.ts';
import type { Log } from '../report/log.ts';
import { Stopped } from '../report/stages.ts';
import type { Database, DatabaseLogin } from '../schema/database.ts';
import type { ColumnComparison } from '../schema/column-comparison.ts';
import type { Output } from '../server/command.ts';
import type { Server } from '../server/server.ts';
import type { Pool, Serving } from '../app/pool.ts';
import type { Handover, JournalBook } from './journal.ts';

/** What the steps learn on their way and the report tells. */
export interface Learned {
  /** The application that is live when the run begins. */
  live?: Application;
  /** The application of the commit, booted in the stage. */
  staged?: Application;
  /** Files that differ between the live commit and the new one, from the root of the repository. */
  changed?: readonly string[];
  /** Classes of the migrations that ran. */
  migrated?: readonly string[];
  /** The batch they got. */
  batch?: number;
  columns?: readonly ColumnComparison[];
  /** `.ci4-deploy.yml` of the live tree, unread. */
  settings?: Output;
  /** Tables that the one of the commit describes. */
  described?: readonly DescribedTable[];
  /** What `.ci4-deploy.yml` would have to say of the live tables. */
  printed?: string;
  /** Whom we are logged in as. */
  user?: string;
  /** Seconds after which PHP-FPM sees new code without a reload; null when it never does, absent when nobody could ask. */
  seesNewCode?: number | null;
  /** The pools of PHP-FPM, as far as its configuration could be read. */
  pools?: readonly Pool[];
  /** Those of them that serve the site, and what the web server adds to its requests. */
  serving?: readonly Serving[];
  /** Sessions that are not over, as far as somebody could count them. */
  sessions?: number;
  /** How the sessions will be carried; absent when they stay where they are, or cannot be. */
  handover?: Handover;
  /** Bytes of the largest session file of the live application; absent when its sessions are not in files. */
  largestSession?: number;
  /** What could not be proved and why, as sentences. */
  unverified: string[];
  /** What was undone or deliberately not, as sentences. */
  rollbackNotes: string[];
  /** How the health address answered before anything was done (null: not at all), and what was wrong with that. */
  healthBefore?: { readonly status: number | null; readonly failure: string | null };
}

/** Opens the application's databases through the server. */
export type LogIn = (login: DatabaseLogin, signal: AbortSignal) => Promise<Database>;

/** Registers a value that must never be printed. */
export type Mask = (value: string) => void;

/** One deploy on one server: its settings, its connection and everything known about it so far. */
export class Site {
  readonly config: Config;
  readonly server: Server;
  readonly log: Log;
  readonly journal: JournalBook;
  readonly run: RunFacts;
  readonly mask: Mask;
  readonly learned: Learned = { unverified: [], rollbackNotes: [] };
  readonly #findings: Finding[] = [];
  readonly #logIn: LogIn;
  readonly #parts: SiteParts;
  readonly #databases = new Map<string, Promise<Database>>();

  constructor(parts: SiteParts) {
    this.#parts = parts;
    this.config = parts.config;
    this.server = parts.server;
    this.log = parts.log;
    this.journal = parts.journal;
    this.run = parts.run;
    this.mask = parts.mask;
    this.#logIn = parts.logIn;
  }

  get findings(): readonly Finding[] {
    return this.#findings;
  }

  /** Records findings; each is said once. */
  find(...findings: readonly Finding[]): void {
    for (const finding of findings) {
      const same = (other: Finding): boolean =>
        other.name === finding.name && other.message === finding.message;
      if (!this.#findings.some(same)) this.#findings.push(finding);
    }
  }

  /** @throws Stopped when an error was found so far */
  stopAtErrors(): void {
    if (this.#findings.some(isError)) throw new Stopped('errors were found');
  }

  /** The same site with the journal of another deploy, to finish that one. */
  withJournal(journal: JournalBook): Site {
    return new Site({ ...this.#parts, journal });
  }

  /** The database of a login; one connection for each, kept until `close()` and opened again when it was lost. */
  async database(login: DatabaseLogin, signal: AbortSignal): Promise<Database> {
    const key = JSON.stringify([login.address, login.user, login.database]);
    const known = this.#databases.get(key);
    if (known !== undefined && (await known).open) return known;
    const opened = this.#logIn(login, signal);
    this.#databases.set(key, opened);
    opened.catch(() => this.#databases.delete(key));
    return opened;
  }

  async close(): Promise<void> {
    await this.closeDatabases();
    await this.server[Symbol.asyncDispose]();
  }

  /** Ends the connections to the databases, and with them the locks they hold there. */
  async closeDatabases(): Promise<void> {
    for (const opened of this.#databases.values()) {
      const database = await opened.catch(() => undefined);
      await database?.[Symbol.asyncDispose]();
    }
  }
}

/** Who runs this: for the lock, the release log and the report. */
export interface RunFacts {
  /** Address of the run's page. */
  readonly url: string;
  readonly actor: string;
  /** Number of the attempt, as the runner counts. */
  readonly attempt: string;
  /** A random word that marks our own output on the server. */
  readonly nonce: string;
  /** The present time as ISO 8601. */
  now(): string;
  /** Resolves after so many milliseconds; rejects when the signal aborts. */
  pause(milliseconds: number, signal: AbortSignal): Promise<void>;
}

export interface SiteParts {
  readonly config: Config;
  readonly server: Server;
  readonly log: Log;
  readonly journal: JournalBook;
  readonly run: RunFacts;
  readonly mask: Mask;
  readonly logIn: LogIn;
}
