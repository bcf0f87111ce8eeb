import { of } from '../../findings/entry.ts';
import { each, place } from './columns.ts';

/** Tried on all servers with id, timestamp and data: the handler names its columns, so it reads and writes hidden ones. */
export const columnInvisible = each(
  'column-invisible',
  of('a column is invisible to `SELECT *`', 'lines', 'warning', 'notice'),
  (wanted, found, given) => {
    if (!found.extra.normal.includes('invisible')) return null;
    return {
      severity: given.match === 'compatible' ? 'notice' : 'warning',
      message: `${place(given, wanted.name)} is invisible: SELECT * leaves it out, and so would a copy of the sessions made that way. The handler names its columns and works.`,
      fix: 'modify',
    };
  },
);
