import type { Catalog } from '../catalog/catalog.ts';

/**
 * What a connection keeps of its answers (BaseConnection::$dataCache), for all migrations of one run. Forge keeps the
 * list of tables up to date; what query() makes, and columns that change, it does not notice.
 */
export class DataCache {
  readonly #catalog: Catalog;
  /** Full names; null where it is not known. The ledger is there first, so that the list is never empty. */
  #tables = new Map<string, boolean | null>();
  /** Names of columns by the table as it was asked for; null where a question may not have been asked. */
  #columns = new Map<string, readonly string[] | null>();

  constructor(catalog: Catalog) {
    this.#catalog = catalog;
  }

  /** Whether a table is there, as the list says that was made when the run began. */
  exists(name: string): boolean | null {
    return this.#tables.get(name) ?? (this.#tables.has(name) ? null : false);
  }

  /** The same, asked of the server; an answer that the list does not have makes the framework forget all. */
  existsNow(name: string): boolean | null {
    const now = this.#isThere(name);
    if (now === null || now !== this.exists(name)) this.forget();
    return now;
  }

  /** Forge has made, dropped or renamed a table: whether it is there now. */
  note(name: string, isThere: boolean | null): void {
    this.#tables.set(name, isThere);
  }

  /**
   * Names of the columns of a table; null where they are not known.
   * @param asked the name as it was given
   * @param full the name with its prefix
   * @param surely whether the question is surely asked
   */
  columns(asked: string, full: string, surely: boolean): readonly string[] | null {
    const kept = this.#columns.get(asked);
    if (kept !== undefined) return kept;
    const entry = this.#catalog.tables.get(full);
    if (entry?.kind !== 'table' || entry.table.doubt !== null) return null;
    const names = entry.table.columns.map(({ name }) => name);
    this.#columns.set(asked, surely ? names : null);
    return names;
  }

  /** resetDataCache(): the next question asks the server. */
  forget(): void {
    this.#columns = new Map();
    this.#tables = new Map(
      [...this.#catalog.tables.keys()].map((name) => [name, this.#isThere(name)]),
    );
  }

  #isThere(name: string): boolean | null {
    const entry = this.#catalog.tables.get(name);
    if (entry === undefined) return false;
    return entry.kind === 'table' ? true : null;
  }
}

const caches = new WeakMap<Catalog, DataCache>();

/** The one of the connection that has this database. */
export function cacheOf(catalog: Catalog): DataCache {
  const cache = caches.get(catalog) ?? new DataCache(catalog);
  caches.set(catalog, cache);
  return cache;
}
