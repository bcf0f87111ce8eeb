import type { Route } from '../app/cutover.ts';
import type { Pool } from '../app/pool.ts';
import { LockLost } from '../server/failures.ts';

/** What undoing needs to know, as plain values without secrets: enough for another process to finish the work. */
export interface Journal {
  /** Names this deploy on the server, e.g. in its lock. */
  readonly id: string;
  /** Steps that were begun, in order; saved before each of them. */
  readonly begun: readonly string[];
  /** The lock on the server is ours, and this journal is kept in it. */
  readonly locked: boolean;
  /** True once nothing is left to do or undo. */
  readonly closed: boolean;
  /** `<git dir>/ci4-deploy` on the server. */
  readonly stateDir: string;
  readonly branch: string;
  readonly commit: string;
  /** The commit that was live before. */
  readonly previous: string;
  /** Where the live application keeps its writable files. */
  readonly writable: string;
  /** The pools of PHP-FPM that serve the site; none where nobody could find out, absent before these were written down. */
  readonly pools?: readonly Pool[];
  /** Newest batch before migrating; null as long as nothing was migrated. */
  readonly batchBefore: number | null;
  /** The connection that holds the lock of the ledger's database, as that server numbers it; null when none does. */
  readonly ledgerConnection: number | null;
  /** Tables and views that were there before migrating. */
  readonly tables: readonly string[];
  /** Dependencies were installed in the stage and go live with the switch. */
  readonly dependencies: boolean;
  /** Lines in `.env` that an earlier deploy left there to pin a session handler; empty when there were none. */
  readonly pinned: string;
  /** How sessions are moved; null when they are not. */
  readonly cutover: Cutover | null;
}

/** Through whom the owner of the session files is reached. */
export type SessionFileAccess =
  | { readonly kind: 'self' }
  | { readonly kind: 'sudo'; readonly user: string }
  | { readonly kind: 'fpm'; readonly pool: Pool };

/** A change of the session handler that no visitor notices. */
export interface Cutover {
  readonly route: Route;
  readonly access: SessionFileAccess;
  /** The database of the rows, to know it again; its password only the application knows. */
  readonly database: { readonly user: string; readonly database: string };
  /** How far the moment itself has come. */
  readonly progress: 'not begun' | 'begun' | 'done';
  /** Once it is done: when it was, in seconds since 1970 by the clock of the store that the sessions came from. */
  readonly cutoverAt: number;
  /** When an earlier deploy copied everything that lies in the destination to the source; 0 when none did. */
  readonly broughtUntil: number;
  /** `.env` pinned the handler already, since an earlier deploy that was never finished. */
  readonly pinnedBefore: boolean;
}

/** Saves the journal wherever it has to survive. */
export type SaveJournal = (journal: Journal) => Promise<void>;

/** Keeps the journal and saves every change before it returns. */
export class JournalBook {
  #journal: Journal;
  readonly #save: SaveJournal;
  #unsaved: ((failed: unknown) => void) | null = null;

  constructor(journal: Journal, save: SaveJournal) {
    this.#journal = journal;
    this.#save = save;
  }

  get now(): Journal {
    return this.#journal;
  }

  /** @throws what saving throws; the change is then known here all the same */
  async note(change: Partial<Journal>): Promise<void> {
    this.#journal = { ...this.#journal, ...change };
    try {
      await this.#save(this.#journal);
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
