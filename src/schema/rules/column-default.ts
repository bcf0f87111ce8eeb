import { of } from '../../findings/entry.ts';
import { describeValue } from '../words.ts';
import { accepted, each, place } from './columns.ts';

/** The handler always writes a value, so another default does no harm by itself. */
export const columnDefault = each(
  'column-default',
  of('a column has another default, or none', 'lines', 'error', 'notice'),
  (wanted, found, given) => {
    const { normal } = found.default;
    // A nullable column without a default has NULL: `column-nullable` says what there is to say.
    if (normal === wanted.default || (normal === 'null' && wanted.default === 'none')) return null;
    if (given.match === 'compatible' && normal.startsWith('now(')) return null;
    const words =
      normal === 'none' ? 'has no default' : `has the default ${describeValue(found.default)}`;
    const wish = wanted.default === 'none' ? 'none' : 'CURRENT_TIMESTAMP';
    const problem = `${place(given, wanted.name)} ${words}, expected ${wish}`;
    return accepted(given, problem, 'the handler always writes a value');
  },
);
