import type { Application } from '../app/application.ts';
import type { CanaryAnswered } from '../app/ask.ts';
import type { Pool, Serving } from '../app/pool.ts';
import type { OwnCommands } from '../config/settings-commands.ts';
import type { DescribedTable } from '../config/settings-tables.ts';
import type { ColumnComparison } from '../schema/column-comparison.ts';
import type { Database, LedgerRow } from '../schema/database.ts';
import type { Table } from '../schema/table.ts';
import type { Output } from '../server/command.ts';
import type { Cutover } from './journal.ts';
import type { Release } from './release-log.ts';
import type { StepName } from './results.ts';

/** How the health address answered before anything was done. */
export interface HealthBefore {
  /** Null when it did not answer at all. */
  readonly status: number | null;
  /** What was wrong with the answer, in words; null when nothing was. */
  readonly failure: string | null;
}

/** The clock of the server that PHP runs on. */
export interface Clock {
  /** Since 1970, by that clock. */
  readonly seconds: number;
  /** When it said so, in seconds since the run began. */
  readonly at: number;
}

/** What the server is like before anything is changed. */
export interface InspectFacts {
  /** The application that is live when the run begins. */
  readonly live: Application;
  /** Nothing is left to deploy: commit, ledger and session handler are those of the new code. */
  readonly alreadyLive: boolean;
  /** `.ci4-deploy.yml` of the live tree, unread. */
  readonly settings: Output;
  /** Whom we are logged in as. */
  readonly user: string;
  /** Files that differ between the live commit and the new one, from the root of the repository. */
  readonly changed: readonly string[];
  /** The pools of PHP-FPM, as far as its configuration could be read. */
  readonly pools: readonly Pool[];
  /** Those of them that serve the site and answered, and what the web server adds to its requests. */
  readonly serving: readonly Serving[];
  /** Seconds after which PHP-FPM sees new code without a reload; null when it never does, absent when nobody could ask. */
  readonly seesNewCode?: number | null;
  /** The clock of the server. */
  readonly clock: Clock;
  /** What the application of the stage printed, unread; null where the stage is not made yet. */
  readonly staged: Output | null;
  /** Bytes of the largest session file of the live application; 0 when its sessions are not in files. */
  readonly largestSession: number;
}

/** The new commit, booted beside the live one. */
export interface StageFacts {
  readonly application: Application;
  /** Tables that `.ci4-deploy.yml` of the commit describes. */
  readonly described: readonly DescribedTable[];
  /** What `.ci4-deploy.yml` of the commit has this deploy run. */
  readonly commands: OwnCommands;
  /** How the sessions will be moved; null when they stay where they are, or cannot be. */
  readonly cutover: Cutover | null;
  /** Sessions that are not over; null where nobody could count them, or they stay where they are. */
  readonly sessions: number | null;
  /** Whose sessions end with this commit; null when nobody's do. */
  readonly loggedOut: LoggedOut | null;
  /** Bytes of the largest session that the table will have to hold. */
  readonly largestSession: number;
  /** What was asked before it was needed. */
  readonly early: EarlyProof;
  /** How the live site answered; null where there is no address to ask. */
  readonly health: HealthBefore | null;
}

/** What was asked before the migrations; null where it was not. */
export interface EarlyProof {
  /** The session table. It is the same where no migration is due. */
  readonly table: Table | 'absent' | 'not visible' | null;
  /** One session through the handler of the new code, over that table. */
  readonly canary: CanaryAnswered | null;
  readonly ledger: LockedLedger | null;
}

/** The ledger of the migrations, whose lock is ours as long as that connection is there. */
export interface LockedLedger {
  readonly database: Database;
  readonly rows: readonly LedgerRow[];
  /** Names of all tables and views of that database. */
  readonly tables: readonly string[];
}

/** Visitors who have to log in again. */
export interface LoggedOut {
  /** How many; null where nobody could count them. */
  readonly sessions: number | null;
}

/** The moment at which the new code went live. */
export interface SwitchFacts {
  /** Length of each log of the application just before, as `bytes name` lines. */
  readonly logs: string;
  /** Whether PHP-FPM reads them is proved by the next step; null where the switch proved it. */
  readonly unproved: LyingFiles | null;
}

/** The files as they lie in the live tree. */
export interface LyingFiles {
  /** Since when, in seconds since 1970 on the server's clock. */
  readonly since: number;
  /** SHA-1 of the changed PHP files, by their paths. */
  readonly sums: Readonly<Record<string, string>>;
}

/** What the ledger got. */
export interface MigrateFacts {
  /** Classes of the migrations that ran. */
  readonly classes: readonly string[];
  /** The batch they got; null when none ran. */
  readonly batch: number | null;
  /** Classes of those that ran and were rolled back; absent where none were. */
  readonly undone?: readonly string[];
  /** Tables and views that they made; absent when none ran. */
  readonly made?: readonly string[];
}

/** The tables as they are. */
export interface VerifyFacts {
  readonly columns: readonly ColumnComparison[];
  /** What `.ci4-deploy.yml` would have to say of the live tables; only where that was asked for. */
  readonly printed?: string;
}

/** What was deployed, and what is live. */
export interface ReleasesFacts {
  /** The newest last. */
  readonly releases: readonly Release[];
  /** The commit that is live. */
  readonly live: string;
  /** First lines of the commits, by their full ids; those that the server does not have are missing. */
  readonly subjects: Readonly<Record<string, string>>;
}

/** What a deploy would do, as far as looking shows. */
export interface PlanFacts {
  /** Nothing is left to deploy. */
  readonly alreadyLive: boolean;
  /** Commits that would go live, the newest first, as `id subject`. */
  readonly commits: readonly string[];
  /** Files that would change, from the root of the repository. */
  readonly files: readonly string[];
  readonly migrations: readonly PlannedMigration[];
  /** What becomes of the visitors' sessions, as a sentence. */
  readonly sessions: string;
  /** The commands of each step that changes something, as the log of a deploy shows them. */
  readonly commands: readonly { readonly step: string; readonly lines: readonly string[] }[];
}

/** A migration that would run. */
export interface PlannedMigration {
  readonly class: string;
  /** Below the root of the application. */
  readonly path: string;
  /** What it says to the database, in order; null where it was not read. */
  readonly statements: readonly PlannedStatement[] | null;
  /** Why it was not read; empty where it was. */
  readonly unread: string;
}

/** One statement; `sql` is null where nothing of it is known, and `doubt` says why it may be another one. */
export interface PlannedStatement {
  readonly sql: string | null;
  readonly doubt: string | null;
  /** What it does to tables that are there, and what that costs; none where it touches no such table. */
  readonly costs: readonly PlannedCost[];
}

/** What a statement costs at one table. */
export interface PlannedCost {
  /** Its name; null where that is not known. */
  readonly table: string | null;
  /** As the server estimates them; null where it does not say. */
  readonly rows: number | null;
  readonly bytes: number | null;
  /** How the server does it: `INSTANT`, `INPLACE`, `COPY`, with what waits; null where that is not known. */
  readonly algorithm: string | null;
  /** All of it as a sentence. */
  readonly says: string;
}

/** What each step found out, by the name of the step. A step writes only its own. */
export interface StepFacts {
  readonly inspect: InspectFacts;
  readonly stage: StageFacts;
  readonly migrate: MigrateFacts;
  readonly verify: VerifyFacts;
  readonly switch: SwitchFacts;
  readonly releases: ReleasesFacts;
  readonly plan: PlanFacts;
}

/** The steps that find something out. */
export type StepWithFacts = keyof StepFacts;

/** What a step of that name returns. */
export type FactsOf<Name extends StepName> = Name extends StepWithFacts
  ? StepFacts[Name]
  : undefined;

/** The facts of the steps in `Needs`, which are done for certain, and of all others as far as they are. */
export type Known<Needs extends StepWithFacts = never> = Partial<StepFacts> &
  Pick<StepFacts, Needs>;
