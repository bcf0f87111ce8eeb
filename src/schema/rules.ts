import type { Finding } from '../report/finding.ts';
import { columnRules } from './column-rules.ts';
import type { Expectation } from './expected.ts';
import { keyRules } from './key-rules.ts';
import type { Match, Rule } from './rule.ts';
import { tableRules } from './table-rules.ts';
import type { Table } from './table.ts';

/** Every rule for the session table. A new rule is one more object in the list of its subject. */
export const rules: readonly Rule[] = [...tableRules, ...columnRules, ...keyRules];

/** Holds a table against what the application needs; an empty answer, or one without errors, means right. */
export function judgeTable(wanted: Expectation, table: Table, match: Match): readonly Finding[] {
  return rules.flatMap((rule) =>
    [...rule.check({ wanted, table, match })].map((fault) => ({ name: rule.name, ...fault })),
  );
}

/** The table is not there. `ran`: the ledger says a migration for it ran. */
export function tableMissing({ table, columns, primaryKey }: Expectation, ran: boolean): Finding {
  const lines = columns.map(
    ({ name, type, default: value }) =>
      `  \`${name}\` ${type.toUpperCase()} NOT NULL${value === 'now' ? ' DEFAULT CURRENT_TIMESTAMP' : ''}`,
  );
  const keys = [`  PRIMARY KEY (${primaryKey.join(', ')})`, '  KEY `timestamp` (`timestamp`)'];
  const make = `CREATE TABLE \`${table}\` (\n${[...lines, ...keys].join(',\n')}\n) DEFAULT CHARSET = utf8mb4;`;
  return {
    name: 'table-missing',
    severity: 'error',
    message: ran
      ? `The table ${table} does not exist, although the ledger says that its migration ran. migrate would do nothing, and migrate:refresh would drop every table of the application: never run it.`
      : `The table ${table} does not exist: every page with a session would answer with an error.`,
    remedy: ran ? make : `Add a migration that creates ${table}, or:\n${make}`,
  };
}

/** The table may be there, but this database user is not allowed to know. */
export function tableNotVisible({ table }: Expectation): Finding {
  return {
    name: 'table-not-visible',
    severity: 'error',
    message: `The database user may not see the table ${table}, so nothing can be said about it, and its sessions cannot be written.`,
    remedy: `GRANT SELECT, INSERT, UPDATE, DELETE ON \`${table}\` TO the application's database user;`,
  };
}
