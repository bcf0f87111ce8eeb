import {
  argument,
  firstUnknown,
  scalar,
  textOf,
  truth,
  unknown,
  type Arguments,
  type At,
  type Unknown,
  type Value,
} from '../program/value.ts';
import type { Connection } from './connection.ts';
import { createSql } from './create.ts';
import { cacheOf } from './data-cache.ts';
import { haveColumns, linesOf } from './foreign-keys.ts';
import { Pending, type Forge } from './forge.ts';

/** Forge::createTable */
export function createTable(forge: Forge, given: Arguments, at: At): Value {
  const { pending, connection } = forge;
  const table = argument(given, 0, 'table');
  const condition = argument(given, 1, 'ifNotExists') ?? scalar(false);
  const name = textOf(table);
  forge.pending = new Pending();
  const doubt = firstDoubt([at.doubt, unknownIn(table), unknownIn(condition)]);
  if (name !== null && truth(condition) === true && isThere(connection, name, at))
    return scalar(true);
  if (doubt !== null || name === null) {
    if (name !== null) cacheOf(connection.catalog).note(connection.settings.prefix + name, null);
    connection.unresolve(table, at, doubt ?? unknown('the name of a table', at.line), 'creates');
    return scalar(true);
  }
  makeTable(connection, name, pending, argument(given, 2, 'attributes'), at);
  cacheOf(connection.catalog).note(connection.settings.prefix + name, true);
  if (truth(condition) === true) isThere(connection, name, at);
  return scalar(true);
}

/** Forge asks whether the table is there, and what it collected is gone either way. */
function isThere(connection: Connection, name: string, at: At): boolean {
  const { catalog, settings, rules } = connection;
  const full = settings.prefix + name;
  const cache = cacheOf(catalog);
  if (rules.asksAgain && at.doubt === null) cache.existsNow(full);
  // Before 4.2 the statement says IF NOT EXISTS, and the list has the table in any case.
  if (!rules.asksAgain && catalog.tables.has(full)) cache.note(full, true);
  if (!catalog.tables.has(full)) return false;
  catalog.conditional.set(full, connection.place(at.line));
  return true;
}

function makeTable(
  connection: Connection,
  name: string,
  pending: Pending,
  options: Value | undefined,
  at: At,
): void {
  const { lost } = pending;
  if (!haveColumns(pending, connection, at)) return;
  const lines = linesOf(pending, connection.settings.prefix + name);
  const unsure = firstDoubt([pending.doubt, unknownIn(options)])?.why;
  const attributes = options?.kind === 'list' ? options : null;
  const { prefix } = connection.settings;
  const sql = createSql(prefix + name, prefix, pending, connection.rules, attributes);
  connection.say(sql, at, { lines, unknown: lost?.why, unsure });
}

/** The first reason of several. */
export function firstDoubt(all: readonly (Unknown | null)[]): Unknown | null {
  return all.find((one) => one !== null) ?? null;
}

/** Why something in a value is not known; null where all is. */
export function unknownIn(value: Value | undefined): Unknown | null {
  return value === undefined ? null : firstUnknown(value);
}
