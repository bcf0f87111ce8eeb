import { doubtOf, type ModelTable } from '../catalog/model.ts';
import type { Catalog } from '../catalog/catalog.ts';

/** A row of information_schema or of SHOW: texts by the names of their columns, null for NULL. */
export type ViewRow = ReadonlyMap<string, string | null>;

/** What a view shows of one table. */
export type View = (table: ModelTable) => readonly ViewRow[] | null;

/** Views of information_schema by their names, as far as tables are known; null where they are not. */
export const views: Readonly<Record<string, View>> = {
  TABLES: ({ name }) => [row({ TABLE_NAME: name })],
  COLUMNS: ({ name: table, columns }) =>
    columns.map(({ name, nullable }) =>
      row({ TABLE_NAME: table, COLUMN_NAME: name, IS_NULLABLE: nullable ? 'YES' : 'NO' }),
    ),
  STATISTICS: ({ name: table, indexes }) =>
    indexes.flatMap(({ name, unique, parts }) =>
      parts.map(({ column }, at) =>
        row({
          TABLE_NAME: table,
          INDEX_NAME: name,
          NON_UNIQUE: unique ? '0' : '1',
          SEQ_IN_INDEX: String(at + 1),
          COLUMN_NAME: column,
        }),
      ),
    ),
  KEY_COLUMN_USAGE: (table) => {
    if (table.foreignKeys === null) return null;
    const keys = table.indexes
      .filter(({ unique }) => unique)
      .flatMap(({ name, parts }) => parts.map(({ column }) => used(table.name, name, column)));
    const foreign = table.foreignKeys.flatMap(({ name, columns, references }) =>
      columns.map((column, at) =>
        used(table.name, name, column, references.table, references.columns[at]),
      ),
    );
    return [...keys, ...foreign];
  },
  REFERENTIAL_CONSTRAINTS: ({ name: table, foreignKeys }) =>
    foreignKeys?.map(({ name, references }) =>
      row({
        TABLE_NAME: table,
        CONSTRAINT_NAME: name,
        REFERENCED_TABLE_NAME: references.table,
      }),
    ) ?? null,
};

/** What SHOW says, by its first word behind SHOW. */
export const shown: Readonly<Record<string, View>> = {
  COLUMNS: ({ columns }) =>
    columns.map(({ name, nullable }) => row({ Field: name, Null: nullable ? 'YES' : 'NO' })),
  INDEX: ({ name: table, indexes }) =>
    indexes.flatMap(({ name, unique, parts }) =>
      parts.map(({ column }, at) =>
        row({
          Table: table,
          Non_unique: unique ? '0' : '1',
          Key_name: name,
          Seq_in_index: String(at + 1),
          Column_name: column,
        }),
      ),
    ),
};

/** What a view shows of the table of that name; null where that is not known. */
export function seen(catalog: Catalog, view: View, name: string): readonly ViewRow[] | null {
  const entry = catalog.tables.get(name);
  if (entry === undefined) return catalog.holdsOthers ? null : [];
  return entry.kind === 'table' && doubtOf(entry.table) === null ? view(entry.table) : null;
}

function used(
  table: string,
  name: string,
  column: string,
  to: string | null = null,
  referenced: string | null = null,
): ViewRow {
  return row({
    TABLE_NAME: table,
    CONSTRAINT_NAME: name,
    COLUMN_NAME: column,
    REFERENCED_TABLE_NAME: to,
    REFERENCED_COLUMN_NAME: referenced,
  });
}

function row(values: Readonly<Record<string, string | null>>): ViewRow {
  return new Map(Object.entries(values));
}
