import type { Finding } from '../finding.ts';
import type { Expectation } from './expected.ts';
import { create, quoted } from './remedy.ts';
import { creation, migrationFor } from './repair.ts';

/** What else is known of a table that is not there. */
export interface Absence {
  /** The migration that creates it has a row in the ledger, so that running migrations again makes nothing. */
  readonly ledgerSaysItRan: boolean;
  /** Tables of that name in another case or schema. */
  readonly alike: readonly { readonly schema: string; readonly name: string }[];
  /** The schema and the prefix of the application's connection. */
  readonly schema: string;
  readonly prefix: string;
}

const effect = 'Every request that uses the session fails with HTTP 500.';

/** The table is not there: why, as far as can be told, and how to get it. */
export function tableMissing(expectation: Expectation, absence: Absence): readonly Finding[] {
  const { alike, schema, prefix } = absence;
  const otherCase = alike.find((one) => one.schema === schema && one.name !== expectation.table);
  if (otherCase !== undefined) return [otherwiseWritten(expectation, otherCase.name)];
  const elsewhere = alike.filter((one) => one.schema !== schema).map((one) => one.schema);
  return [
    { ...gone(expectation, absence), migration: creation(expectation, prefix) },
    ...(elsewhere.length === 0 ? [] : [inOtherSchema(expectation, schema, elsewhere)]),
  ];
}

function gone(expectation: Expectation, { ledgerSaysItRan }: Absence): Finding {
  const { table } = expectation;
  return ledgerSaysItRan
    ? {
        name: 'table-missing',
        severity: 'error',
        message: `There is no table ${table}, although the ledger says that its migration ran: it was dropped later, or made under another name or prefix, or in another database. ${effect} Another migrate does nothing, as it is recorded already. migrate:refresh is no way out: it rolls every migration back, and so drops every table of the application with all that is in it.`,
        remedy: create(expectation),
      }
    : {
        name: 'table-missing',
        severity: 'error',
        message: `There is no table ${table}, and no migration that ran would have made it. ${effect}`,
        remedy: `Commit a migration that creates ${table} (php spark make:migration --session), or create it:\n${create(expectation)}`,
      };
}

/** MySQL and MariaDB on Linux tell names of tables apart by case (lower_case_table_names is 0). */
function otherwiseWritten({ table }: Expectation, found: string): Finding {
  const sql = `RENAME TABLE ${quoted(found)} TO ${quoted(table)};`;
  return {
    name: 'table-name-case',
    severity: 'error',
    message: `There is no table ${table}, but one called ${found}: on this server names that differ in case are different tables (on Windows and macOS they are not). ${effect}`,
    remedy: `${sql}   (or let savePath say ${found})`,
    migration: migrationFor(sql, 'RenameSessionTable'),
  };
}

function inOtherSchema({ table }: Expectation, schema: string, found: readonly string[]): Finding {
  return {
    name: 'table-in-other-schema',
    severity: 'warning',
    message: `A table ${table} is in ${found.join(', ')}, but the application uses the database ${schema}: one of the two is not what was meant.`,
    remedy: `Compare database.default.database in .env (${schema}), the group that the session uses (DBGroup), and the group of its migration.`,
  };
}

/** The user we log in as may not read the table, or not all of it, so nothing can be said about it: neither right nor wrong. */
export function tableNotVisible({ table }: Expectation): Finding {
  return {
    name: 'table-not-visible',
    severity: 'error',
    message: `The database does not let this user read ${table}, so that it could not be checked; to such a user the server does not say whether it exists.`,
    remedy: `GRANT SELECT, INSERT, UPDATE, DELETE ON \`<database>\`.${quoted(table)} TO '<user>'@'<host>';   (as the application's user; or set the inputs db-user and db-password)`,
  };
}
