import type { Alteration, ColumnDefinition } from '../sql/change.ts';
import { bareColumn } from '../sql/columns.ts';
import { madeOf, mustHave, placed, type Family } from './columns.ts';
import { withOption } from './options.ts';
import { foreignKeyOf, renamedTable, withForeignKey, withoutForeignKey } from './foreign-keys.ts';
import { neverNull, renamedInKeys, withKey, withoutColumn } from './keys.ts';
import {
  columnOf,
  indexOf,
  Refused,
  ServerDecides,
  placeOf,
  type ModelColumn,
  type ModelTable,
  type Place,
  type StatementPlace,
} from './model.ts';

type Of<Kind extends Alteration['kind']> = Extract<Alteration, { kind: Kind }>;

interface Around {
  readonly family: Family;
  readonly place: StatementPlace;
}

/** Columns of a table of InnoDB (MySQL manual, InnoDB Limits); MariaDB has the same. */
const mostColumns = 1017;

type Alter<Kind extends Alteration['kind']> = (
  table: ModelTable,
  alteration: Of<Kind>,
  around: Around,
) => ModelTable;

/**
 * The table after one ALTER TABLE. Servers take the parts together: what is dropped goes first, keys come last.
 * What is not known of one part is a doubt of the table, and nothing is refused of what is in doubt.
 * @throws Refused where the server refuses it
 */
export function altered(
  table: ModelTable,
  alterations: readonly Alteration[],
  family: Family,
  place: StatementPlace,
): ModelTable {
  const around = { family, place };
  foreignKeysAreNew(alterations);
  const sorted = alterations.toSorted((a, b) => turnOf(a) - turnOf(b));
  const made = sorted.reduce((now, one) => apply(now, one, around), table);
  if (made.doubt !== null) return made;
  if (made.columns.length === 0) throw new Refused('a table without columns');
  explicitNulls(made, alterations, family);
  return counting(made);
}

/** One statement cannot drop a foreign key and make another of that name (errno 121). */
function foreignKeysAreNew(alterations: readonly Alteration[]): void {
  for (const dropped of alterations) {
    if (dropped.kind !== 'drop foreign key' || dropped.name === null) continue;
    const name = dropped.name.toLowerCase();
    for (const one of alterations) {
      if (one.kind !== 'add key' || one.key.kind !== 'foreign') continue;
      if (one.key.name?.toLowerCase() !== name) continue;
      throw new Refused(`duplicate foreign key name ${dropped.name} (errno: 121)`, { about: name });
    }
  }
}

/** Keys after columns, and foreign keys last: a key that is written takes the place of the one that the server makes. */
function turnOf(one: Alteration): number {
  if (one.kind === 'add key') return one.key.kind === 'foreign' ? 4 : 3;
  if (one.kind === 'drop column') return 1;
  return one.kind.startsWith('drop') ? 0 : 2;
}

function apply(table: ModelTable, alteration: Alteration, around: Around): ModelTable {
  const how = kinds[alteration.kind] as Alter<Alteration['kind']>;
  try {
    return how(table, alteration, around);
  } catch (error) {
    if (error instanceof ServerDecides) return inDoubt(table, around.place, error.message);
    if (error instanceof Refused && table.doubt !== null) return table;
    throw error;
  }
}

/** The table, of which more is not known than before. */
export function inDoubt(table: ModelTable, { file, line }: Place, why: string): ModelTable {
  return { ...table, doubt: table.doubt ?? { place: { file, line }, why }, foreignKeys: null };
}

/** A column that the same statement calls nullable and puts into the primary key. */
function explicitNulls(
  table: ModelTable,
  alterations: readonly Alteration[],
  family: Family,
): void {
  const primary = indexOf(table, 'PRIMARY')?.parts.map(({ column }) => column.toLowerCase()) ?? [];
  for (const one of alterations) {
    if (one.kind !== 'add column' && one.kind !== 'change column') continue;
    const { name, nullable, fallback } = one.column;
    if (!primary.includes(name.toLowerCase())) continue;
    if (nullable !== true && fallback !== 'null') continue;
    refusedByMySql(family, `"${name}" is in the primary key and may be NULL`);
  }
}

/** A counting column must be a key (error 1075). */
function counting(table: ModelTable): ModelTable {
  for (const { name, extra } of table.columns) {
    if (!extra.includes('auto_increment')) continue;
    const leads = table.indexes.some(
      ({ parts }) => parts[0]?.column.toLowerCase() === name.toLowerCase(),
    );
    if (!leads) throw new Refused(`"${name}" counts up and is no key`);
  }
  return table;
}

const kinds: { readonly [Kind in Alteration['kind']]: Alter<Kind> } = {
  'add column'(table, { column, ifNotExists }, around) {
    if (ifNotExists && columnOf(table, column.name) !== undefined) return table;
    if (table.columns.length >= mostColumns) throw new Refused('Too many columns');
    return keyed(table, column, null, around);
  },
  'change column'(table, { from, column, ifExists }, around) {
    if (ifExists === true && columnOf(table, from) === undefined) return table;
    mustHave(table, from);
    return keyed(table, column, from, around);
  },
  'drop column'(table, { name, ifExists }) {
    if (ifExists && columnOf(table, name) === undefined) return table;
    if (columnOf(table, name) === undefined) throw cannotDrop(name);
    const columns = table.columns.filter((one) => one.name.toLowerCase() !== name.toLowerCase());
    return { ...table, columns, indexes: withoutColumn(table, name) };
  },
  'rename column'(table, { from, to }, { place }) {
    mustHave(table, from);
    return {
      ...renamedInKeys(table, from, to),
      columns: replaced(table, from, (one) => ({ ...one, name: to, place })),
    };
  },
  default(table, { column, fallback }, { family, place }) {
    const { type, nullable, name, doubt } = mustHave(table, column);
    const definition = { ...bareColumn, name, type, nullable, fallback, doubt };
    const { fallback: reported, doubt: since } = madeOf(definition, family, place);
    // A nullable column whose default was dropped has none at all on MySQL, and no word for that.
    if (fallback === null && nullable)
      throw new ServerDecides('a dropped default of a nullable column');
    return {
      ...table,
      columns: replaced(table, column, (one) => ({
        ...one,
        fallback: reported,
        place,
        doubt: since,
      })),
    };
  },
  'add key'(table, { key }, { place }) {
    if (key.ifNotExists === true && hasKey(table, key.name ?? key.index ?? '')) return table;
    const own = placeOf(place, key.kind === 'primary' ? 'PRIMARY KEY' : (key.name ?? ''));
    const made = withKey(table, key, own);
    return key.kind === 'foreign' ? withForeignKey(made, key) : made;
  },
  'drop key'(table, { name, ifExists }) {
    if (name.toUpperCase() === 'PRIMARY') return dropPrimary(table);
    if (indexOf(table, name) === undefined) {
      if (ifExists) return table;
      throw cannotDrop(name);
    }
    const indexes = table.indexes.filter((one) => one.name.toLowerCase() !== name.toLowerCase());
    return { ...table, indexes };
  },
  'drop primary key': dropPrimary,
  'rename key'(table, { from, to }, { place }) {
    if (indexOf(table, from) === undefined) throw new Refused(`Key '${from}' doesn't exist`);
    const indexes = table.indexes.map((one) =>
      one.name.toLowerCase() === from.toLowerCase()
        ? { ...one, name: to, place, generated: false }
        : one,
    );
    return { ...table, indexes };
  },
  'key visibility'(table, { name, visible }, { place }) {
    if (indexOf(table, name) === undefined) throw new Refused(`Key '${name}' doesn't exist`);
    const indexes = table.indexes.map((one) =>
      one.name.toLowerCase() === name.toLowerCase() ? { ...one, visible, place } : one,
    );
    return { ...table, indexes };
  },
  option: (table, { name, value }) => withOption(table, name, value),
  'drop foreign key': withoutForeignKey,
  'drop constraint'(table, { name, ifExists }, { place }) {
    if (foreignKeyOf(table, name) !== undefined) {
      return withoutForeignKey(table, { name, ifExists });
    }
    const key = indexOf(table, name);
    if (key?.unique !== true)
      return inDoubt(table, place, 'a constraint that is not followed here');
    return { ...table, indexes: table.indexes.filter((one) => one !== key) };
  },
  unread: (table, { why }, { place }) => inDoubt(table, place, place.unknown ?? why),
  'rename table': (table, { to }) => renamedTable(table, to),
};

function hasKey(table: ModelTable, name: string): boolean {
  return indexOf(table, name) !== undefined || foreignKeyOf(table, name) !== undefined;
}

function cannotDrop(name: string): Refused {
  return new Refused(`Can't DROP '${name}'; check that column/key exists`, { missing: true });
}

function dropPrimary(table: ModelTable): ModelTable {
  if (indexOf(table, 'PRIMARY') === undefined) {
    throw cannotDrop('PRIMARY');
  }
  return { ...table, indexes: table.indexes.filter(({ name }) => name !== 'PRIMARY') };
}

function replaced(
  table: ModelTable,
  name: string,
  by: (one: ModelColumn) => ModelColumn,
): readonly ModelColumn[] {
  return table.columns.map((one) =>
    one.name.toLowerCase() === name.toLowerCase() ? by(one) : one,
  );
}

function keyed(
  table: ModelTable,
  definition: ColumnDefinition,
  from: string | null,
  { family, place }: Around,
): ModelTable {
  const primary = indexOf(table, 'PRIMARY');
  const inPrimary =
    from !== null &&
    primary?.parts.some(({ column }) => column.toLowerCase() === from.toLowerCase());
  const own = placeOf(place, definition.name.toLowerCase());
  const doubt = definition.doubt === null ? null : (place.unknown ?? definition.doubt);
  const made = madeOf({ ...definition, doubt }, family, own);
  const column = inPrimary === true ? neverNull(made) : made;
  const columns = placed(table, definition, column, from);
  const renamed = from === null ? table : renamedInKeys(table, from, column.name);
  const part = { column: column.name, length: null };
  const keys = [
    ...(definition.primary ? [{ kind: 'primary' as const, name: 'PRIMARY' }] : []),
    ...(definition.unique ? [{ kind: 'unique' as const, name: null }] : []),
  ];
  return keys.reduce((now, key) => withKey(now, { ...key, parts: [part], visible: true }, own), {
    ...renamed,
    columns,
  });
}

/** MariaDB takes it and makes the column NOT NULL. */
function refusedByMySql(family: Family, why: string): void {
  if (family === 'MySQL') throw new Refused(why);
  if (family === 'unknown')
    throw new ServerDecides(`${why}, which MySQL refuses and MariaDB does not`);
}
