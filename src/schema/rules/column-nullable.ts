import { of } from '../../findings/entry.ts';
import { accepted, each, place } from './columns.ts';

/** NULL is allowed where the handler always writes a value; a primary key admits none. */
export const columnNullable = each(
  'column-nullable',
  of(
    'a column allows NULL (a notice with `session-table-match: compatible`)',
    'lines',
    'error',
    'notice',
  ),
  (wanted, found, given) => {
    if (!found.nullable) return null;
    const problem = `${place(given, wanted.name)} may be NULL`;
    if (!given.expectation.primaryKey.includes(wanted.name)) {
      return accepted(given, problem, 'the handler always writes a value');
    }
    return {
      severity: 'error',
      message: `${problem}, but it belongs to the primary key, which admits no NULL.`,
      fix: 'modify',
    };
  },
);
