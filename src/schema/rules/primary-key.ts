import { of } from '../../findings/entry.ts';
import { keyList, quoted } from '../remedy.ts';
import { defineRule, type Given, type Verdict } from '../rule.ts';
import type { Index } from '../table.ts';
import { columnNamed } from '../words.ts';
import { generatedKey, partWords } from './keys.ts';

/** With matchIP the handler looks for id and ip_address, without it for id alone. */
export const primaryKey = defineRule(
  'primary-key',
  of('not `(id)`, or with matchIP not `(id, ip_address)`', 'lines', 'error', 'warning', 'notice'),
  (given) => {
    const { primaryKey: wanted } = given.expectation;
    const found = given.table.primaryKey;
    if (found !== null && covers(found, wanted)) return [];
    const problem = `${given.table.name} has ${keyWords(given, found)}, expected (${wanted.join(', ')}) because matchIP is ${String(given.expectation.matchIP)}`;
    return [tolerable(given, problem) ?? wrong(given, problem)];
  },
);

function wrong(given: Given, problem: string): Verdict<'error'> {
  return {
    severity: 'error',
    message: `${problem}. ${keyReason(given)}`,
    clauses: keyClauses(given),
  };
}

/** What `compatible` lets pass: the same columns in another order, a unique key in its place, one column too many. */
function tolerable(given: Given, problem: string): Verdict<'warning' | 'notice'> | null {
  if (given.match !== 'compatible') return null;
  const { primaryKey: wanted, matchIP } = given.expectation;
  const keys = [given.table.primaryKey, ...given.table.indexes].filter((key) => key !== null);
  const same = keys.some(
    (key) => key.unique && key.visible && covers({ ...key, parts: sorted(key) }, wanted),
  );
  if (same && wanted.every((name) => columnNamed(given.table, name)?.nullable === false)) {
    return {
      severity: 'notice',
      message: `${problem}: accepted (session-table-match: compatible).`,
    };
  }
  const both = ['id', 'ip_address'];
  if (!matchIP && given.table.primaryKey !== null && covers(given.table.primaryKey, both)) {
    return {
      severity: 'warning',
      message: `${problem}. It works (session-table-match: compatible), but one id may get several rows.`,
      clauses: keyClauses(given),
    };
  }
  return null;
}

function sorted({ parts }: Index): Index['parts'] {
  return parts.toSorted((a, b) => (a.column < b.column ? -1 : 1));
}

function covers({ parts }: Index, wanted: readonly string[]): boolean {
  return (
    parts.length === wanted.length &&
    parts.every((part, at) => part.length === null && part.column.toLowerCase() === wanted[at])
  );
}

function keyWords(given: Given, key: Index | null): string {
  if (key === null) return 'no primary key';
  const own = generatedKey(given) === undefined ? '' : ', which the server made up and hides';
  return `the primary key (${partWords(key)})${own}`;
}

function keyReason(given: Given): string {
  const { expectation, table } = given;
  const found = (table.primaryKey?.parts ?? []).map(({ column }) => column.toLowerCase());
  if (generatedKey(given) !== undefined || found.length === 0) {
    return 'Each request reads the whole table, and two first requests of one visitor make two rows.';
  }
  if (expectation.matchIP && !found.includes('ip_address')) {
    return 'With matchIP a visitor whose address changes gets a second row: Duplicate entry, HTTP 500.';
  }
  if (!found.includes('id')) {
    return 'The second visitor with the same value gets HTTP 500 (Duplicate entry).';
  }
  return 'One id may get several rows, ids may be taken for one another, or be found only by reading the whole table. If the server answers Duplicate entry to the remedy, delete the older rows of that id first.';
}

function keyClauses(given: Given): readonly string[] {
  const add = `ADD PRIMARY KEY (${keyList(given.expectation.primaryKey)})`;
  const own = generatedKey(given);
  if (own !== undefined) return ['DROP PRIMARY KEY', `DROP COLUMN ${quoted(own.name)}`, add];
  if (given.table.primaryKey === null) return [add];
  return ['DROP PRIMARY KEY', add, ...counting(given)];
}

/** A counting column of its own must stay a key when it stops being the primary one (error 1075). */
function counting({ table, expectation }: Given): readonly string[] {
  return (table.primaryKey?.parts ?? []).flatMap(({ column }) => {
    const counts = columnNamed(table, column)?.extra.normal.includes('auto_increment') ?? false;
    const ours = expectation.columns.some(({ name }) => name === column.toLowerCase());
    return counts && !ours ? [`ADD UNIQUE KEY (${quoted(column)})`] : [];
  });
}
