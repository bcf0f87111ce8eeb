import {
  argument,
  firstUnknown,
  hole,
  scalar,
  textOf,
  type Arguments,
  type At,
  type Value,
} from '../program/value.ts';
import type { Connection } from './connection.ts';
import { foreignSql, symbolOf } from './create.ts';
import { identifier } from './fields.ts';
import type { ForeignKey, Forge, Pending } from './forge.ts';

/** Forge::addForeignKey, which collects. */
export function addForeignKey(forge: Forge, given: Arguments, at: At): null {
  const { pending, connection } = forge;
  const own = argument(given, 0, 'fieldName') ?? scalar('');
  pending.doubt ??= at.doubt ?? firstUnknown(own);
  const columns = names(own);
  const lost = columns.filter((one) => !pending.fields.has(one));
  if (!connection.rules.asksLater && lost.length > 0 && isKnown(pending)) {
    connection.fail(at, fieldNotFound(lost), true);
  }
  const referenced = argument(given, 2, 'tableField') ?? scalar('');
  const key: ForeignKey = {
    columns,
    name: textOf(argument(given, 5, 'fkName')) ?? '',
    table: textOf(argument(given, 1, 'tableName')),
    referenced: firstUnknown(referenced) === null ? names(referenced) : [hole],
    actions: action(given, 4, 'onDelete') + action(given, 3, 'onUpdate'),
  };
  pending.foreign.push(key);
  pending.foreignLines.set(key, at.line);
  return null;
}

/** Whether every foreign key has its columns; where one has not, createTable() fails. */
export function haveColumns(pending: Pending, connection: Connection, at: At): boolean {
  const { foreign, fields } = pending;
  const lost = foreign.flatMap(({ columns }) => columns.filter((one) => !fields.has(one)));
  if (lost.length === 0 || !isKnown(pending)) return true;
  connection.fail(at, fieldNotFound(lost), true);
  return false;
}

/** Foreign keys that processIndexes() adds to a table that is there: the names it makes up have no prefix. */
export function foreignKeysAfterwards(
  { foreign }: Pending,
  table: string,
  prefix: string,
): readonly string[] {
  return foreign.map((key) => foreignSql(key, table, prefix));
}

/** What Forge::dropForeignKey() adds to ALTER TABLE. */
export function dropForeignKeySql({ connection }: Forge, given: Arguments): string {
  const { rules, settings } = connection;
  const name = textOf(argument(given, 1, 'foreignName'));
  const full = name === null ? hole : `${rules.asksLater ? '' : settings.prefix}${name}`;
  return `DROP FOREIGN KEY ${identifier(full)}`;
}

function isKnown({ doubt, lost }: Pending): boolean {
  return doubt === null && lost === null;
}

function fieldNotFound(names: readonly string[]): string {
  return `Field "${names.join(', ')}" not found.`;
}

const actions = ['CASCADE', 'SET NULL', 'NO ACTION', 'RESTRICT', 'SET DEFAULT'];

function action(given: Arguments, place: number, name: 'onDelete' | 'onUpdate'): string {
  const wanted = textOf(argument(given, place, name))?.toUpperCase() ?? '';
  if (!actions.includes(wanted)) return '';
  return ` ${name === 'onDelete' ? 'ON DELETE' : 'ON UPDATE'} ${wanted}`;
}

/** Lines of what was collected, foreign keys by their names too. */
export function linesOf(
  { lines, foreign, foreignLines }: Pending,
  table: string,
): ReadonlyMap<string, number> {
  const own = foreign.map((key): [string, number] => [
    symbolOf(key, table).toLowerCase(),
    foreignLines.get(key) ?? 0,
  ]);
  return new Map([...lines, ...own]);
}

/** A name, or a list of names. */
export function names(value: Value): readonly string[] {
  if (value.kind !== 'list') return [textOf(value) ?? ''];
  return [...value.entries.values()].map((one) => textOf(one) ?? '');
}
