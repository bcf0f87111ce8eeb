import type { Catalog } from '../catalog/catalog.ts';
import type { Place } from '../catalog/model.ts';
import type { WrittenSession } from '../project/session.ts';

/** A table that seems to be meant: where it is created, and what to do. */
export interface NearMiss {
  readonly place: Place;
  readonly words: string;
}

/** A table whose name is nearly that of the session table; null where there is none. */
export function nearMiss(
  { configuration: { savePath, forgeTable } }: WrittenSession,
  table: string,
  catalog: Catalog | undefined,
): NearMiss | null {
  const prefix = (forgeTable ?? '').slice(0, -savePath.length);
  for (const [name, entry] of catalog?.tables ?? []) {
    const why = reason(name, table, prefix);
    if (why === null || entry.kind !== 'table') continue;
    return { place: entry.table.place, words: `There is ${name}: ${why}` };
  }
  return null;
}

function reason(name: string, table: string, prefix: string): string | null {
  if (name.toLowerCase() === table.toLowerCase()) {
    return `on Linux, capitals and small letters make different tables. Write ${table} in the migration.`;
  }
  if (prefix !== '' && name === prefix + table) {
    return `Forge puts the prefix ${prefix} before the name, so that it is there twice. Write ${table.slice(prefix.length)} in the migration.`;
  }
  if (prefix !== '' && prefix + name === table) {
    return `the prefix ${prefix} is missing, as query() adds none. Write ${table} there, or use Forge.`;
  }
  return differsLittle(name, table)
    ? 'is it the one you mean? The migration and savePath must have the same name.'
    : null;
}

/** One letter more, less, or another one. */
function differsLittle(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  if (long.length - short.length > 1) return false;
  let at = 0;
  while (at < long.length && long[at] === short[at]) at += 1;
  const rest = long.slice(at + 1);
  return rest === short.slice(at) || rest === short.slice(at + 1);
}
