import { of } from '../../findings/entry.ts';
import { quoted } from '../remedy.ts';
import { defineRule } from '../rule.ts';
import { listed } from '../words.ts';

/** A condition decides over every write, and the handler does not know it. */
export const tableCheck = defineRule(
  'table-check',
  of('a condition of the table decides with every write of a session', 'lines', 'warning'),
  ({ table, expectation }) => {
    const own = new Set(table.columns.map(({ name }) => name));
    const kept = table.checks.filter((name) => !own.has(name));
    if (kept.length > 0) {
      const drops = kept.map((name) => `DROP CONSTRAINT ${quoted(name)}`);
      return [{ severity: 'warning', message: message(table.name, kept), clauses: drops }];
    }
    // MariaDB lets go of a column's check when the column is declared again, and of none by name.
    return expectation.columns
      .filter(({ name }) => table.checks.includes(name) && !isJson(table.columns, name))
      .map(({ name }) => ({
        severity: 'warning',
        column: name,
        message: message(table.name, [name]),
        fix: 'modify',
      }));
  },
);

/** MariaDB adds a check of its own to JSON; that type is judged as what it is, text. */
function isJson(
  columns: readonly { readonly name: string; readonly type: { readonly normal: string } }[],
  name: string,
): boolean {
  return columns.some((column) => column.name === name && column.type.normal === 'longtext');
}

function message(table: string, names: readonly string[]): string {
  return `${table} has CHECK constraints (${listed(names)}): a session that does not meet one fails with HTTP 500.`;
}
