import type { Bulk } from '../../schema/database.ts';
import type { Table } from '../../schema/table.ts';
import type { Standing } from './lock-cost.ts';

/** A live table, as a change of it costs by it. */
export function standingOf(table: Table, { fulltext, characterBytes }: Bulk): Standing {
  const { engine, rowFormat, primaryKey, indexes } = table;
  return {
    ...{ engine, rowFormat, fulltext },
    columns: table.columns.map(({ name, type, nullable, extra }) => ({
      ...{ name, nullable, type: type.normal },
      extra: extra.normal === '' ? [] : extra.normal.split(', '),
      ...(name in characterBytes ? { characterBytes: characterBytes[name] ?? null } : {}),
    })),
    indexes: primaryKey === null ? indexes : [primaryKey, ...indexes],
  };
}
