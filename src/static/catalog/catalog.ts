import type { Alteration, Change } from '../sql/change.ts';
import { reachOf, touchedBy } from '../sql/reach.ts';
import { onlyForMariaDb, readStatement } from '../sql/statement.ts';
import { NotUnderstood } from '../sql/tokens.ts';
import { altered, inDoubt } from './alter.ts';
import type { Family } from './columns.ts';
import { withOption } from './options.ts';
import { References, type Absent } from './references.ts';
import {
  bareTable,
  mustBeShort,
  Refused,
  ServerDecides,
  type Alter,
  type Entry,
  type ModelTable,
  type Place,
  type StatementPlace,
  type Unnamed,
} from './model.ts';

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
  readonly references: References;
  /** Tables may be there that no migration makes where it can be seen. */
  holdsOthers = false;
  readonly #family: Family;
  readonly #watched: string;

  /**
   * @param watched the table to report on: a statement that is not understood may be about it
   * @param absent tables that are surely not there when foreign keys point to them
   */
  constructor(family: Family, watched: string, absent: Absent = new Map()) {
    this.#family = family;
    this.#watched = watched;
    this.references = new References(this.tables, family, absent);
  }

  /**
   * Runs a statement.
   * @throws Refused where the server would refuse it
   */
  run(sql: string, place: StatementPlace): void {
    try {
      const change = readStatement(sql);
      const why = this.#family === 'MySQL' ? onlyForMariaDb(sql) : null;
      this.#apply(why === null ? change : { kind: 'syntax error', why }, place);
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
    if (entry === undefined) this.holdsOthers = true;
    if (entry?.kind !== 'table') this.unresolve(name, place, why);
    else this.tables.set(name, { kind: 'table', table: inDoubt(entry.table, place, why) });
  }

  /** Any table may have changed. */
  unresolveAll(place: Place, why: string): void {
    this.holdsOthers = true;
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
    const { gone, shaped, unbound = [] } = touchedBy(change);
    if (change.kind === 'foreign key checks') this.references.checked &&= change.on;
    for (const name of gone) if (!this.#stays(name, change)) this.unresolve(name, place, why);
    for (const name of shaped) this.blur(name, place, why);
    for (const name of unbound) this.#unbind(name);
  }

  /** With IF NOT EXISTS one that is there stays as it is. */
  #stays(name: string, change: Change): boolean {
    const isConditional = 'ifNotExists' in change && change.ifNotExists;
    return isConditional && this.tables.get(name)?.kind === 'table';
  }

  /** Which foreign keys it has, only running tells. */
  #unbind(name: string): void {
    const entry = this.tables.get(name);
    if (entry?.kind === 'table') this.#set({ ...entry.table, foreignKeys: null });
  }

  #set(table: ModelTable): void {
    this.tables.set(table.name, { kind: 'table', table });
  }

  #apply(change: Change, place: StatementPlace): void {
    const how = this.#kinds[change.kind] as Apply<Change['kind']>;
    how(change, place);
  }

  readonly #kinds: { readonly [Kind in Change['kind']]: Apply<Kind> } = {
    'create table': (change, place) => {
      this.#create(change, place);
    },
    'copy table': (change, place) => {
      this.#copy(change, place);
    },
    'alter table': ({ table, alterations, ifExists }, place) => {
      if (ifExists !== true || this.tables.has(table)) this.#alter(table, alterations, place);
    },
    'drop table': (change, place) => {
      this.#drop(change, place);
    },
    'rename tables': ({ pairs }, place) => {
      for (const { from, to } of pairs) this.#alter(from, [{ kind: 'rename table', to }], place);
    },
    'create trigger': (change, place) => {
      this.#trigger(change, place);
    },
    'foreign key checks': ({ on }) => {
      this.references.checked = on;
    },
    truncate: ({ table }) => {
      this.references.empty(table);
    },
    'syntax error': ({ why }) => {
      throw new Refused(`${why} (errno: 1064)`);
    },
    nothing: () => undefined,
  };

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
    mustBeShort(name);
    const bare = bareTable(name, place);
    const empty = place.unsure === undefined ? bare : inDoubt(bare, place, place.unsure);
    const optioned = options.reduce((now, one) => withOption(now, one.name, one.value), empty);
    const parts: readonly Alteration[] = [
      ...columns.map((column) => ({ kind: 'add column' as const, column, ifNotExists: false })),
      ...unread.map((why) => ({ kind: 'unread' as const, why })),
      ...keys.map((key) => ({ kind: 'add key' as const, key })),
    ];
    const table = altered(optioned, parts, this.#family, place);
    this.references.judge(place, null, table);
    this.#set(table);
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
    const copy = { ...entry.table, name: table, place, triggers: [], foreignKeys: [] };
    this.references.judge(place, null, copy);
    this.#set(copy);
  }

  #alter(name: string, alterations: readonly Alteration[], place: StatementPlace): void {
    const entry = this.tables.get(name);
    if (entry === undefined) {
      this.holdsOthers = true;
      this.unresolve(name, place, elsewhere);
      return;
    }
    if (entry.kind === 'unresolved') {
      for (const one of alterations)
        if (one.kind === 'rename table') this.#rename(name, one.to, entry);
      return;
    }
    const table = altered(entry.table, alterations, this.#family, place);
    if (table.name !== name) this.#mustBeFree(table.name);
    const children = this.references.judge(place, entry.table, table, alterations);
    this.#changed({ before: entry.table, after: table, alterations, place });
    if (table.name !== name) this.tables.delete(name);
    for (const one of [table, ...children]) this.#set(one);
  }

  #changed(alter: Omit<Alter, 'checksKeys'>): void {
    this.alters.push({ ...alter, checksKeys: this.references.checked });
  }

  #rename(from: string, to: string, entry: Entry): void {
    this.#mustBeFree(to);
    this.tables.delete(from);
    this.tables.set(to, entry);
  }

  #mustBeFree(name: string): void {
    mustBeShort(name);
    if (this.tables.has(name)) throw new Refused(`Table '${name}' already exists`);
  }

  /** MariaDB drops one after the other, and the rest where one is refused; MySQL all or none. */
  #drop({ tables }: Extract<Change, { kind: 'drop table' }>, place: StatementPlace): void {
    const refused: Refused[] = [];
    for (const name of tables) {
      try {
        this.references.drop(name, tables);
        this.#dropOne(name, place);
      } catch (error) {
        if (!(error instanceof Refused) || this.#family !== 'MariaDB') throw error;
        refused.push(error);
      }
    }
    if (refused[0] !== undefined) throw refused[0];
  }

  #dropOne(name: string, place: StatementPlace): void {
    const entry = this.tables.get(name);
    this.tables.delete(name);
    if (entry?.kind !== 'table') return;
    this.#changed({ before: entry.table, after: null, alterations: [], place });
  }

  #trigger(change: Extract<Change, { kind: 'create trigger' }>, place: Place): void {
    const entry = this.tables.get(change.table);
    if (entry?.kind !== 'table') return;
    const triggers = [...entry.table.triggers, { name: change.name, when: change.when }];
    const table = { ...entry.table, triggers };
    this.#changed({ before: entry.table, after: table, alterations: [], place });
    this.tables.set(change.table, { kind: 'table', table });
  }
}

type Apply<Kind extends Change['kind']> = (
  change: Extract<Change, { kind: Kind }>,
  place: StatementPlace,
) => void;

// An application may have tables that were there before its first migration.
const elsewhere = 'no migration creates it: it must come from elsewhere';

function ofReader(error: unknown): string | null {
  if (error instanceof NotUnderstood) return error.why;
  return error instanceof ServerDecides ? error.message : null;
}
