import type { Index } from '../../schema/table.ts';
import type { Alteration, Reference } from '../sql/change.ts';

/** A line of a file of the repository. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

/** Where a statement stands, and the lines of what it defines: columns in lower case, `PRIMARY KEY`. */
export interface StatementPlace extends Place {
  /** Why parts of the statement are not known, where some are. */
  readonly unknown?: string | undefined;
  /** Why it may have other parts than these, where it may. */
  readonly unsure?: string | undefined;
  readonly lines?: ReadonlyMap<string, number>;
}

/** The line of one thing that a statement defines. */
export function placeOf({ file, line, lines }: StatementPlace, thing: string): Place {
  return { file, line: lines?.get(thing) ?? line };
}

/** A column as the migrations leave it, in the normal forms of `schema/table.ts`. */
export interface ModelColumn {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly fallback: string;
  readonly extra: readonly string[];
  /** Where it was defined last. */
  readonly place: Place;
  /** Why its definition is not known; null where it is. */
  readonly doubt: string | null;
}

/** Since where only running tells what something is like, and why. */
export interface Doubt {
  readonly place: Place;
  readonly why: string;
}

export interface ModelIndex extends Index {
  readonly place: Place;
  /** The server made it for a foreign key, and takes it away when another key has its columns. */
  readonly generated: boolean;
}

export interface ModelForeignKey {
  readonly name: string;
  readonly columns: readonly string[];
  readonly references: Reference;
}

/** A table as the migrations leave it. */
export interface ModelTable {
  readonly name: string;
  readonly engine: string;
  readonly rowFormat: string;
  readonly partitioned: boolean;
  readonly versioned: boolean;
  readonly triggers: readonly { readonly name: string; readonly when: string }[];
  readonly columns: readonly ModelColumn[];
  /** PRIMARY is one of them. */
  readonly indexes: readonly ModelIndex[];
  /** Null where only running tells which. */
  readonly foreignKeys: readonly ModelForeignKey[] | null;
  /** Where it was created. */
  readonly place: Place;
  /** A change of it that is not known: it may have other columns and keys than these. Null where all are known. */
  readonly doubt: Doubt | null;
}

/** The table of an entry that is known to its last column, else why it is not. */
export function resolved(entry: Entry): ModelTable | Doubt {
  return entry.kind === 'table' ? (doubtOf(entry.table) ?? entry.table) : entry;
}

/** Why a table is not known to its last column; null where it is. */
export function doubtOf(table: ModelTable): Doubt | null {
  const column = table.columns.find(({ doubt }) => doubt !== null);
  const own = column === undefined ? null : { place: column.place, why: column.doubt ?? '' };
  return table.doubt ?? own;
}

/**
 * Why the definition of a table is not known; null where it is.
 * A column in which servers differ has a type all the same, and is no reason.
 */
export function whyNotDefined(entry: Entry): Doubt | null {
  if (entry.kind !== 'table') return entry;
  const { doubt, columns } = entry.table;
  const unread = columns.find((one) => one.doubt !== null && one.type === '');
  return doubt ?? (unread === undefined ? null : { place: unread.place, why: unread.doubt ?? '' });
}

/** A table before it has any column. */
export function bareTable(name: string, place: Place): ModelTable {
  return {
    name,
    engine: 'InnoDB',
    rowFormat: 'dynamic',
    partitioned: false,
    versioned: false,
    triggers: [],
    columns: [],
    indexes: [],
    foreignKeys: [],
    place,
    doubt: null,
  };
}

/** What is known of a name: a table, or that only running the migrations would tell. */
export type Entry =
  | { readonly kind: 'table'; readonly table: ModelTable }
  | { readonly kind: 'unresolved'; readonly place: Place; readonly why: string };

/** What one statement did to a table that was there. */
export interface Alter {
  readonly before: ModelTable;
  /** Null when it is dropped. */
  readonly after: ModelTable | null;
  readonly alterations: readonly Alteration[];
  readonly place: Place;
  /** FOREIGN_KEY_CHECKS of the connection. */
  readonly checksKeys: boolean;
}

/** A table that is made under a name that only running tells. */
export interface Unnamed {
  readonly place: Place;
  readonly why: string;
}

/** The server refuses the statement. */
export class Refused extends Error {
  override readonly name = 'Refused';
  /** It needs something that is not there, which migrations that are not read here may make. */
  readonly missing: boolean;
  /** What it is about, as {@link StatementPlace.lines} names it. */
  readonly about: string | null;

  constructor(message: string, { missing = false, about = null }: Cause = {}) {
    super(message);
    this.missing = missing;
    this.about = about;
  }
}

interface Cause {
  readonly missing?: boolean;
  readonly about?: string | null;
}

/** What the statement makes depends on the server or on its settings. */
export class ServerDecides extends Error {
  override readonly name = 'ServerDecides';
}

/** The column of that name in a table; servers do not tell columns apart by case. */
export function columnOf(table: ModelTable, name: string): ModelColumn | undefined {
  return table.columns.find((one) => one.name.toLowerCase() === name.toLowerCase());
}

/** The index of that name in a table. */
export function indexOf(table: ModelTable, name: string): ModelIndex | undefined {
  return table.indexes.find((one) => one.name.toLowerCase() === name.toLowerCase());
}

const longestName = 64;

/**
 * Asks whether a name is not too long for a table, a column or a key (MySQL manual, Identifier Length Limits).
 * @throws Refused
 */
export function mustBeShort(name: string): void {
  if (name.length <= longestName) return;
  throw new Refused(
    `Identifier name '${name}' is too long: ${longestName} signs at most (errno: 1059)`,
    {
      about: name,
    },
  );
}
