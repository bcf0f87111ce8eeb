import { inDatabase } from '../remedy.ts';
import type { Application } from '../app/application.ts';
import { type Finding, remedies } from '../finding.ts';
import type { TablePlace } from './database.ts';
import type { Expectation } from './expected.ts';
import { commitMigration } from './migration.ts';
import { quoted } from './remedy.ts';
import { listed } from './words.ts';

/**
 * Where a missing table may be instead: under its name in another case, or in another database. Said beside
 * `table-missing`, as the likely cause of it.
 *
 * @param database the database in which the table is missing
 * @param like answer of `Database.namesLike` for it; what this user may not see is not in there, so none is no proof
 */
export function tableElsewhere(
  { table }: Expectation,
  database: string,
  like: readonly TablePlace[],
): readonly Finding[] {
  const cased = like.filter((place) => place.database === database && place.table !== table);
  const others = like.filter((place) => place.database !== database && place.table === table);
  return [
    ...cased.map((place) => inOtherCase(table, place.table)),
    ...(others.length === 0 ? [] : [inOtherDatabase(table, database, others)]),
  ];
}

function inOtherCase(table: string, found: string): Finding {
  const rename = `RENAME TABLE ${quoted(found)} TO ${quoted(table)};`;
  return {
    name: 'table-name-case',
    severity: 'error',
    message: `There is a table ${found}, but the session handler asks for ${table}, and this server tells names apart by case (lower_case_table_names is 0). On a Mac or on Windows, where it does not, the same code works.`,
    remedies: remedies(inDatabase('', rename), commitMigration(table, [rename])),
  };
}

function inOtherDatabase(table: string, database: string, others: readonly TablePlace[]): Finding {
  const names = listed(others.map((place) => place.database));
  return {
    name: 'table-in-other-schema',
    severity: 'warning',
    message: `There is a ${table} in ${names}, but the session handler asks for it in ${database}. The migration ran on another connection than the handler's ($DBGroup of the migration, DBGroup of the session configuration, or another .env). Or it belongs to another application.`,
    remedies: remedies(
      'Give the migration ($DBGroup) and the session configuration (DBGroup) the same connection.',
    ),
  };
}

/** The query builder leaves a name alone that begins with the prefix, Forge does not: the two then mean different tables. */
export function prefixed({
  session,
  sessionDatabase: { prefix },
}: Application): readonly Finding[] {
  if (session.table === session.forgeTable || session.forgeTable === null) return [];
  return [
    {
      name: 'prefix-doubled',
      severity: 'error',
      message: `A migration creates ${session.forgeTable}, but the session handler reads ${session.table ?? ''}: the name already begins with the prefix ${prefix}.`,
      remedies: remedies(`Give the session table a name that does not begin with ${prefix}.`),
    },
  ];
}
