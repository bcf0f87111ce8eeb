import type { Finding } from '../report/finding.ts';
import type { Expectation } from './expected.ts';
import type { Table } from './table.ts';

/** `exact`: the four columns as documented; `compatible`: also what the handler can work with. */
export type Match = 'exact' | 'compatible';

/** What a rule looks at. */
export interface Case {
  readonly wanted: Expectation;
  readonly table: Table;
  readonly match: Match;
}

/** One named thing that can be wrong with the session table. */
export interface Rule {
  /** Stable; it stands in reports. */
  readonly name: string;
  check(found: Case): Iterable<Omit<Finding, 'name'>>;
}

/** `ALTER TABLE ... change;` for the table of a case. */
export function alter(wanted: Expectation, change: string): string {
  return `ALTER TABLE \`${wanted.table}\` ${change};`;
}

/** How the column has to be declared, for an ALTER. */
export function declaration(wanted: Expectation, name: string): string {
  const column = wanted.columns.find((one) => one.name === name);
  const value = column?.default === 'now' ? ' DEFAULT CURRENT_TIMESTAMP' : '';
  return `\`${name}\` ${column?.type.toUpperCase() ?? ''} NOT NULL${value}`;
}
