import type { Database } from './database.ts';

/** One thing that a schema holds. */
export interface Thing {
  readonly kind: 'table' | 'view' | 'sequence' | 'procedure' | 'function' | 'event';
  readonly name: string;
}

/** A thing in words: `table users`. */
export function thingWords({ kind, name }: Thing): string {
  return `${kind} ${name}`;
}

/** Two things are one when both kind and name are the same. */
export function without(things: readonly Thing[], others: readonly Thing[]): readonly Thing[] {
  const known = new Set(others.map(thingWords));
  return things.filter((one) => !known.has(thingWords(one)));
}

/** A throw-away database we are logged in to. The adapter is `scratch-mysql.ts`; tests have one in memory. */
export interface Scratch extends AsyncDisposable {
  /** The same database to be read, by the rules that a deploy reads it by. */
  readonly database: Database;
  /** All that the schema holds, sorted by kind and name. */
  contents(): Promise<readonly Thing[]>;
  /** Drops these, whatever refers to them; what is gone already is no error. */
  remove(things: readonly Thing[]): Promise<void>;
  /** Runs one statement that answers nothing. */
  execute(statement: string): Promise<void>;
  /**
   * Takes a lock of this name for as long as the connection lasts, and tells whose it is. Another connection that finds
   * this holder is connected to the same server.
   */
  mark(name: string): Promise<number>;
}

/** Nothing answers at the address, so that nobody could be refused. */
export class DatabaseUnreachable extends Error {
  override readonly name = 'DatabaseUnreachable';
}
