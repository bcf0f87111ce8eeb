import type { Alteration } from '../sql/change.ts';
import type { Family } from './columns.ts';
import { following, foreignKeyOf } from './foreign-keys.ts';
import { mustMatch, mustStand, mustStay } from './matching.ts';
import {
  placeOf,
  Refused,
  type Entry,
  type ModelForeignKey,
  type ModelTable,
  type Place,
  type StatementPlace,
} from './model.ts';

/** Why tables that foreign keys point to are surely not there, by their names. */
export type Absent = ReadonlyMap<string, string>;

/** A table that was not there when a foreign key pointed to it first, and what became of it. */
export interface Missing {
  readonly place: Place;
  readonly key: string;
  readonly how: 'never made' | 'not there yet' | 'dropped';
}

/** Foreign keys between the tables of one database. What is not known of a table forbids nothing. */
export class References {
  /** FOREIGN_KEY_CHECKS of the connection. */
  checked = true;
  /** Tables that were not there when a foreign key pointed to them. */
  readonly missing = new Map<string, Missing>();
  readonly #tables: ReadonlyMap<string, Entry>;
  readonly #family: Family;
  readonly #absent: Absent;
  /** Tables that may point to one, by its name. */
  readonly #children = new Map<string, Set<string>>();
  readonly #dropped = new Set<string>();
  /** Tables that had a foreign key of a name last, by that name in lower case. */
  readonly #names = new Map<string, string>();

  constructor(tables: ReadonlyMap<string, Entry>, family: Family, absent: Absent) {
    this.#tables = tables;
    this.#family = family;
    this.#absent = absent;
  }

  /**
   * Judges a table that was made or changed.
   * @param place the statement
   * @param before null when it is new
   * @param alterations what changed it
   * @returns tables that point to it and follow its new names
   * @throws Refused
   */
  judge(
    place: StatementPlace,
    before: ModelTable | null,
    after: ModelTable,
    alterations: readonly Alteration[] = [],
  ): readonly ModelTable[] {
    const from = before?.name ?? after.name;
    const names = renamesIn(alterations);
    const children = this.#pointingTo(from).map((child) =>
      following(child, { from, to: after.name }, names),
    );
    for (const key of keysOf(after)) this.#own(place, key, before, after);
    if (after.doubt === null) {
      for (const child of children) this.#fromOutside(child, before, after);
    }
    this.#remember(after);
    for (const child of children) this.#remember(child);
    return children;
  }

  /**
   * Asks for each table that is dropped whether another points to it. MariaDB drops one by one; MySQL looks at all first.
   * @throws Refused
   */
  drop(name: string, all: readonly string[]): void {
    const along = this.#family === 'MariaDB' ? [name] : all;
    this.#mustBeFree(name, 'drop', along);
    this.#dropped.add(name);
  }

  /** @throws Refused where another table points to it */
  empty(name: string): void {
    this.#mustBeFree(name, 'truncate', [name]);
  }

  #mustBeFree(name: string, verb: string, along: readonly string[]): void {
    const child = this.#pointingTo(name).find((one) => !along.includes(one.name));
    if (!this.checked || child === undefined) return;
    const key = keysOf(child).find(({ references }) => references.table === name)?.name ?? '';
    const errno = verb === 'drop' ? 1451 : 1701;
    throw new Refused(
      `cannot ${verb} ${name}: foreign key ${key} of ${child.name} points to it (errno: ${errno})`,
    );
  }

  #own(
    place: StatementPlace,
    key: ModelForeignKey,
    before: ModelTable | null,
    after: ModelTable,
  ): void {
    const isNew = before === null || foreignKeyOf(before, key.name) === undefined;
    if (isNew) this.#nameIsFree(key, after);
    const strict = isNew || this.checked || this.#family === 'MySQL';
    mustStand(key, after, strict);
    this.#toParent(place, key, after, { isNew, strict });
    if (before === null || isNew) return;
    mustStay([before, after], { key, child: after }, key.columns, this.#family);
  }

  #toParent(
    place: StatementPlace,
    key: ModelForeignKey,
    after: ModelTable,
    { isNew, strict }: { readonly isNew: boolean; readonly strict: boolean },
  ): void {
    const parent = this.#parentOf(key, after);
    if (parent === 'missing') {
      if (isNew && this.checked) this.#isMissing(key, place);
    } else if (parent !== null) mustMatch({ key, child: after, parent }, strict);
  }

  /** Null where nothing is known of it. */
  #parentOf({ references }: ModelForeignKey, own: ModelTable): ModelTable | 'missing' | null {
    if (references.table === null) return null;
    if (references.table === own.name) return own;
    const entry = this.#tables.get(references.table);
    if (entry === undefined) return 'missing';
    return entry.kind === 'table' && entry.table.doubt === null ? entry.table : null;
  }

  #fromOutside(child: ModelTable, before: ModelTable | null, after: ModelTable): void {
    const strict = this.checked || this.#family === 'MySQL';
    for (const key of keysOf(child)) {
      if (key.references.table !== after.name || (before === null && !strict)) continue;
      mustMatch({ key, child, parent: after }, strict);
      if (before !== null)
        mustStay([before, after], { key, child }, key.references.columns, this.#family);
    }
  }

  /** In MySQL, and in MariaDB before 12.1, a name is taken in the whole database. */
  #nameIsFree({ name }: ModelForeignKey, table: ModelTable): void {
    const other = this.#names.get(name.toLowerCase()) ?? table.name;
    const entry = this.#tables.get(other);
    if (other === table.name || entry?.kind !== 'table') return;
    if (foreignKeyOf(entry.table, name) === undefined) return;
    throw new Refused(`duplicate foreign key name ${name}: ${other} has it already (errno: 121)`, {
      about: name,
    });
  }

  #isMissing({ name, references }: ModelForeignKey, place: StatementPlace): void {
    const table = references.table ?? '';
    const why = this.#absent.get(table);
    if (why !== undefined) {
      throw new Refused(`foreign key ${name}: there is no table ${table}, ${why} (errno: 150)`, {
        missing: true,
        about: name,
      });
    }
    const how = this.#dropped.has(table) ? 'dropped' : 'never made';
    const first = { how, key: name, place: placeOf(place, name.toLowerCase()) } as const;
    if (!this.missing.has(table)) this.missing.set(table, first);
  }

  #remember(table: ModelTable): void {
    this.#dropped.delete(table.name);
    const missing = this.missing.get(table.name);
    if (missing?.how === 'never made') {
      this.missing.set(table.name, { ...missing, how: 'not there yet' });
    }
    for (const { name, references } of table.foreignKeys ?? []) {
      this.#names.set(name.toLowerCase(), table.name);
      if (references.table === null) continue;
      const known = this.#children.get(references.table) ?? new Set();
      this.#children.set(references.table, known.add(table.name));
    }
  }

  /** Other tables whose foreign keys point to it. */
  #pointingTo(name: string): readonly ModelTable[] {
    return [...(this.#children.get(name) ?? [])].flatMap((child) => {
      const entry = this.#tables.get(child);
      if (child === name || entry?.kind !== 'table') return [];
      return keysOf(entry.table).some(({ references }) => references.table === name)
        ? [entry.table]
        : [];
    });
  }
}

function keysOf({ foreignKeys, doubt }: ModelTable): readonly ModelForeignKey[] {
  return doubt === null ? (foreignKeys ?? []) : [];
}

/** New names of columns by their old ones in lower case. */
function renamesIn(alterations: readonly Alteration[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const one of alterations) {
    if (one.kind === 'rename column') names.set(one.from.toLowerCase(), one.to);
    if (one.kind === 'change column') names.set(one.from.toLowerCase(), one.column.name);
  }
  return names;
}
