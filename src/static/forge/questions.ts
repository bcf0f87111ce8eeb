import {
  argument,
  list,
  scalar,
  textOf,
  truth,
  unknown,
  type Arguments,
  type At,
  type Value,
} from '../program/value.ts';
import type { Connection } from './connection.ts';
import { cacheOf } from './data-cache.ts';

type Answer = (connection: Connection, given: Arguments, at: At) => Value;

/** Questions whose answers the framework keeps, by the names of their methods in lower case. */
export const questions: Readonly<Record<string, Answer>> = {
  tableexists(connection, given, at) {
    const name = textOf(argument(given, 0, 'tableName'));
    const cached = truth(argument(given, 1, 'cached') ?? scalar(true));
    const there = name === null || cached === null ? null : exists(connection, name, cached);
    return there === null ? unknown('whether the table exists', at.line) : scalar(there);
  },
  fieldexists(connection, given, at) {
    const column = textOf(argument(given, 0, 'fieldName'));
    const names = columnsOf(connection, argument(given, 1, 'tableName'), at);
    if (column === null || names === null) return unknown('whether the column exists', at.line);
    return scalar(names.includes(column));
  },
  getfieldnames(connection, given, at) {
    const table = argument(given, 0, 'table') ?? argument(given, 0, 'tableName');
    const names = columnsOf(connection, table, at);
    return names === null ? unknown('what a table is like', at.line) : list(names.map(scalar));
  },
  listtables(connection, _, at) {
    return unknown('the tables that there are', at.line);
  },
  resetdatacache({ catalog }) {
    cacheOf(catalog).forget();
    return scalar(null);
  },
};

/** As on an empty database: what no migration made is not there. */
function exists(
  { catalog, settings, rules }: Connection,
  name: string,
  cached: boolean,
): boolean | null {
  const { prefix } = settings;
  const full = prefix !== '' && name.startsWith(prefix) ? name : prefix + name;
  const cache = cacheOf(catalog);
  return cached || !rules.asksAgain ? cache.exists(full) : cache.existsNow(full);
}

function columnsOf(
  { catalog, settings }: Connection,
  table: Value | undefined,
  { doubt }: At,
): readonly string[] | null {
  const name = textOf(table);
  if (name === null) return null;
  return cacheOf(catalog).columns(name, settings.prefix + name, doubt === null);
}
