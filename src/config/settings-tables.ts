import { isScalar, isSeq } from 'yaml';
import type { SettingsNodes } from './settings-nodes.ts';

/** A column: what stands behind its name in CREATE TABLE. */
export interface DescribedColumn {
  readonly name: string;
  readonly sql: string;
  readonly line: number;
}

/** A key by its columns. */
export interface DescribedKey {
  readonly columns: readonly string[];
  readonly line: number;
}

/** A table of the application as `.ci4-deploy.yml` describes it. Not yet read as SQL. */
export interface DescribedTable {
  /** Without the prefix of the database group. */
  readonly name: string;
  readonly line: number;
  readonly columns: readonly DescribedColumn[];
  readonly primaryKey: DescribedKey | null;
  readonly uniqueKeys: readonly DescribedKey[];
  readonly indexes: readonly DescribedKey[];
}

type Draft = { -readonly [Part in keyof DescribedTable]: DescribedTable[Part] };

/** What stands under `tables`. */
export function readTables(
  nodes: SettingsNodes,
  node: unknown,
  at: number,
): readonly DescribedTable[] {
  return nodes
    .pairs(node, at, 'tables')
    .map(({ key, value, place }) => readTable(nodes, key, value, place));
}

function readTable(nodes: SettingsNodes, name: string, node: unknown, at: number): DescribedTable {
  const line = nodes.lineAt(at);
  const draft: Draft = {
    name,
    line,
    columns: [],
    primaryKey: null,
    uniqueKeys: [],
    indexes: [],
  };
  nodes.each(node, at, `the table ${name}`, {
    columns: (value, from) => (draft.columns = readColumns(nodes, name, value, from)),
    'primary key': (value, from) => (draft.primaryKey = readKey(nodes, value, from)),
    'unique keys': (value, from) => (draft.uniqueKeys = readKeys(nodes, value, from)),
    indexes: (value, from) => (draft.indexes = readKeys(nodes, value, from)),
  });
  if (draft.columns.length === 0) nodes.complain(at, `The table ${name} has no columns`);
  return draft;
}

function readColumns(
  nodes: SettingsNodes,
  table: string,
  node: unknown,
  at: number,
): readonly DescribedColumn[] {
  return nodes.pairs(node, at, `columns of ${table}`).flatMap(({ key, value, place }) => {
    const sql = isScalar(value) && typeof value.value === 'string' ? value.value : '';
    if (sql === '') nodes.complain(place, `${key} must be a type, as varchar(255) NOT NULL`);
    return { name: key, sql, line: nodes.lineAt(place) };
  });
}

/** A list of keys; each is one column or a list of columns. */
function readKeys(nodes: SettingsNodes, node: unknown, at: number): readonly DescribedKey[] {
  if (!isSeq(node)) {
    nodes.complain(at, 'Keys are a list, as [email, [shop, number]]');
    return [];
  }
  return node.items.flatMap((item) => readKey(nodes, item, rangeOf(item) ?? at) ?? []);
}

function readKey(nodes: SettingsNodes, node: unknown, at: number): DescribedKey | null {
  const parts: readonly unknown[] = isSeq(node) ? node.items : [node];
  const columns = parts.map((part) =>
    isScalar(part) && typeof part.value === 'string' ? part.value : '',
  );
  if (columns.length > 0 && !columns.includes('')) return { columns, line: nodes.lineAt(at) };
  nodes.complain(at, 'A key is a column or a list of columns, as id or [shop, number]');
  return null;
}

function rangeOf(node: unknown): number | undefined {
  return isScalar(node) || isSeq(node) ? node.range?.[0] : undefined;
}
