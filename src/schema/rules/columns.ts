import type { Entry, Severity } from '../../findings/entry.ts';
import type { ExpectedColumn } from '../expected.ts';
import { defineRule, type Given, type Rule, type Verdict } from '../rule.ts';
import type { Column } from '../table.ts';
import { columnNamed } from '../words.ts';

type Finds<S extends Severity> = Omit<Verdict<S>, 'column'> | null;

/** A rule that looks at each expected column that is there. */
export function each<const Name extends string, S extends Severity>(
  name: Name,
  entry: Entry<S>,
  judge: (wanted: ExpectedColumn, found: Column, given: Given) => Finds<NoInfer<S>>,
): Rule<Name, S> {
  return defineRule(name, entry, (given) =>
    given.expectation.columns.flatMap((wanted) => {
      const found = columnNamed(given.table, wanted.name);
      const verdict = found === undefined ? null : judge(wanted, found, given);
      return verdict === null ? [] : [{ ...verdict, column: wanted.name }];
    }),
  );
}

/** A column as a message names it. */
export function place(given: Given, column: string): string {
  return `${given.table.name}.${column}`;
}

/** Accepted with `compatible`, an error with `exact`; the message says both. */
export function accepted(
  given: Given,
  problem: string,
  why: string,
): Omit<Verdict<'error' | 'notice'>, 'column'> {
  return given.match === 'compatible'
    ? {
        severity: 'notice',
        message: `${problem}: accepted (session-table-match: compatible), ${why}.`,
      }
    : {
        severity: 'error',
        message: `${problem}. It would work (${why}): session-table-match: compatible accepts it.`,
        fix: 'modify',
      };
}
