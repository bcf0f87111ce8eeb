import { type Finding, type Severity, remedies } from '../finding.ts';
import type { Expectation } from './expected.ts';
import { commitMigration } from './migration.ts';
import { inDatabase, inInputs } from '../remedy.ts';
import { alter, create, dropped, fixed, quoted, replace } from './remedy.ts';
import type { Given, Match, Fix, Verdict } from './rule.ts';
import { everyRule, type RuleName } from './rules/all.ts';
import type { Table } from './table.ts';
import { columnNamed } from './words.ts';

const order: Readonly<Record<Severity, number>> = { error: 0, warning: 1, notice: 2 };

/** A verdict under the name of its rule. */
export interface Named extends Verdict {
  readonly name: RuleName;
}

/**
 * Compares a table with what the application needs; worst first, no error means right.
 * One ALTER TABLE puts right all errors and warnings; the first finding has it, the others say so.
 * `placeOf` knows where a table that was read from migrations was written down.
 */
export function judgeTable(
  expectation: Expectation,
  table: Table,
  match: Match,
  placeOf: (found: Named) => Finding['at'] = () => undefined,
): readonly Finding[] {
  if (table.kind === 'view') return [tableIsView(expectation)];
  const given: Given = { expectation, table, match };
  const verdicts: readonly Named[] = everyRule
    .flatMap((rule) => rule.judge(given).map((verdict) => ({ ...verdict, name: rule.name })))
    .toSorted((a, b) => order[a.severity] - order[b.severity]);
  const carrier = verdicts.find(repairs);
  const repair = remedy(given, verdicts);
  return verdicts.map((verdict) => {
    const { name, severity, message } = verdict;
    const at = placeOf(verdict);
    const reported: Finding = { name, severity, message, ...(at === undefined ? {} : { at }) };
    if (verdict === carrier) return { ...reported, ...pasted(table.name, repair) };
    if (!repairs(verdict) || carrier === undefined) return reported;
    return { ...reported, remedies: remedies(`Part of the remedy of ${carrier.name}.`) };
  });
}

function repairs({ severity, fix, clauses, before }: Verdict): boolean {
  return severity !== 'notice' && [fix, clauses, before].some((part) => part !== undefined);
}

/** Whether so little of the table is there that altering it keeps no session. */
function needsRebuild(given: Given): boolean {
  const absent = given.expectation.columns.filter(
    ({ name }) => columnNamed(given.table, name) === undefined,
  );
  return absent.length > 1 || absent.some(({ name }) => name === 'id');
}

const fixes: readonly Fix[] = ['recreate', 'modify', 'add'];

function remedy(given: Given, verdicts: readonly Verdict[]): readonly string[] {
  const { expectation, table } = given;
  if (needsRebuild(given)) return replace(expectation);
  const wrong = verdicts.filter(repairs);
  const clauses = wrong.flatMap((verdict) => verdict.clauses ?? []);
  const gone = table.indexes.filter((index) => clauses.includes(dropped(index)));
  const columns = expectation.columns.flatMap((column) => {
    const about = wrong.filter((verdict) => verdict.column === column.name);
    const how = fixes.find((fix) => about.some((verdict) => verdict.fix === fix));
    const names = gone.map(({ name }) => name);
    return how === undefined ? [] : fixed(table, column, how, names);
  });
  const parts = [...columns, ...clauses];
  return [
    ...wrong.flatMap(({ before }) => before ?? []),
    ...(parts.length === 0 ? [] : [alter(table.name, parts)]),
  ];
}

/** Statements as the two things to do with them: paste them, or commit them as a migration. */
function pasted(table: string, statements: readonly string[]): Pick<Finding, 'remedies'> {
  return { remedies: remedies(inDatabase('', ...statements), commitMigration(table, statements)) };
}

function tableIsView(expectation: Expectation): Finding {
  return {
    name: 'table-is-view',
    severity: 'error',
    message: `${expectation.table} is a view, not a table: it has no keys of its own, and what it shows can change without a migration. Sessions need a table.`,
    ...pasted(expectation.table, replace(expectation)),
  };
}

/**
 * The table is not there. `ledgerSaysItRan`: the migration that creates it has a row in the ledger, so that running
 * migrations again makes nothing.
 */
export function tableMissing(expectation: Expectation, ledgerSaysItRan: boolean): Finding {
  const { table } = expectation;
  const effect = 'Every request that uses the session fails with HTTP 500.';
  if (!ledgerSaysItRan) {
    return {
      name: 'table-missing',
      severity: 'error',
      message: `There is no table ${table}, and no migration that ran would have made it. ${effect}`,
      remedies: remedies(
        commitMigration(table, [create(expectation)]),
        inDatabase('Create the table', create(expectation)),
      ),
    };
  }
  return {
    name: 'table-missing',
    severity: 'error',
    message: `There is no table ${table}, although the ledger says that its migration ran. It was dropped later, or made under another name or prefix, or in another database. ${effect} Another migrate does nothing, as it is recorded already. migrate:refresh is no way out: it rolls every migration back, and so drops every table of the application with all that is in it.`,
    ...pasted(table, [create(expectation)]),
  };
}

/** The user we log in as may not read the table, or not all of it. So nothing can be said about it, neither right nor wrong. */
export function tableNotVisible({ table }: Expectation): Finding {
  return {
    name: 'table-not-visible',
    severity: 'error',
    message: `The database does not let this user read ${table}, so that it could not be checked. To such a user the server does not say whether it exists.`,
    remedies: remedies(
      inDatabase(
        `As an administrator, let the application's user read and write ${quoted(table)}: GRANT SELECT, INSERT, UPDATE, DELETE.`,
      ),
      inInputs('Set db-user and db-password to a login that may.'),
    ),
  };
}
