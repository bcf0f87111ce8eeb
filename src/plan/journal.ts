import * as v from 'valibot';
import type { InferOutput } from 'valibot';
import { Route } from '../app/cutover.ts';
import { Pool } from '../app/pool.ts';
import { flag, list, object, orNull, read, text, whole } from '../app/shape.ts';
import { firstRelease } from '../release/directories/first.ts';
import { LockLost } from '../server/failures.ts';

/** Through whom the owner of the session files is reached. */
export const SessionFileAccess = v.variant('kind', [
  v.object({ kind: v.literal('self') }),
  v.object({ kind: v.literal('sudo'), user: text }),
  v.object({ kind: v.literal('fpm'), pool: Pool }),
]);
export type SessionFileAccess = Readonly<InferOutput<typeof SessionFileAccess>>;

/** A change of the session handler that no visitor notices. */
export const Cutover = object({
  route: Route,
  access: SessionFileAccess,
  /** The database of the rows, to know it again; its password only the application knows. */
  database: object({ user: text, database: text }),
  /** How far the moment itself has come. */
  progress: v.picklist(['not begun', 'begun', 'done']),
  /** Once it is done: when it was, in seconds since 1970 by the clock of the store that the sessions came from. */
  cutoverAt: whole,
  /** When an earlier deploy copied everything that lies in the destination to the source; 0 when none did. */
  broughtUntil: whole,
  /** `.env` pinned the handler already, since an earlier deploy that was never finished. */
  pinnedBefore: flag,
});
export type Cutover = InferOutput<typeof Cutover>;

/** A command of the repository that a rollback runs. */
const AfterRollback = object({
  run: text,
  limit: whole,
  mustSucceed: flag,
  hosts: v.picklist(['each', 'first']),
});
export type AfterRollback = InferOutput<typeof AfterRollback>;

/** What undoing needs to know, as plain values without secrets: enough for another process to finish the work. */
export const Journal = object({
  /** Names this deploy on the server, e.g. in its lock. */
  id: text,
  /** Steps that were begun, in order; saved before each of them. */
  begun: list(text),
  /** The lock on the server is ours, and this journal is kept in it. */
  locked: flag,
  /** True once nothing is left to do or undo. */
  closed: flag,
  /** `<git dir>/ci4-deploy` on the server. */
  stateDir: text,
  branch: text,
  commit: text,
  /** The commit that was live before. */
  previous: text,
  /** Who started it, from which run; absent before that was written down. */
  started: v.exactOptional(object({ actor: text, run: text })),
  /** Batches that a rollback rolls back once its commit is live, the newest first; absent where it rolls none back. */
  regressed: v.exactOptional(list(whole)),
  /** It only says what a deploy would do: no release. */
  onlyPlans: v.exactOptional(flag),
  /** It goes back to a commit that was live before. */
  backwards: v.exactOptional(flag),
  /** Submodules of the commit; absent where it has none. */
  submodules: v.exactOptional(object({ fetched: list(text), kept: list(text) })),
  /** The release directories, by their names below `releases/`; absent in place. */
  releases: v.exactOptional(object({ next: text, previous: text })),
  /** Where the live application keeps its writable files. */
  writable: text,
  /** The pools of PHP-FPM that serve the site; none where nobody could find out, absent before these were written down. */
  pools: v.exactOptional(list(Pool)),
  /** Newest batch before migrating; null as long as nothing was migrated. */
  batchBefore: orNull(whole),
  /** The connection that holds the lock of the ledger's database, as that server numbers it; null when none does. */
  ledgerConnection: orNull(whole),
  /** Tables and views that were there before migrating. */
  tables: list(text),
  /** Dependencies were installed in the stage and go live with the switch. */
  dependencies: flag,
  /** Steps that were rolled back, in their order; absent as long as none was. */
  undone: v.exactOptional(list(text)),
  /** Paths below the root of the application that go live with the switch though git does not have them; absent where there are none. */
  made: v.exactOptional(list(text)),
  /** Commands of the repository for when visitors are back at the previous code; absent where there are none. */
  afterRollback: v.exactOptional(list(AfterRollback)),
  /** Lines in `.env` that an earlier deploy left there to pin a session handler; empty when there were none. */
  pinned: text,
  /** How sessions are moved; null when they are not. */
  cutover: orNull(Cutover),
});
export type Journal = InferOutput<typeof Journal>;

/**
 * A journal that another process wrote.
 * @throws Unreadable with the name of the field that is not as agreed; SyntaxError when it is no JSON
 */
export function readJournal(written: string): Journal {
  return read(Journal, JSON.parse(written));
}

/**
 * The journals of all hosts, by server.
 * @throws what `readJournal` throws
 */
export function readJournals(written: string): Readonly<Record<string, Journal>> {
  return read(v.record(text, Journal), JSON.parse(written));
}

/** Nothing was live before it: what it goes back to is what it made itself. */
export function isFirst({ releases }: Journal): boolean {
  return releases?.previous === firstRelease;
}

/** The commit that visitors had before; empty where nothing was live, and as long as nobody knows it. */
export function commitBefore(journal: Journal): string {
  return isFirst(journal) ? '' : journal.previous;
}

/** Nothing is left to do or undo. */
export function isClosed({ closed }: Journal): boolean {
  return closed;
}

/** Saves the journal wherever it has to survive. */
export type SaveJournal = (journal: Journal) => Promise<void>;

/** Keeps the journal and saves every change: before it returns, or before the next thing that is done on the server. */
export class JournalBook {
  #journal: Journal;
  readonly #save: SaveJournal;
  readonly #keepHere: (journal: Journal) => void;
  #due = false;
  #unsaved: ((failed: unknown) => void) | null = null;

  /**
   * @param save saves it wherever it has to survive
   * @param keepHere saves it on our side alone, which costs no round trip
   */
  constructor(
    journal: Journal,
    save: SaveJournal,
    keepHere: (journal: Journal) => void = () => undefined,
  ) {
    this.#journal = journal;
    this.#save = save;
    this.#keepHere = keepHere;
  }

  /** Whether the server has an older one. Who changes something there writes it down in the same round, before. */
  get due(): boolean {
    return this.#due && this.#journal.locked;
  }

  /** A change that the server has to know before anything is done there, and not earlier. */
  announce(change: Partial<Journal>): void {
    this.#journal = { ...this.#journal, ...change };
    this.#due = true;
    this.#keepHere(this.#journal);
  }

  /** A step begins: rolling back will come to it. */
  begin(step: string): void {
    const { begun } = this.#journal;
    this.announce({ begun: begun.includes(step) ? begun : [...begun, step], closed: false });
  }

  /** The server has this one. What was announced meanwhile is still due. */
  isWritten(journal: Journal): void {
    if (journal === this.#journal) this.#due = false;
  }

  get now(): Journal {
    return this.#journal;
  }

  /** @throws what saving throws; the change is then known here all the same */
  async note(change: Partial<Journal>): Promise<void> {
    this.#journal = { ...this.#journal, ...change };
    try {
      await this.#save(this.#journal);
      this.#due = false;
    } catch (failed) {
      if (this.#unsaved === null || failed instanceof LockLost) throw failed;
      this.#unsaved(failed);
    }
  }

  /**
   * From here on a change that cannot be saved is only reported. On the rollback a full disk may be why we are here, and
   * keeps nobody from going on. That the lock is another's is thrown all the same.
   */
  rollingBack(report: (failed: unknown) => void): void {
    this.#unsaved = report;
    // What was announced and never begun on the server is nothing to roll back there.
    this.#due = false;
  }
}

/** An empty journal for a deploy that begins. */
export function blank(id: string): Journal {
  return {
    id,
    begun: [],
    locked: false,
    closed: false,
    stateDir: '',
    branch: '',
    commit: '',
    previous: '',
    writable: '',
    pools: [],
    batchBefore: null,
    ledgerConnection: null,
    tables: [],
    dependencies: false,
    pinned: '',
    cutover: null,
  };
}
