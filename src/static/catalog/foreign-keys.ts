import type { KeyDefinition } from '../sql/change.ts';
import { mustBeShort, Refused, type ModelForeignKey, type ModelTable } from './model.ts';

/** The foreign key of that name in a table. */
export function foreignKeyOf(table: ModelTable, name: string): ModelForeignKey | undefined {
  return table.foreignKeys?.find((one) => one.name.toLowerCase() === name.toLowerCase());
}

/**
 * The table with one more foreign key; its index is there already. Engines other than InnoDB keep none.
 * @throws Refused where it names columns in pairs that do not match
 */
export function withForeignKey(table: ModelTable, key: KeyDefinition): ModelTable {
  const { references } = key;
  if (table.engine !== 'InnoDB' || table.foreignKeys === null || references === undefined) {
    return table;
  }
  const name = key.name ?? freeName(table);
  mustBeShort(name);
  const columns = key.parts.map(({ column }) => column);
  if (references.table !== null && references.columns.length !== columns.length) {
    const why = "Key reference and table reference don't match";
    throw new Refused(`Incorrect foreign key definition for '${name}': ${why}`, { about: name });
  }
  return { ...table, foreignKeys: [...table.foreignKeys, { name, columns, references }] };
}

function freeName({ name, foreignKeys }: ModelTable): string {
  const own = (foreignKeys ?? []).map((one) => numberIn(one.name, name));
  return `${name}_ibfk_${Math.max(0, ...own) + 1}`;
}

function numberIn(name: string, table: string): number {
  const begin = `${table}_ibfk_`;
  return name.startsWith(begin) ? Number(name.slice(begin.length)) || 0 : 0;
}

/**
 * The table without a foreign key; the index that was made for it stays.
 * @throws Refused where there is none of that name
 */
export function withoutForeignKey(
  table: ModelTable,
  { name, ifExists }: { readonly name: string | null; readonly ifExists: boolean },
): ModelTable {
  if (table.foreignKeys === null || name === null) return { ...table, foreignKeys: null };
  const own = foreignKeyOf(table, name);
  if (own === undefined && !ifExists) {
    throw new Refused(`Can't DROP FOREIGN KEY '${name}'; check that it exists`, { missing: true });
  }
  return { ...table, foreignKeys: table.foreignKeys.filter((one) => one !== own) };
}

/** The table under another name; names that the server made for its foreign keys follow. */
export function renamedTable(table: ModelTable, to: string): ModelTable {
  const own = table.foreignKeys?.map((one) => ({
    ...one,
    name: numberIn(one.name, table.name) > 0 ? one.name.replace(table.name, to) : one.name,
    references: pointingTo(one.references, table.name, to),
  }));
  return { ...table, name: to, foreignKeys: own ?? null };
}

function pointingTo(
  references: ModelForeignKey['references'],
  from: string,
  to: string,
): ModelForeignKey['references'] {
  return references.table === from ? { ...references, table: to } : references;
}

/** The table after one that it points to, or columns of that, got other names. */
export function following(
  table: ModelTable,
  parent: { readonly from: string; readonly to: string },
  columns: ReadonlyMap<string, string>,
): ModelTable {
  const own = table.foreignKeys?.map((one): ModelForeignKey => {
    if (one.references.table !== parent.from) return one;
    const named = one.references.columns.map((name) => columns.get(name.toLowerCase()) ?? name);
    return { ...one, references: { ...one.references, table: parent.to, columns: named } };
  });
  return { ...table, foreignKeys: own ?? null };
}
