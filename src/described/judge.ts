import { commitMigration } from '../schema/migration.ts';
import { inDatabase } from '../remedy.ts';
import { settingsFile } from '../config/settings-path.ts';
import type { DescribedColumn, DescribedKey } from '../config/settings-tables.ts';
import { type Finding, remedies } from '../finding.ts';
import { alter, keyList, quoted } from '../schema/remedy.ts';
import type { Column, Index, Table } from '../schema/table.ts';
import { columnNamed, describeColumn } from '../schema/words.ts';
import { describedRules, type DescribedRule } from '../static/judge/described-names.ts';
import type { Wanted } from './wanted.ts';

/** What is there under the name of a described table. */
export type Found = Table | 'absent' | 'not visible';

interface Difference {
  readonly rule: DescribedRule;
  readonly message: string;
  readonly line: number;
  /** Parts of the ALTER TABLE that puts it right. */
  readonly clauses: readonly string[];
}

/**
 * Holds a table against its description. What is not described is not looked at. The first finding carries one
 * ALTER TABLE for all of them.
 */
export function judgeDescribed(wanted: Wanted, found: Found): readonly Finding[] {
  const { name } = wanted.table;
  const { line } = wanted.described;
  if (found === 'not visible') {
    const message = `The database does not let this user read ${name}, so that nobody can tell whether it is as described.`;
    return [finding('described-table', line, message)];
  }
  if (found === 'absent') {
    const message = `There is no table ${name}, which ${settingsFile} describes.`;
    return [
      {
        ...finding('described-table', line, message),
        remedies: remedies(
          inDatabase('', creation(wanted)),
          commitMigration(name, [creation(wanted)]),
        ),
      },
    ];
  }
  if (found.kind === 'view') {
    const message = `${name} is a view; ${settingsFile} describes a table.`;
    return [finding('described-table', line, message)];
  }
  return reported(name, [...columnDifferences(wanted, found), ...keyDifferences(wanted, found)]);
}

function reported(table: string, differences: readonly Difference[]): readonly Finding[] {
  const remedy = alter(
    table,
    differences.flatMap(({ clauses }) => clauses),
  );
  return differences.map(({ rule, message, line }, at) => ({
    ...finding(rule, line, message),
    remedies:
      at === 0
        ? remedies(inDatabase('', remedy), commitMigration(table, [remedy]))
        : remedies(`Part of the remedy of ${differences[0]?.rule ?? rule}.`),
  }));
}

function finding(name: DescribedRule, line: number, message: string): Finding {
  return { name, severity: describedRules[name], message, at: { file: settingsFile, line } };
}

function* columnDifferences({ described, table }: Wanted, found: Table): Generator<Difference> {
  for (const [at, own] of described.columns.entries()) {
    const wanted = table.columns[at];
    const there = columnNamed(found, own.name);
    if (wanted === undefined) continue;
    if (there === undefined) yield missing(found.name, own);
    else if (!isSame(wanted, there)) yield different(found.name, own, wanted, there);
  }
}

function missing(table: string, { name, sql, line }: DescribedColumn): Difference {
  return {
    rule: 'described-column',
    message: `${table} has no column ${name}; described is: ${sql}.`,
    line,
    clauses: [`ADD COLUMN ${quoted(name)} ${sql}`],
  };
}

function isSame(wanted: Column, found: Column): boolean {
  return (
    wanted.type.normal === found.type.normal &&
    wanted.nullable === found.nullable &&
    wanted.default.normal === found.default.normal &&
    wanted.extra.normal === found.extra.normal
  );
}

function different(
  table: string,
  { name, sql, line }: DescribedColumn,
  wanted: Column,
  found: Column,
): Difference {
  return {
    rule: 'described-column',
    message: `${table}.${name} is ${describeColumn(found)}; described is ${describeColumn(wanted)}.`,
    line,
    clauses: [`MODIFY ${quoted(name)} ${sql}`],
  };
}

function* keyDifferences({ described, table }: Wanted, found: Table): Generator<Difference> {
  const { primaryKey, uniqueKeys, indexes } = described;
  if (primaryKey !== null && !covers(found.primaryKey, table.primaryKey)) {
    const drop = found.primaryKey === null ? [] : ['DROP PRIMARY KEY'];
    const is =
      found.primaryKey === null ? 'no primary key' : `the primary key ${words(found.primaryKey)}`;
    yield {
      rule: 'described-key',
      message: `${found.name} has ${is}; described is (${primaryKey.columns.join(', ')}).`,
      line: primaryKey.line,
      clauses: [...drop, `ADD PRIMARY KEY (${keyList(primaryKey.columns)})`],
    };
  }
  for (const key of uniqueKeys)
    if (!allOf(found).some((one) => one.unique && isOver(one, key)))
      yield lacking(found.name, key, 'unique key', 'ADD UNIQUE KEY');
  for (const key of indexes)
    if (!allOf(found).some((one) => one.visible && begins(one, key)))
      yield lacking(found.name, key, 'index', 'ADD KEY');
}

function lacking(table: string, key: DescribedKey, kind: string, clause: string): Difference {
  return {
    rule: 'described-key',
    message: `${table} has no ${kind} over (${key.columns.join(', ')}).`,
    line: key.line,
    clauses: [`${clause} (${keyList(key.columns)})`],
  };
}

function allOf({ indexes, primaryKey }: Table): readonly Index[] {
  return primaryKey === null ? indexes : [primaryKey, ...indexes];
}

function covers(found: Index | null, wanted: Index | null): boolean {
  return found !== null && wanted !== null && words(found) === words(wanted);
}

function isOver({ parts }: Index, { columns }: DescribedKey): boolean {
  return parts.length === columns.length && begins({ parts }, { columns });
}

/** An index over more columns serves those it begins with. */
function begins(
  { parts }: Pick<Index, 'parts'>,
  { columns }: Pick<DescribedKey, 'columns'>,
): boolean {
  return columns.every((column, at) => {
    const part = parts[at];
    return part?.length === null && part.column.toLowerCase() === column.toLowerCase();
  });
}

function words({ parts }: Index): string {
  const each = parts.map(({ column, length }) => {
    const name = column.toLowerCase();
    return length === null ? name : `${name}(${length})`;
  });
  return `(${each.join(', ')})`;
}

/** The table as described, to be pasted. */
export function creation({ described, table }: Wanted): string {
  const { columns, primaryKey, uniqueKeys, indexes } = described;
  const lines = [
    ...columns.map(({ name, sql }) => `${quoted(name)} ${sql}`),
    ...(primaryKey === null ? [] : [`PRIMARY KEY (${keyList(primaryKey.columns)})`]),
    ...uniqueKeys.map((key) => `UNIQUE KEY (${keyList(key.columns)})`),
    ...indexes.map((key) => `KEY (${keyList(key.columns)})`),
  ];
  return `CREATE TABLE ${quoted(table.name)} (${lines.map((line) => `\n  ${line}`).join(',')}\n);`;
}
