import { of } from '../../findings/entry.ts';
import { columnNamed } from '../words.ts';
import { defineRule } from '../rule.ts';
import { place } from './columns.ts';

/** The handler names its columns in every query. */
export const columnMissing = defineRule(
  'column-missing',
  of('a column that the handler needs is not there', 'lines', 'error', 'notice'),
  (given) =>
    given.expectation.columns
      .filter((wanted) => columnNamed(given.table, wanted.name) === undefined)
      .map((wanted) => ({
        severity: 'error',
        column: wanted.name,
        message: `${place(given, wanted.name)} is missing (${wanted.type}): the handler uses it in every request with a session, which fails with HTTP 500 (Unknown column).`,
        fix: 'add',
      })),
);
