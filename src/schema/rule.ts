import type { Entry, Severity } from '../findings/entry.ts';
import type { Expectation } from './expected.ts';
import type { Table } from './table.ts';

/**
 * `exact`: the four columns as the user's document has them. `compatible`: whatever the handler works with.
 * `proposed`: exact for what is not on a server yet, where `data` that holds more is only said.
 */
export type Match = 'exact' | 'compatible' | 'proposed';

/** What a rule looks at. The table is a base table: a view is judged before any rule is asked. */
export interface Given {
  readonly expectation: Expectation;
  readonly table: Table;
  readonly match: Match;
}

/** In rising order: of several for one column the last counts. */
export type Fix = 'add' | 'modify' | 'recreate';

/** What a rule found. */
export interface Verdict<S extends Severity = Severity> {
  readonly severity: S;
  readonly message: string;
  /** The expected column it is about. */
  readonly column?: string;
  /** How that column is put right: added, declared again, or opened again without the values it has. */
  readonly fix?: Fix;
  /** Other parts of one ALTER TABLE that put it right. */
  readonly clauses?: readonly string[];
  /** Whole statements that have to come before that ALTER TABLE, because servers admit them in none. */
  readonly before?: readonly string[];
}

/** One thing that can be wrong with the table, with what the page of findings says of it. */
export interface Rule<Name extends string = string, S extends Severity = Severity> {
  /** The finding's name, which is stable. */
  readonly name: Name;
  readonly entry: Entry<S>;
  readonly judge: (given: Given) => readonly Verdict<S>[];
}

/** A rule: its name, its line of the page of findings, and how it judges a table. */
export function defineRule<const Name extends string, S extends Severity>(
  name: Name,
  entry: Entry<S>,
  judge: (given: Given) => readonly Verdict<NoInfer<S>>[],
): Rule<Name, S> {
  return { name, entry, judge };
}
