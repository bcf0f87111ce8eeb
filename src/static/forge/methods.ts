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
import type { ModelTable } from '../catalog/model.ts';
import { cacheOf } from './data-cache.ts';
import { createTable, firstDoubt, unknownIn } from './create-table.ts';
import { keySql, primarySql } from './create.ts';
import { columnSql, identifier } from './fields.ts';
import type { Connection } from './connection.ts';
import {
  addForeignKey,
  dropForeignKeySql,
  foreignKeysAfterwards,
  linesOf,
  names,
} from './foreign-keys.ts';
import { Pending, type Forge } from './forge.ts';

/** What a method of Forge answers; null for the Forge itself. */
type Method = (forge: Forge, given: Arguments, at: At) => Value | null;

/** The methods of Forge that shape tables, by their names in lower case. */
export const forgeMethods: Readonly<Record<string, Method>> = {
  addfield(forge, given, at) {
    const fields = argument(given, 0, 'fields') ?? argument(given, 0, 'field');
    if (fields?.kind === 'list') forge.addFields(fields, at);
    else if (fields !== undefined) forge.addField(0, fields, at);
    return null;
  },
  addkey(forge, given, at) {
    const unique = truth(argument(given, 2, 'unique') ?? scalar(false)) === true;
    const primary = truth(argument(given, 1, 'primary') ?? scalar(false)) === true;
    return key(forge, given, at, { primary, unique, name: argument(given, 3, 'keyName') });
  },
  addprimarykey: (forge, given, at) =>
    key(forge, given, at, { primary: true, unique: false, name: argument(given, 1, 'keyName') }),
  adduniquekey: (forge, given, at) =>
    key(forge, given, at, { primary: false, unique: true, name: argument(given, 1, 'keyName') }),
  addforeignkey: addForeignKey,
  createtable: createTable,
  droptable(forge, given, at) {
    const name = tableName(forge, given, at, 'tableName');
    if (name === null) return scalar(false);
    const { prefix } = forge.connection.settings;
    const full = prefix !== '' && name.startsWith(prefix) ? name : prefix + name;
    const ifExists = truth(argument(given, 1, 'ifExists') ?? scalar(false)) === true;
    const { connection } = forge;
    // Forge::dropTable does so, and leaves them on.
    if (at.doubt === null) connection.say('SET FOREIGN_KEY_CHECKS=0', at);
    connection.say(`DROP TABLE ${ifExists ? 'IF EXISTS ' : ''}${identifier(full)}`, at);
    if (at.doubt === null) connection.say('SET FOREIGN_KEY_CHECKS=1', at);
    cacheOf(connection.catalog).note(full, at.doubt === null ? false : null);
    return scalar(true);
  },
  renametable(forge, given, at) {
    const name = tableName(forge, given, at, 'tableName');
    const to = textOf(argument(given, 1, 'newTableName'));
    const { prefix } = forge.connection.settings;
    if (name === null) return scalar(false);
    const cache = cacheOf(forge.connection.catalog);
    cache.note(prefix + name, at.doubt === null ? false : null);
    if (to !== null) cache.note(prefix + to, at.doubt === null ? true : null);
    if (to === null)
      forge.connection.unresolve(scalar(name), at, unknown('its new name', at.line), 'removes');
    else
      forge.connection.say(
        `ALTER TABLE ${identifier(prefix + name)} RENAME TO ${identifier(prefix + to)}`,
        at,
      );
    return scalar(true);
  },
  addcolumn: (forge, given, at) => alterColumns(forge, given, at, 'ADD'),
  modifycolumn: (forge, given, at) => alterColumns(forge, given, at, 'MODIFY'),
  dropcolumn(forge, given, at) {
    const columns = argument(given, 1, 'columnNames') ?? argument(given, 1, 'columnName');
    const all = columns?.kind === 'list' ? names(columns) : (textOf(columns)?.split(',') ?? null);
    const clauses = all?.map((one) => `DROP COLUMN ${identifier(one.trim())}`) ?? null;
    return alter(forge, given, at, clauses, columns === undefined ? null : firstUnknown(columns));
  },
  dropkey(forge, given, at) {
    if (!forge.connection.rules.hasDropKey) return missing(forge, at, 'dropKey()', '4.1.5');
    const name = argument(given, 1, 'keyName');
    const reported = textOf(name);
    return alter(
      forge,
      given,
      at,
      reported === null ? null : [`DROP INDEX ${identifier(reported)}`],
      null,
    );
  },
  dropprimarykey: (forge, given, at) =>
    forge.connection.rules.hasNamedKeys
      ? alter(forge, given, at, ['DROP PRIMARY KEY'], null)
      : missing(forge, at, 'dropPrimaryKey()', '4.3'),
  dropforeignkey: (forge, given, at) =>
    alter(forge, given, at, [dropForeignKeySql(forge, given)], null),
  getconnection: ({ connection }) => ({ kind: 'thing', thing: connection }),
  processindexes,
};

function missing(forge: Forge, at: At, method: string, since: string): Value {
  forge.connection.fail(at, `${method} came with CodeIgniter ${since}`);
  return scalar(false);
}

interface Wish {
  readonly primary: boolean;
  readonly unique: boolean;
  readonly name: Value | undefined;
}

function key(forge: Forge, given: Arguments, at: At, { primary, unique, name }: Wish): null {
  const columns = argument(given, 0, 'key') ?? scalar('');
  forge.pending.doubt ??= at.doubt ?? firstUnknown(columns) ?? unknownIn(name);
  const own = textOf(name) ?? '';
  if (primary) forge.addPrimary(names(columns), own, at);
  else
    forge.pending.keys.push({
      columns: names(columns),
      isList: columns.kind === 'list',
      unique,
      name: own,
    });
  return null;
}

/** The table a method is about, without its prefix; null when only running tells, which is recorded. */
function tableName(forge: Forge, given: Arguments, at: At, parameter = 'table'): string | null {
  const value = argument(given, 0, parameter);
  const name = textOf(value);
  if (name === null || value?.kind !== 'scalar') {
    const why = value?.kind === 'unknown' ? value : unknown('the name of a table', at.line);
    forge.connection.unresolve(undefined, at, why, 'changes');
    return null;
  }
  return name;
}

function alter(
  forge: Forge,
  given: Arguments,
  at: At,
  clauses: readonly string[] | null,
  doubt: Unknown | null,
): Value {
  const { connection } = forge;
  const { lines, lost } = forge.pending;
  const name = tableName(forge, given, at);
  if (name === null) return scalar(true);
  const why = firstDoubt([at.doubt, doubt]);
  if (why !== null || clauses === null) {
    connection.unresolve(scalar(name), at, why ?? unknown('a name', at.line), 'changes');
    return scalar(true);
  }
  const sql = `ALTER TABLE ${identifier(connection.settings.prefix + name)} ${clauses.join(', ')}`;
  connection.say(sql, at, { lines, unknown: lost?.why });
  return scalar(true);
}

function alterColumns(forge: Forge, given: Arguments, at: At, verb: 'ADD' | 'MODIFY'): Value {
  const fields = argument(given, 1, 'fields') ?? argument(given, 1, 'field') ?? scalar('');
  if (fields.kind === 'list') forge.addFields(fields, at);
  else forge.addField(0, fields, at);
  const { pending } = forge;
  const clauses = [...pending.fields].map(([name, field]) => {
    const renames = typeof field !== 'string' && (textOf(field.get('NAME')) ?? '') !== '';
    return `${verb === 'MODIFY' && renames ? 'CHANGE' : verb} ${columnSql(name, field, 'alter') ?? ''}`;
  });
  const result = alter(forge, given, at, clauses, pending.doubt);
  forge.pending = new Pending();
  return result;
}

/** Keys that were collected, for a table that is there (4.3 and newer). */
function processindexes(forge: Forge, given: Arguments, at: At): Value {
  const { pending, connection } = forge;
  if (!connection.rules.hasNamedKeys) return missing(forge, at, 'processIndexes()', '4.3');
  const name = tableName(forge, given, at);
  forge.pending = new Pending();
  if (name === null) return scalar(true);
  const full = connection.settings.prefix + name;
  const entry = connection.catalog.tables.get(full);
  const doubt = firstDoubt([at.doubt, pending.doubt]);
  if (doubt !== null || entry?.kind !== 'table') {
    const why = doubt ?? unknown('a table that no migration creates', at.line);
    connection.unresolve(scalar(name), at, why, 'changes');
    return scalar(true);
  }
  addIndexes(forge.connection, pending, entry.table, at);
  for (const sql of foreignKeysAfterwards(pending, name, connection.settings.prefix)) {
    connection.say(`ALTER TABLE ${identifier(full)} ADD ${sql}`, at, {
      lines: linesOf(pending, name),
    });
  }
  return scalar(true);
}

function addIndexes(
  connection: Connection,
  pending: Pending,
  { name, columns }: ModelTable,
  at: At,
): void {
  const own = columns.map((one) => one.name);
  const known = pending.fields.size > 0 ? [...pending.fields.keys()] : own;
  const keys = pending.keys.map((one) => keySql(one, known, connection.rules));
  for (const sql of [...keys, primarySql(pending.primary, known, name)]) {
    if (sql !== null)
      connection.say(`ALTER TABLE ${identifier(name)} ADD ${sql}`, at, { lines: pending.lines });
  }
}
