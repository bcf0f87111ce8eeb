import { of } from '../../findings/entry.ts';
import { describeValue } from '../words.ts';
import { each, place } from './columns.ts';

/** Servers before explicit_defaults_for_timestamp add it to the first TIMESTAMP without a default. */
export const columnOnUpdate = each(
  'column-on-update',
  of('a column changes by itself with every write', 'lines', 'warning', 'notice'),
  (wanted, found, given) => {
    if (!found.extra.normal.includes('on update')) return null;
    return {
      severity: given.match === 'compatible' ? 'notice' : 'warning',
      message: `${place(given, wanted.name)} changes by itself on every update (${describeValue(found.extra)}). It does no harm: the handler sets it anyway. Old servers add it to a TIMESTAMP without a default.`,
      fix: 'modify',
    };
  },
);
