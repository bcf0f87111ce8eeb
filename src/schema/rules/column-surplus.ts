import { of } from '../../findings/entry.ts';
import { quoted } from '../remedy.ts';
import { defineRule } from '../rule.ts';
import type { Column } from '../table.ts';
import { describeColumn } from '../words.ts';
import { generatedKey } from './keys.ts';

/** A column of somebody else, which the handler leaves out when it writes. */
export const columnSurplus = defineRule(
  'column-surplus',
  of('a further column that must be filled, or need not', 'lines', 'error', 'notice'),
  (given) => {
    const ours = new Set(given.expectation.columns.map(({ name }) => name));
    const own = generatedKey(given);
    return given.table.columns
      .filter((column) => !ours.has(column.name.toLowerCase()) && column !== own)
      .map((column) => {
        const place = `${given.table.name}.${column.name} (${describeColumn(column)})`;
        return column.nullable || mayBeLeftOut(column)
          ? {
              severity: 'notice',
              message: `${place} is not one of the session handler's columns. It does no harm: the handler leaves it out and the server fills it.`,
            }
          : {
              severity: 'error',
              message: `${place} is not one of the session handler's columns and has no default. The handler leaves it out, and with strictOn every new session fails with HTTP 500.`,
              clauses: [`MODIFY ${quoted(column.name)} ${column.type.raw} NULL`],
            };
      });
  },
);

/** The handler names its four columns when it writes, so another one is harmless if it can be left out. */
function mayBeLeftOut(column: Column): boolean {
  return column.default.normal !== 'none' || /auto_increment|generated/.test(column.extra.normal);
}
