import { columns } from './columns.ts';
import { keys } from './keys.ts';
import type { Specimen } from './specimen.ts';
import { whole } from './whole.ts';

/** One entry for each way a table deviates, and for what makes no difference: order of columns, names of indexes. */
export const corpus: readonly Specimen[] = [...whole, ...columns, ...keys];
