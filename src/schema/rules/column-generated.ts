import { of } from '../../findings/entry.ts';
import { describeColumn } from '../words.ts';
import { each, place } from './columns.ts';

/** The handler writes every column, and a server refuses that for one it computes. */
export const columnGenerated = each(
  'column-generated',
  of('a column is computed by the server', 'lines', 'error', 'notice'),
  (wanted, found, given) => {
    if (!found.extra.normal.includes('generated')) return null;
    return {
      severity: 'error',
      message: `${place(given, wanted.name)} is computed by the server (${describeColumn(found)}): the handler writes it, and every write fails with HTTP 500.`,
      fix: 'recreate',
    };
  },
);
