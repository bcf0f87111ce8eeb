import type { Finding, Severity } from '../finding.ts';
import { another, columnRules } from './column-rules.ts';
import type { Expectation } from './expected.ts';
import { keyRules } from './key-rules.ts';
import { alter, mended, replace } from './remedy.ts';
import { migrationFor } from './repair.ts';
import type { Given, Match, Mend, Rule, Verdict } from './rule.ts';
import { tableRules } from './table-rules.ts';
import type { Table } from './table.ts';

/** Every rule about the session table, asked in this order. */
export const rules: readonly Rule[] = [...columnRules, ...tableRules, ...keyRules];

const order: Readonly<Record<Severity, number>> = { error: 0, warning: 1, notice: 2 };

/** A verdict under the name of its rule. */
export interface Named extends Verdict {
  readonly name: string;
}

/**
 * Holds a table against what the application needs; worst first, no error means right.
 * One ALTER TABLE puts right all errors and warnings; the first finding carries it, the others say so.
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
  const verdicts: readonly Named[] = rules
    .flatMap((rule) => rule.judge(given).map((verdict) => ({ ...verdict, name: rule.name })))
    .toSorted((a, b) => order[a.severity] - order[b.severity]);
  const carrier = verdicts.find(repairs);
  const repair = remedy(given, verdicts);
  return verdicts.map((verdict) => {
    const { name, severity, message } = verdict;
    const at = placeOf(verdict);
    const told: Finding = { name, severity, message, ...(at === undefined ? {} : { at }) };
    if (verdict === carrier) {
      const migration = migrationFor(repair, 'RepairSessionTable');
      return { ...told, remedy: repair, migration };
    }
    if (!repairs(verdict) || carrier === undefined) {
      const own = verdict.remedy;
      return { ...told, ...(own === undefined ? {} : { remedy: own }) };
    }
    return { ...told, remedy: `Part of the remedy of ${carrier.name}.` };
  });
}

function repairs({ severity, mend, clauses }: Verdict): boolean {
  return severity !== 'notice' && (mend !== undefined || clauses !== undefined);
}

const mends: readonly Mend[] = ['anew', 'modify', 'add'];

function remedy(given: Given, verdicts: readonly Verdict[]): string {
  const { expectation, table } = given;
  if (another(given)) return replace(expectation);
  const wrong = verdicts.filter(repairs);
  const columns = expectation.columns.flatMap((column) => {
    const about = wrong.filter((verdict) => verdict.column === column.name);
    const how = mends.find((mend) => about.some((verdict) => verdict.mend === mend));
    return how === undefined ? [] : mended(table, column, how);
  });
  const clauses = wrong.flatMap((verdict) => verdict.clauses ?? []);
  // Partitions bind the primary key to their columns (error 1503).
  const bound = table.partitioned && clauses.some((clause) => clause.startsWith('ADD PRIMARY KEY'));
  return alter(table.name, [...columns, ...clauses], bound ? '\n  REMOVE PARTITIONING' : '');
}

function tableIsView(expectation: Expectation): Finding {
  return {
    name: 'table-is-view',
    severity: 'error',
    message: `${expectation.table} is a view, not a table: it has no keys of its own, and what it shows can change without a migration. Sessions need a table.`,
    remedy: replace(expectation),
  };
}
