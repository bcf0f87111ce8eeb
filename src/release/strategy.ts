import type { Command } from '../server/command.ts';
import type { Submodules } from './submodules.ts';

/** What one deploy changes. */
export interface Change {
  /** The commit that is live before. */
  readonly previous: string;
  /** The commit that goes live. */
  readonly commit: string;
  /** The commit may be older than what is live; else it has to follow it. */
  readonly backwards?: boolean;
  /** Dependencies are installed for it, and go live with it. */
  readonly dependencies: boolean;
  /** Paths in the stage that git does not have and that go live with it; absent where there are none. */
  readonly made?: readonly string[];
  /** Where the live application keeps its writable files. */
  readonly writable: string;
  /** Those of the commit; absent where it has none. */
  readonly submodules?: Submodules;
}

/** What can be tidied up once a deploy is proved, by what it is. */
export type Pruning = Readonly<Record<'stage' | 'previous' | 'recalled', Command>>;

/**
 * How a commit becomes the live one, and where its files are meanwhile. It only says which commands do it; the steps
 * run them, and prove what came of it. Every command may run twice.
 */
export interface Strategy {
  /** The root of the application that visitors meet. */
  readonly live: string;
  /** The root of the new application before it is live. */
  readonly staged: string;
  /** The root of the previous commit beside the live one, once {@link recall} put it there. */
  readonly recalled: string;
  /** Puts the previous commit beside the live one, complete enough for its programs. To run until one fails. */
  recall(previous: string): readonly Command[];
  /** What the release log calls the directory of this deploy; absent where all deploys have one directory. */
  readonly name?: string;
  /** Puts the commit into the stage, complete enough to boot. To run under the lock, until one fails. */
  prepare(change: Change): readonly Command[];
  /** Prints the files that the commit stops tracking and that stay on the server, each with a NUL after it. */
  staying(commit: string): Command;
  /** Prints files of the live tree that git does not have and that the commit goes live without, each with a NUL after it. */
  leftBehind(commit: string): Command;
  /** Installs what composer.lock of the stage says, the way the live tree was installed, with that PHP. */
  installDependencies(php: string): Command;
  /** Fetches submodules of the commit into the stage, the way the clone reaches that remote; fails where it cannot. */
  fetchSubmodules(commit: string, remote: string, paths: readonly string[]): Command;
  /** Visitors meet the staged commit from here on. To run until one fails. */
  activate(change: Change): readonly Command[];
  /** Visitors meet the previous files again, the very same ones. To run until one fails. */
  revert(change: Change): readonly Command[];
  /** Frees what a rollback needs on a full disk. */
  useReserve(): Command;
  /** The folder that really holds `logs` where the live application keeps its writable files. */
  holdsLogs(writable: string): string;
  /** Prints the commit that is live. */
  current(): Command;
  /** Prints what was deployed, one JSON object a line, the newest last; a thousand at most. */
  list(): Command;
  /** Writes one line down for `list`. */
  record(line: string): Command;
  /** Removes the stage, whatever is there. */
  unstage(): Command;
  /** Removes what only a rollback would need. */
  prune(): Pruning;
  /** Lines for the shell of a person who has to do it by hand. */
  readonly byHand: {
    readonly unstage: readonly string[];
    /** Removes what {@link recall} made. */
    readonly forget: readonly string[];
    /** Without the reload of PHP-FPM. */
    revert(previous: string): readonly string[];
  };
}

/** Where a strategy works. */
export interface Place {
  /** The root of the application that visitors meet. */
  readonly path: string;
  /** `<git dir>/ci4-deploy` on the server; empty as long as nobody knows it. */
  readonly stateDir: string;
  /** The release directories of this deploy, by their names; absent in place, and as long as nobody knows them. */
  readonly releases?: ReleaseNames;
}

/** Two directories below `releases/`. */
export interface ReleaseNames {
  /** The one that this deploy makes. */
  readonly next: string;
  /** The one that is live when it begins. */
  readonly previous: string;
}
