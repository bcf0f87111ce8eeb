import { of } from './entry.ts';

/** Tables of the application. */
export const described = {
  'described-table': of(
    'there is no such table, it is a view, or it may not be read',
    'lines',
    'error',
  ),
  'described-column': of('a column is missing, or another than described', 'lines', 'error'),
  'described-key': of(
    'a primary key, unique key or index is missing, or over other columns',
    'lines',
    'error',
  ),
};
