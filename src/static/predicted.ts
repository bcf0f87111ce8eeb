import type { PredictedTable } from '../schema/predicted.ts';
import type { Entry, ModelTable } from './catalog/model.ts';
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
        const why = unknownIn(entry);
        if (entry.kind !== 'table' || why !== null) {
          return { group, name, unresolved: why ?? '' };
        }
        return { group, name, ...described(entry.table) };
      }),
  );
}

/** Why a table is not known; where servers differ in a column, its definition is known all the same. */
function unknownIn(entry: Entry): string | null {
  if (entry.kind !== 'table') return entry.why;
  const lost = entry.table.columns.find(({ doubt, type }) => doubt !== null && type === '');
  return entry.table.doubt?.why ?? lost?.doubt ?? null;
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
