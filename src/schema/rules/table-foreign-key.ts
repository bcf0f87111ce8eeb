import { of } from '../../findings/entry.ts';
import { quoted } from '../remedy.ts';
import { defineRule } from '../rule.ts';

/** Ids are made up by the handler, so no other table can hold them before. */
export const tableForeignKey = defineRule(
  'table-foreign-key',
  of('ids would have to stand in another table, so that new sessions fail', 'lines', 'error'),
  ({ table, expectation }) =>
    table.foreignKeys
      .filter(({ columns }) => columns.every((column) => isOurs(column, expectation.columns)))
      .map(({ name, columns, to }) => ({
        severity: 'error',
        message: `${table.name} (${columns.join(', ')}) must be found in ${to} (foreign key ${name}). The handler makes up ids that stand in no other table, and every new session fails with HTTP 500.`,
        clauses: [`DROP FOREIGN KEY ${quoted(name)}`],
      })),
);

/** A foreign key with a column of its own in it is NULL there, as the handler leaves that out, and so is not enforced. */
function isOurs(column: string, ours: readonly { readonly name: string }[]): boolean {
  return ours.some(({ name }) => name === column.toLowerCase());
}
