import { quoted } from './remedy.ts';
import type { Rule } from './rule.ts';
import { listed } from './words.ts';

const trigger: Rule = {
  name: 'table-trigger',
  judge: ({ table }) =>
    table.triggers.map(({ name, event, timing }) => ({
      severity: 'warning',
      message: `${table.name} has the trigger ${name} (${timing} ${event}), which runs ${moments[event] ?? 'with every write'}. If it fails, so does the request (HTTP 500), and if it changes the id, no visitor finds the session again.`,
      before: [`DROP TRIGGER ${quoted(name)};`],
    })),
};

const moments: Readonly<Record<string, string>> = {
  INSERT: 'for every new session',
  UPDATE: 'for every request with a session',
  DELETE: 'for every session that ends or is collected',
};

const foreignKey: Rule = {
  name: 'table-foreign-key',
  judge: ({ table, expectation }) =>
    table.foreignKeys
      .filter(({ columns }) => columns.every((column) => isOurs(column, expectation.columns)))
      .map(({ name, columns, to }) => ({
        severity: 'error',
        message: `${table.name} (${columns.join(', ')}) must be found in ${to} (foreign key ${name}). The handler makes up ids that stand in no other table, and every new session fails with HTTP 500.`,
        clauses: [`DROP FOREIGN KEY ${quoted(name)}`],
      })),
};

/** A foreign key with a column of its own in it is NULL there, as the handler leaves that out, and so is not enforced. */
function isOurs(column: string, ours: readonly { readonly name: string }[]): boolean {
  return ours.some(({ name }) => name === column.toLowerCase());
}

const check: Rule = {
  name: 'table-check',
  judge({ table, expectation }) {
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
};

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

/** Rules about what else runs or refuses when the handler writes a row. */
export const guardRules: readonly Rule[] = [trigger, foreignKey, check];
