import type { Catalog } from '../catalog/catalog.ts';
import { textOf, type Value } from '../program/value.ts';
import { seen, shown, views, type ViewRow } from './views.ts';

/** A question of SQL about tables: where its rows come from, which of them, and what of each. */
interface Question {
  readonly rows: readonly ViewRow[] | null;
  readonly conditions: string;
  readonly wanted: string;
}

/**
 * The rows that answer a question about tables, columns, keys and foreign keys, in the ways migrations ask it. Null for
 * every other question, and where the tables are not known.
 * @param bound values for the question marks
 */
export function answered(
  sql: string,
  bound: Value | undefined,
  catalog: Catalog,
): readonly ViewRow[] | null {
  if (sql.length > longest) return null;
  const text = withValues(plain(sql), bound);
  const question = text === null ? null : (ofSchema(text, catalog) ?? ofShow(text, catalog));
  if (question?.rows == null) return null;
  const tests = testsOf(question.conditions);
  if (tests === null) return null;
  return selected(
    question.wanted,
    question.rows.filter((row) => tests.every((test) => test(row))),
  );
}

// More than any question of a guard; patterns below take long on long texts.
const longest = 2000;

/** One line, without its end. */
function plain(sql: string): string {
  return sql.replaceAll(/\s+/g, ' ').trim().replace(/ ?;$/, '');
}

/** The statement with its values in it; null where they are not known, or not by place. */
function withValues(sql: string, bound: Value | undefined): string | null {
  if (bound === undefined) return sql;
  const values = bound.kind === 'list' ? [...bound.entries.values()].map(textOf) : [textOf(bound)];
  if (values.some((one) => one === null || /['\\?]/.test(one))) return null;
  let at = 0;
  const text = sql.replaceAll('?', () => `'${values[at++] ?? ''}'`);
  return at === values.length ? text : null;
}

const select =
  /^SELECT\s+([^;]+?)\s+FROM\s+`?information_schema`?\.`?(\w+)`?(?:\s+(?:AS\s+)?(?!WHERE)\w+)?\s+WHERE\s+([\s\S]+?)(?:\s+ORDER\s+BY\s+[\w.,\s]+?)?(?:\s+LIMIT\s+\d+)?$/i;
const named = /(?:^|\s|\.)TABLE_NAME`?\s*(?:=|LIKE)\s*'([^'%]*)'/i;

function ofSchema(sql: string, catalog: Catalog): Question | null {
  const [, wanted = '', view = '', conditions = ''] = select.exec(sql) ?? [];
  const table = named.exec(conditions)?.[1];
  const rows = views[view.toUpperCase()];
  if (table === undefined || rows === undefined) return null;
  return { rows: seen(catalog, rows, table), conditions, wanted };
}

const show =
  /^(?:SHOW\s+(?:FULL\s+)?(COLUMNS|FIELDS|INDEX|INDEXES|KEYS)\s+(?:FROM|IN)|(?:DESCRIBE|DESC))\s+`?(\w+)`?(?:\s+(?:LIKE\s+'([^'%]*)'|WHERE\s+([\s\S]+)))?$/i;

function ofShow(sql: string, catalog: Catalog): Question | null {
  const found = show.exec(sql);
  if (found === null) return null;
  const [, what = 'COLUMNS', table = '', like, where] = found;
  const kind = /^(COLUMNS|FIELDS)$/i.test(what) ? 'COLUMNS' : 'INDEX';
  const rows = shown[kind];
  if (rows === undefined) return null;
  const conditions = where ?? (like === undefined ? '' : `Field = '${like}'`);
  return { rows: seen(catalog, rows, table), conditions, wanted: '*' };
}

type Test = (row: ViewRow) => boolean;

/** Conditions that are all to hold; null where one is not read. */
function testsOf(text: string): readonly Test[] | null {
  const parts = text.split(/\s+AND\s+/i).filter((part) => part.trim() !== '');
  const tests = parts.map((part) => testOf(part.trim()));
  return tests.includes(null) ? null : tests.filter((one) => one !== null);
}

function testOf(part: string): Test | null {
  // Names are distinguished by their schema alone where only one is followed.
  if (/^(?:\w+\.)?`?(?:TABLE|CONSTRAINT|INDEX)_SCHEMA`?\s*=\s*\S+$/i.test(part)) return () => true;
  const null_ = /^(?:\w+\.)?`?(\w+)`?\s+IS\s+(NOT\s+)?NULL$/i.exec(part);
  if (null_ !== null) {
    const [, name = '', not] = null_;
    return tested(name, (value) => (value === null) === (not === undefined));
  }
  const [, name, value] =
    /^(?:\w+\.)?`?(\w+)`?\s*(?:=|LIKE)\s*["']([^"'%]*)["']$/i.exec(part) ?? [];
  if (name === undefined || value === undefined) return null;
  return tested(name, (own) => own?.toLowerCase() === value.toLowerCase());
}

const columns = new Set(
  'TABLE_NAME COLUMN_NAME IS_NULLABLE INDEX_NAME NON_UNIQUE CONSTRAINT_NAME REFERENCED_TABLE_NAME REFERENCED_COLUMN_NAME FIELD KEY_NAME COLUMN_NAME NULL'.split(
    ' ',
  ),
);

function tested(name: string, test: (value: string | null) => boolean): Test | null {
  if (!columns.has(name.toUpperCase())) return null;
  return (row) => test(valueOf(row, name) ?? null);
}

function valueOf(row: ViewRow, name: string): string | null | undefined {
  for (const [own, value] of row) if (own.toLowerCase() === name.toLowerCase()) return value;
  return undefined;
}

/** What is selected of each row; null where that is not read. */
function selected(wanted: string, rows: readonly ViewRow[]): readonly ViewRow[] | null {
  if (wanted === '*' || wanted === '1') return rows;
  const [, counted, name] =
    /^(COUNT\(\s*(?:\*|1|\w+)\s*\))(?:\s+(?:AS\s+)?`?(\w+)`?)?$/i.exec(wanted) ?? [];
  if (counted !== undefined) return [new Map([[name ?? counted, String(rows.length)]])];
  const parts = wanted
    .split(',')
    .map((part) => /^(?:\w+\.)?`?(\w+)`?(?:\s+(?:AS\s+)?`?(\w+)`?)?$/i.exec(part.trim()));
  if (parts.includes(null)) return null;
  const all: ViewRow[] = [];
  for (const row of rows) {
    const some = parts.map((part): [string, string | null | undefined] => {
      const [, own = '', alias = own] = part ?? [];
      return [alias, valueOf(row, own)];
    });
    if (some.some(([, value]) => value === undefined)) return null;
    all.push(new Map(some.map(([alias, value]) => [alias, value ?? null])));
  }
  return all;
}
