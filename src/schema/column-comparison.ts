import { everyRule } from './rules/all.ts';
import type { Expectation, ExpectedColumn } from './expected.ts';
import type { Match } from './rule.ts';
import type { Table } from './table.ts';
import { columnNamed, describeColumn } from './words.ts';

/** One column in words, for the output `columns` and the step summary. */
export interface ColumnComparison {
  readonly name: string;
  readonly expected: string;
  /** As found, the server's own words beside ours where they differ; `missing`, `table missing` or `not visible`. */
  readonly actual: string;
  /** No rule finds an error in it. */
  readonly ok: boolean;
}

/** The expected columns and what was found, in words. */
export function compareColumns(
  expectation: Expectation,
  found: Table | 'absent' | 'not visible',
  match: Match = 'exact',
): readonly ColumnComparison[] {
  return expectation.columns.map((wanted) => {
    const reported = { name: wanted.name, expected: expectedWords(wanted) };
    if (found === 'absent') return { ...reported, actual: 'table missing', ok: false };
    if (found === 'not visible') return { ...reported, actual: found, ok: false };
    const column = columnNamed(found, wanted.name);
    const given = { expectation, table: found, match };
    const ok = !everyRule
      .flatMap((rule) => rule.judge(given))
      .some((verdict) => verdict.column === wanted.name && verdict.severity === 'error');
    return { ...reported, actual: column === undefined ? 'missing' : describeColumn(column), ok };
  });
}

function expectedWords({ type, default: fallback }: ExpectedColumn): string {
  return `${type} not null${fallback === 'none' ? '' : ` default ${fallback}`}`;
}
