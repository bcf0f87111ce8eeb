import type { DescribedKey, DescribedTable } from '../config/settings-tables.ts';
import type { Table } from '../schema/table.ts';
import { quoted } from '../schema/remedy.ts';
import { altered } from '../static/catalog/alter.ts';
import { built } from '../static/catalog/built.ts';
import type { Family } from '../static/catalog/columns.ts';
import { bareTable, doubtOf, Refused, ServerDecides } from '../static/catalog/model.ts';
import type { Alteration, ColumnDefinition, KeyDefinition } from '../static/sql/change.ts';
import { readWholeColumn } from '../static/sql/columns.ts';
import { Cursor } from '../static/sql/cursor.ts';
import { NotUnderstood, tokens } from '../static/sql/tokens.ts';

/** A described table as the server would make it. */
export interface Wanted {
  readonly described: DescribedTable;
  readonly table: Table;
}

/** Why a description makes no table, and where. */
export interface Undescribed {
  readonly line: number;
  readonly message: string;
}

/**
 * The table that a description stands for, under its whole name.
 * @param family what the server is; where servers differ, `unknown` makes the description one that cannot be read
 */
export function wantedTable(
  described: DescribedTable,
  prefix: string,
  family: Family,
): Wanted | Undescribed {
  try {
    const columns = described.columns.map((one) => columnOf(one.name, one.sql, one.line));
    const empty = bareTable(prefix + described.name, nowhere);
    const parts: readonly Alteration[] = [
      ...columns.map((column) => ({ kind: 'add column' as const, column, ifNotExists: false })),
      ...keysOf(described).map((key) => ({ kind: 'add key' as const, key })),
    ];
    const table = altered(empty, parts, family, nowhere);
    const doubt = doubtOf(table);
    if (doubt !== null) throw new ServerDecides(doubt.why);
    return { described, table: built(table) };
  } catch (error) {
    if (error instanceof Misread) return { line: error.line, message: error.message };
    if (!(error instanceof Refused) && !(error instanceof ServerDecides)) throw error;
    return { line: described.line, message: `The table ${described.name}: ${error.message}` };
  }
}

const nowhere = { file: '', line: 1 };

/** The SQL of one column is not read here. */
class Misread extends Error {
  override readonly name = 'Misread';
  readonly line: number;
  constructor(line: number, message: string) {
    super(message);
    this.line = line;
  }
}

function columnOf(name: string, sql: string, line: number): ColumnDefinition {
  try {
    const at = new Cursor(tokens(`${quoted(name)} ${sql}`));
    const column = readWholeColumn(at);
    if (column.primary || column.unique)
      throw new Misread(line, `${name}: keys are described beside the columns, not with them`);
    return column;
  } catch (error) {
    if (!(error instanceof NotUnderstood)) throw error;
    throw new Misread(
      line,
      `${name}: "${sql}" is not read here (${error.message}). It must be what stands behind the name in CREATE TABLE, as varchar(255) NOT NULL`,
    );
  }
}

function keysOf({ primaryKey, uniqueKeys, indexes }: DescribedTable): readonly KeyDefinition[] {
  const key =
    (kind: KeyDefinition['kind']) =>
    ({ columns }: DescribedKey): KeyDefinition => ({
      kind,
      name: null,
      parts: columns.map((column) => ({ column, length: null })),
      visible: true,
    });
  return [
    ...(primaryKey === null ? [] : [key('primary')(primaryKey)]),
    ...uniqueKeys.map(key('unique')),
    ...indexes.map(key('plain')),
  ];
}
