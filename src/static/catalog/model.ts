import type { Index } from '../../schema/table.ts';

/** A line of a file of the repository. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

/** Where a statement stands, and the lines of what it defines: columns in lower case, `PRIMARY KEY`. */
export interface StatementPlace extends Place {
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
}

export interface ModelIndex extends Index {
  readonly place: Place;
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
  /** Where it was created. */
  readonly place: Place;
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
    place,
  };
}

/** What is known of a name: a table, or that only running the migrations would tell. */
export type Entry =
  | { readonly kind: 'table'; readonly table: ModelTable }
  | { readonly kind: 'unresolved'; readonly place: Place; readonly why: string };

/** The server refuses the statement. */
export class Refused extends Error {
  override readonly name = 'Refused';
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
