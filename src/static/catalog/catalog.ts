import type { Alteration, Change } from '../sql/change.ts';
import { reachOf, touchedBy } from '../sql/reach.ts';
import { readStatement } from '../sql/statement.ts';
import { NotUnderstood } from '../sql/tokens.ts';
import { altered, inDoubt, withOption } from './alter.ts';
import type { Family } from './columns.ts';
import {
  bareTable,
  Refused,
  ServerDecides,
  type Entry,
  type ModelTable,
  type Place,
  type StatementPlace,
} from './model.ts';

/** What one statement did to a table that was there. */
export interface Alter {
  readonly before: ModelTable;
  /** Null when it is dropped. */
  readonly after: ModelTable | null;
  readonly alterations: readonly Alteration[];
  readonly place: Place;
}

/** A table that is made under a name that only running tells. */
export interface Unnamed {
  readonly place: Place;
  readonly why: string;
}

/** All tables of one database as the migrations so far make them. */
export class Catalog {
  readonly tables = new Map<string, Entry>();
  /** Every change of a table that was there before, in order. */
  readonly alters: Alter[] = [];
  readonly unnamed: Unnamed[] = [];
  /** Calls of other classes, which may make tables too. */
  readonly unseen: Unnamed[] = [];
  /** Tables that were created over one that was there: CREATE TABLE IF NOT EXISTS. */
  readonly conditional = new Map<string, Place>();
  readonly #family: Family;
  readonly #watched: string;

  /** `watched` is the table to report on: a statement that is not understood may be about it. */
  constructor(family: Family, watched: string) {
    this.#family = family;
    this.#watched = watched;
  }

  /**
   * Runs a statement.
   * @throws Refused where the server would refuse it
   */
  run(sql: string, place: StatementPlace): void {
    try {
      this.#apply(readStatement(sql), place);
    } catch (error) {
      const why = ofReader(error);
      if (why === null) throw error;
      this.#mayReach(sql, place, place.unknown ?? why);
    }
  }

  /** A statement that may have run, or may not. */
  doubt(sql: string, place: Place, why: string): void {
    try {
      this.#perhaps(readStatement(sql), place, why);
    } catch (error) {
      if (ofReader(error) === null) throw error;
      this.#mayReach(sql, place, why);
    }
  }

  /** Nobody can tell from here on whether this table is there, nor what it is like. */
  unresolve(name: string, place: Place, why: string): void {
    const { file, line } = place;
    this.tables.set(name, { kind: 'unresolved', place: { file, line }, why });
  }

  /** Something may have changed this table; it is there as before. */
  blur(name: string, place: Place, why: string): void {
    const entry = this.tables.get(name);
    if (entry?.kind !== 'table') this.unresolve(name, place, why);
    else this.tables.set(name, { kind: 'table', table: inDoubt(entry.table, place, why) });
  }

  /** Any table may have changed. */
  unresolveAll(place: Place, why: string): void {
    for (const name of [...this.tables.keys(), this.#watched]) this.unresolve(name, place, why);
  }

  #mayReach(sql: string, place: Place, why: string): void {
    const reach = reachOf(sql);
    if (reach === 'no table') return;
    if (reach === 'any table') this.unresolveAll(place, why);
    else if ('words' in reach) {
      for (const name of reach.words)
        if (this.tables.has(name) || name === this.#watched) this.unresolve(name, place, why);
    } else if (reach.creates) this.unresolve(reach.table, place, why);
    else this.blur(reach.table, place, why);
  }

  #perhaps(change: Change, place: Place, why: string): void {
    const { gone, shaped } = touchedBy(change);
    // With IF NOT EXISTS one that is there stays as it is.
    const stays = 'ifNotExists' in change && change.ifNotExists;
    for (const name of gone)
      if (!stays || this.tables.get(name)?.kind !== 'table') this.unresolve(name, place, why);
    for (const name of shaped) this.blur(name, place, why);
  }

  #apply(change: Change, place: StatementPlace): void {
    switch (change.kind) {
      case 'create table':
        this.#create(change, place);
        break;
      case 'copy table':
        this.#copy(change, place);
        break;
      case 'alter table':
        this.#alter(change.table, change.alterations, place);
        break;
      case 'drop table':
        this.#drop(change, place);
        break;
      case 'rename tables':
        for (const { from, to } of change.pairs) {
          this.#alter(from, [{ kind: 'rename table', to }], place);
        }
        break;
      case 'create trigger':
        this.#trigger(change, place);
        break;
      case 'nothing':
        break;
    }
  }

  #create(change: Extract<Change, { kind: 'create table' }>, place: StatementPlace): void {
    const { table: name, columns, keys, options, unread } = change;
    const there = this.tables.get(name);
    if (there !== undefined && change.ifNotExists) {
      this.conditional.set(name, place);
      return;
    }
    // Nobody knows whether an unresolved one is there; if it is not refused, this is what it is.
    if (there?.kind === 'table' && !change.replaces) {
      throw new Refused(`Table '${name}' already exists`);
    }
    const bare = bareTable(name, place);
    const empty = place.unsure === undefined ? bare : inDoubt(bare, place, place.unsure);
    const optioned = options.reduce((now, one) => withOption(now, one.name, one.value), empty);
    const parts: readonly Alteration[] = [
      ...columns.map((column) => ({ kind: 'add column' as const, column, ifNotExists: false })),
      ...unread.map((why) => ({ kind: 'unread' as const, why })),
      ...keys.map((key) => ({ kind: 'add key' as const, key })),
    ];
    const table = altered(optioned, parts, this.#family, place);
    this.tables.set(name, { kind: 'table', table });
    if (change.ifNotExists) this.conditional.set(name, place);
  }

  #copy({ table, from, ifNotExists }: Extract<Change, { kind: 'copy table' }>, place: Place): void {
    if (this.tables.has(table)) {
      if (ifNotExists) return;
      throw new Refused(`Table '${table}' already exists`);
    }
    const entry = this.tables.get(from);
    if (entry?.kind !== 'table') {
      this.unresolve(table, place, `it is made like ${from}, which is not known`);
      return;
    }
    const copy = { ...entry.table, name: table, place, triggers: [] };
    this.tables.set(table, { kind: 'table', table: copy });
  }

  #alter(name: string, alterations: readonly Alteration[], place: StatementPlace): void {
    const entry = this.tables.get(name);
    if (entry === undefined) {
      this.unresolve(name, place, elsewhere);
      return;
    }
    if (entry.kind === 'unresolved') {
      for (const one of alterations)
        if (one.kind === 'rename table') this.#rename(name, one.to, entry);
      return;
    }
    const table = altered(entry.table, alterations, this.#family, place);
    this.alters.push({ before: entry.table, after: table, alterations, place });
    if (table.name === name) this.tables.set(name, { kind: 'table', table });
    else this.#rename(name, table.name, { kind: 'table', table });
  }

  #rename(from: string, to: string, entry: Entry): void {
    if (this.tables.has(to)) throw new Refused(`Table '${to}' already exists`);
    this.tables.delete(from);
    this.tables.set(to, entry);
  }

  #drop({ tables }: Extract<Change, { kind: 'drop table' }>, place: StatementPlace): void {
    for (const name of tables) {
      const entry = this.tables.get(name);
      this.tables.delete(name);
      if (entry?.kind === 'table') {
        this.alters.push({ before: entry.table, after: null, alterations: [], place });
      }
    }
  }

  #trigger(change: Extract<Change, { kind: 'create trigger' }>, place: Place): void {
    const entry = this.tables.get(change.table);
    if (entry?.kind !== 'table') return;
    const triggers = [...entry.table.triggers, { name: change.name, when: change.when }];
    const table = { ...entry.table, triggers };
    this.alters.push({ before: entry.table, after: table, alterations: [], place });
    this.tables.set(change.table, { kind: 'table', table });
  }
}

// An application may have tables that were there before its first migration.
const elsewhere = 'no migration creates it: it must come from elsewhere';

function ofReader(error: unknown): string | null {
  if (error instanceof NotUnderstood) return error.why;
  return error instanceof ServerDecides ? error.message : null;
}
