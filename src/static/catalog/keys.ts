import type { KeyDefinition } from '../sql/change.ts';
import {
  columnOf,
  indexOf,
  mustBeShort,
  Refused,
  ServerDecides,
  type ModelIndex,
  type ModelTable,
  type Place,
} from './model.ts';

/**
 * The table with one more key.
 * @throws Refused where the server refuses it, ServerDecides where servers differ
 */
export function withKey(table: ModelTable, key: KeyDefinition, place: Place): ModelTable {
  const parts = partsOf(table, key);
  if (key.kind === 'primary') return withPrimary(table, parts, place);
  const generated = key.kind === 'foreign';
  if (generated && table.indexes.some((one) => !one.generated && covers(one, parts))) return table;
  const others = key.kind === 'special' ? table : withoutGenerated(table, parts);
  const name = key.name ?? key.index ?? freeName(others, parts[0]?.column ?? '');
  mustBeShort(name);
  if (indexOf(others, name) !== undefined) throw new Refused(`Duplicate key name '${name}'`);
  const index = {
    name,
    unique: key.kind === 'unique',
    visible: key.visible,
    parts,
    place,
    generated,
  };
  return { ...others, indexes: [...others.indexes, index] };
}

/** The table without the indexes of foreign keys that a key of these columns replaces. */
function withoutGenerated(table: ModelTable, parts: readonly Part[]): ModelTable {
  const replaced = (one: ModelIndex): boolean => one.generated && covers({ parts }, one.parts);
  return { ...table, indexes: table.indexes.filter((one) => !replaced(one)) };
}

type Part = ModelIndex['parts'][number];

function partsOf(table: ModelTable, key: KeyDefinition): readonly Part[] {
  const check = key.kind === 'special' ? present : checked;
  const parts = key.parts.map((part) => check(table, part));
  if (parts.length === 0) throw new Refused('a key without columns');
  if (new Set(parts.map(({ column }) => column.toLowerCase())).size < parts.length) {
    throw new Refused('a key has the same column twice');
  }
  return parts;
}

const bytesInAll = 3072;

function present(table: ModelTable, part: Part): Part {
  if (part.column === '(expression)') return part;
  const column = columnOf(table, part.column);
  if (column === undefined) {
    throw new Refused(`Key column '${part.column}' doesn't exist in table`, { missing: true });
  }
  return { ...part, column: column.name };
}

function checked(table: ModelTable, given: Part): Part {
  const part = present(table, given);
  const column = columnOf(table, part.column);
  if (column?.doubt !== null) return part;
  if (/(blob|text)$/.test(column.type) && part.length === null) {
    // MariaDB cuts it to 3072 bytes or hashes it, MySQL refuses.
    throw new ServerDecides(`a key over the whole of "${part.column}", a BLOB or TEXT`);
  }
  const size = sizeOf(column.type);
  const bytes = (part.length ?? size) * (column.type.includes('binary') ? 1 : 4);
  if (bytes > bytesInAll) throw new ServerDecides('a key longer than 3072 bytes');
  // A prefix of the whole length is no prefix.
  return { column: column.name, length: part.length === size ? null : part.length };
}

function sizeOf(type: string): number {
  return Number(/^(?:var)?(?:char|binary)\((\d+)\)$/.exec(type)?.[1] ?? 0);
}

function withPrimary(table: ModelTable, parts: readonly Part[], place: Place): ModelTable {
  if (indexOf(table, 'PRIMARY') !== undefined) throw new Refused('Multiple primary key defined');
  const names = parts.map(({ column }) => column.toLowerCase());
  const columns = table.columns.map((one) =>
    names.includes(one.name.toLowerCase()) ? neverNull(one) : one,
  );
  const { indexes } = withoutGenerated(table, parts);
  const index = { name: 'PRIMARY', unique: true, visible: true, parts, place, generated: false };
  return { ...table, columns, indexes: [index, ...indexes] };
}

/** What a primary key does to its columns. */
export function neverNull<Column extends { nullable: boolean; fallback: string }>(
  column: Column,
): Column {
  return {
    ...column,
    nullable: false,
    fallback: column.fallback === 'null' ? 'none' : column.fallback,
  };
}

/** Whether a key begins with these columns, whole and in their order. */
export function covers(key: { readonly parts: readonly Part[] }, wanted: readonly Part[]): boolean {
  return wanted.every(({ column }, at) => {
    const part = key.parts[at];
    return part?.length === null && part.column.toLowerCase() === column.toLowerCase();
  });
}

function freeName(table: ModelTable, column: string): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? column : `${column}_${number}`;
    const taken = indexOf(table, name) !== undefined || name.toUpperCase() === 'PRIMARY';
    if (!taken) return name;
  }
}

/** The table without a column in its keys; a key that loses all its columns goes with them. */
export function withoutColumn(table: ModelTable, name: string): readonly ModelIndex[] {
  return table.indexes.flatMap((index) => {
    const parts = index.parts.filter(({ column }) => column.toLowerCase() !== name.toLowerCase());
    if (parts.length === index.parts.length) return [index];
    if (parts.length > 0 && index.unique) {
      throw new ServerDecides('dropping one column of a key with several');
    }
    return parts.length === 0 ? [] : [{ ...index, parts }];
  });
}

/** The table whose keys call a column by another name. */
export function renamedInKeys(table: ModelTable, from: string, to: string): ModelTable {
  const renamed = (column: string): string =>
    column.toLowerCase() === from.toLowerCase() ? to : column;
  const indexes = table.indexes.map((index) => ({
    ...index,
    parts: index.parts.map((part) => ({ ...part, column: renamed(part.column) })),
  }));
  const own = table.foreignKeys?.map((one) => ({ ...one, columns: one.columns.map(renamed) }));
  return { ...table, indexes, foreignKeys: own ?? null };
}
