import type { PredictedTable } from '../schema/predicted.ts';
import { whyNotDefined, type ModelTable } from './catalog/model.ts';
import type { Folded } from './fold.ts';

/**
 * The tables that the migrations leave on an empty database, as far as reading shows, so that anyone can compare them
 * with a live one. By their groups and names; types and defaults in the normal forms of `schema/table.ts`.
 */
export function predictedTables({ catalogs }: Folded): readonly PredictedTable[] {
  return [...catalogs].flatMap(([group, { tables }]) =>
    [...tables]
      .filter(([name]) => name !== '')
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, entry]) => {
        const doubt = whyNotDefined(entry);
        if (entry.kind !== 'table' || doubt !== null) {
          return { group, name, unresolved: doubt?.why ?? '' };
        }
        return { group, name, ...described(entry.table) };
      }),
  );
}

function described({
  engine,
  columns,
  indexes,
  foreignKeys,
}: ModelTable): Omit<Extract<PredictedTable, { columns: unknown }>, 'group' | 'name'> {
  return {
    engine,
    columns: columns.map(({ name, type, nullable, fallback, extra, doubt }) => {
      const column = { name, type, nullable, default: fallback, extra: extra.join(', ') };
      return doubt === null ? column : { ...column, depends: doubt };
    }),
    indexes: indexes.map(({ name, unique, parts }) => {
      return { name, unique, columns: parts.map(({ column }) => column) };
    }),
    foreignKeys: (foreignKeys ?? []).map(({ name, columns: own, references }) => {
      return { name, columns: own, table: references.table, referenced: references.columns };
    }),
  };
}
