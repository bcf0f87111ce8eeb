/** What undoing needs to know, as plain values without secrets: enough for another process to finish the work. */
export interface Journal {
  /** Names this deploy on the server, e.g. in its lock. */
  readonly id: string;
  /** Steps that were begun, in order; saved before each deed. */
  readonly begun: readonly string[];
  /** True once nothing is left to do or undo. */
  readonly closed: boolean;
  /** `<git dir>/ci4-deploy` on the server. */
  readonly house: string;
  readonly branch: string;
  readonly commit: string;
  /** The commit that was live before. */
  readonly previous: string;
  /** Where the live application keeps its writable files. */
  readonly writable: string;
  /** Newest batch before migrating; null as long as nothing was migrated. */
  readonly batchBefore: number | null;
  /** Tables and views that were there before migrating. */
  readonly tables: readonly string[];
  /** Dependencies were installed in the stage and go live with the switch. */
  readonly dependencies: boolean;
}

/** Keeps the journal and saves every change before it returns. */
export class JournalBook {
  #journal: Journal;
  readonly #save: (text: string) => void;

  constructor(journal: Journal, save: (text: string) => void) {
    this.#journal = journal;
    this.#save = save;
  }

  get now(): Journal {
    return this.#journal;
  }

  note(change: Partial<Journal>): void {
    this.#journal = { ...this.#journal, ...change };
    this.#save(JSON.stringify(this.#journal));
  }
}

/** An empty journal for a deploy that begins. */
export function blank(id: string): Journal {
  return {
    id,
    begun: [],
    closed: false,
    house: '',
    branch: '',
    commit: '',
    previous: '',
    writable: '',
    batchBefore: null,
    tables: [],
    dependencies: false,
  };
}
