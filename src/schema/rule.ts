import type { FindingName } from '../findings/registry.ts';
import type { Severity } from '../finding.ts';
import type { Expectation } from './expected.ts';
import type { Table } from './table.ts';

/** `exact`: the four columns as the user's document has them. `compatible`: whatever the handler works with. */
export type Match = 'exact' | 'compatible';

/** What a rule looks at. The table is a base table: a view is judged before any rule is asked. */
export interface Given {
  readonly expectation: Expectation;
  readonly table: Table;
  readonly match: Match;
}

/** In rising order: of several for one column the last counts. */
export type Fix = 'add' | 'modify' | 'recreate';

/** What a rule found. */
export interface Verdict {
  readonly severity: Severity;
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

/** One thing that can be wrong with the table. The name is the finding's, stable, and stands in the README. */
export interface Rule {
  readonly name: FindingName;
  judge(given: Given): readonly Verdict[];
}
