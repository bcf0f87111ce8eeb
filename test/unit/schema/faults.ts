import { expect, test } from '@jest/globals';
import { expected } from '../../../src/schema/expected.ts';
import { judgeTable } from '../../../src/schema/judge.ts';
import type { Table } from '../../../src/schema/table.ts';
import { generated, sketched, type TableSketch } from '../../fakes/database.ts';
import { session } from './session.ts';
import { pasted } from '../../fakes/remedies.ts';

/** How a table differs from the generator's. */
export type Change = Partial<Omit<TableSketch, 'columns'>> & {
  columns?: Record<string, string | null>;
};

/** The generator's table with some columns described otherwise, taken away (null) or added. */
export function table({ columns = {}, ...rest }: Change): Table {
  const own = generated.columns.map((line) => {
    const name = line.split(' ')[0] ?? '';
    const other = columns[name];
    return other === undefined ? [line] : other === null ? [] : [`${name} ${other}`];
  });
  const names = generated.columns.map((line) => line.split(' ')[0]);
  const more = Object.entries(columns).filter(([name]) => !names.includes(name));
  const added = more.map(([name, words]) => `${name} ${words ?? ''}`);
  return sketched({ ...generated, ...rest, columns: [...own.flat(), ...added] });
}

/** A table and what the rules must say of it. */
export interface Fault {
  readonly given: string;
  readonly table: Change;
  /** `severity name`, worst first. */
  readonly exact: readonly string[];
  readonly compatible: readonly string[];
  readonly matchIP?: boolean;
  /** Words of the first message, which say why it breaks this application. */
  readonly says?: string;
  readonly remedy?: string;
}

/** One test for each fault, in both match modes. */
export function judges(list: readonly Fault[]): void {
  test.each(list)(
    '$given',
    ({ table: change, exact, compatible, matchIP = false, ...reported }) => {
      const wanted = expected({ ...session, matchIP });
      const judged = judgeTable(wanted, table(change), 'exact');
      expect(judged.map((one) => `${one.severity} ${one.name}`)).toEqual(exact);
      const tolerant = judgeTable(wanted, table(change), 'compatible');
      expect(tolerant.map((one) => `${one.severity} ${one.name}`)).toEqual(compatible);
      if (reported.says !== undefined) expect(judged[0]?.message).toContain(reported.says);
      if (reported.remedy !== undefined) expect(pasted(judged[0])).toContain(reported.remedy);
    },
  );
}
