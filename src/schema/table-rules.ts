import { guardRules } from './guard-rules.ts';
import { generatedKey } from './key-rules.ts';
import { quoted } from './remedy.ts';
import type { Rule } from './rule.ts';
import { storageRules } from './storage-rules.ts';
import type { Column } from './table.ts';
import { describeColumn } from './words.ts';

/** The handler names its four columns when it writes, so another one is harmless if it can be left out. */
function mayBeLeftOut(column: Column): boolean {
  return column.default.normal !== 'none' || /auto_increment|generated/.test(column.extra.normal);
}

const surplus: Rule = {
  name: 'column-surplus',
  judge(given) {
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
};

/** Rules about the table as a whole and what is in it besides. */
export const tableRules: readonly Rule[] = [...storageRules, ...guardRules, surplus];
