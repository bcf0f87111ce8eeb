import type { PredictedTable } from '../schema/predicted.ts';
import { resolved, type ModelTable } from './catalog/model.ts';
import type { Folded } from './fold.ts';

/**
 * The tables that the migrations leave on an empty database, as far as reading tells, so that anybody can compare them
 * with a live one. By their groups and names; types and defaults in the normal forms of `schema/table.ts`.
 */
export function predictedTables({ catalogs }: Folded): readonly PredictedTable[] {
  return [...catalogs].flatMap(([group, { tables }]) =>
    [...tables]
      .filter(([name]) => name !== '')
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, entry]) => {
        const known = resolved(entry);
        if ('why' in known) return { group, name, unresolved: known.why };
        return { group, name, ...described(known) };
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
    columns: columns.map(({ name, type, nullable, fallback, extra }) => {
      return { name, type, nullable, default: fallback, extra: extra.join(', ') };
    }),
    indexes: indexes.map(({ name, unique, parts }) => {
      return { name, unique, columns: parts.map(({ column }) => column) };
    }),
    foreignKeys: (foreignKeys ?? []).map(({ name, columns: own, references }) => {
      return { name, columns: own, table: references.table, referenced: references.columns };
    }),
  };
}
