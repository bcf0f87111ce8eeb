import { doubtOf, type ModelForeignKey, type ModelTable } from '../catalog/model.ts';
import {
  argument,
  list,
  scalar,
  textOf,
  unknown,
  type Arguments,
  type At,
  type Value,
} from '../program/value.ts';
import type { Connection } from './connection.ts';
import { Row } from './row.ts';

/** What a connection answers when it is asked to describe a table. */
type Describe = (connection: Connection, given: Arguments, at: At) => Value;

/** The questions, by the names of their methods in lower case. */
export const descriptions: Readonly<Record<string, Describe>> = {
  getfielddata: about(({ columns }) =>
    list(
      columns.map(({ name, type }) =>
        row({ name: scalar(name), type: scalar(type.replace(/[ (].*$/, '')) }),
      ),
    ),
  ),
  getindexdata: about(({ indexes }) => ({
    kind: 'list',
    entries: new Map(
      indexes.map(({ name, unique, parts }) => {
        const type = name === 'PRIMARY' ? name : unique ? 'UNIQUE' : 'INDEX';
        const fields = list(parts.map(({ column }) => scalar(column)));
        return [name, row({ name: scalar(name), type: scalar(type), fields })];
      }),
    ),
  })),
  getforeignkeydata: about((table, { rules }) => {
    if (table.foreignKeys === null) return null;
    const all = table.foreignKeys.map((key) => ({ ...key, table: table.name }));
    if (!rules.hasNamedKeys) return list(all.flatMap(rowsOfColumns));
    return { kind: 'list', entries: new Map(all.map((key) => [key.name, rowOfKey(key)])) };
  }),
};

type OwnKey = ModelForeignKey & { readonly table: string };

/** From 4.3 a foreign key is one row, its columns are lists, and its name is the key in the array. */
function rowOfKey({ name, table, columns, references }: OwnKey): Value {
  return row({
    constraint_name: scalar(name),
    table_name: scalar(table),
    column_name: list(columns.map(scalar)),
    foreign_table_name: scalar(references.table),
    foreign_column_name: list(references.columns.map(scalar)),
  });
}

/** Before 4.3 each of its columns is a row. */
function rowsOfColumns({ name, table, columns, references }: OwnKey): readonly Value[] {
  return columns.map((column, at) =>
    row({
      constraint_name: scalar(name),
      table_name: scalar(table),
      column_name: scalar(column),
      foreign_table_name: scalar(references.table),
      foreign_column_name: scalar(references.columns[at] ?? null),
    }),
  );
}

function row(properties: Readonly<Record<string, Value>>): Value {
  return { kind: 'thing', thing: new Row(properties) };
}

/** Null where what is asked for is not known; the table itself is. */
function about(answer: (table: ModelTable, connection: Connection) => Value | null): Describe {
  return (connection, given, at) => {
    const name = textOf(argument(given, 0, 'table') ?? argument(given, 0, 'tableName'));
    const { catalog, settings } = connection;
    const entry = name === null ? undefined : catalog.tables.get(settings.prefix + name);
    const table = entry?.kind === 'table' && doubtOf(entry.table) === null ? entry.table : null;
    const found = table === null ? null : answer(table, connection);
    return found ?? unknown('what a table is like', at.line);
  };
}
