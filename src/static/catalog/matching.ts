import type { Family } from './columns.ts';
import { covers } from './keys.ts';
import {
  columnOf,
  Refused,
  type ModelColumn,
  type ModelForeignKey,
  type ModelTable,
} from './model.ts';

/** A foreign key between two tables that are known. */
export interface Pair {
  readonly key: ModelForeignKey;
  readonly child: ModelTable;
  readonly parent: ModelTable;
}

/**
 * Asks whether both tables are as a foreign key needs them. Tried on MariaDB 10.11 and 11.8 and on MySQL 9.
 * @param indexed whether the server asks for the index of the parent too: it does, unless checks are off
 * @throws Refused
 */
export function mustMatch({ key, child, parent }: Pair, indexed: boolean): void {
  const wrong = (why: string): Refused => refusedFor(key, child, why);
  if (parent.engine !== 'InnoDB') throw wrong(`${parent.name} is ${parent.engine}, not InnoDB`);
  for (const [at, name] of key.references.columns.entries()) {
    const there = columnOf(parent, name);
    if (there === undefined) throw wrong(`${parent.name} has no column "${name}"`);
    const own = columnOf(child, key.columns[at] ?? '');
    if (own !== undefined) mustBeAlike(own, there, wrong);
  }
  const wanted = key.references.columns.map((column) => ({ column, length: null }));
  if (!indexed || parent.indexes.some((one) => covers(one, wanted))) return;
  throw wrong(`no key of ${parent.name} begins with (${key.references.columns.join(', ')})`);
}

/**
 * Asks whether a table still has what its own foreign key stands on.
 * @param indexed see {@link mustMatch}
 * @throws Refused
 */
export function mustStand(key: ModelForeignKey, child: ModelTable, indexed: boolean): void {
  if (child.engine !== 'InnoDB') {
    throw refusedFor(key, child, `${child.engine} has no foreign keys`);
  }
  for (const name of key.columns) {
    const own = columnOf(child, name);
    if (own === undefined) throw refusedFor(key, child, `it needs the column "${name}"`);
    if (key.references.setsNull && !own.nullable && own.doubt === null) {
      throw refusedFor(key, child, `"${name}" is NOT NULL, but is to be set to NULL`);
    }
  }
  const wanted = key.columns.map((column) => ({ column, length: null }));
  if (!indexed || child.indexes.some((one) => covers(one, wanted))) return;
  throw refusedFor(key, child, `it needs a key that begins with (${key.columns.join(', ')})`);
}

/** Errno 150 is what MariaDB and older servers say for each of these. */
function refusedFor({ name }: ModelForeignKey, child: ModelTable, why: string): Refused {
  return new Refused(`foreign key ${name} of ${child.name}: ${why} (errno: 150)`, { about: name });
}

function mustBeAlike(own: ModelColumn, there: ModelColumn, wrong: (why: string) => Refused): void {
  if (own.doubt !== null || there.doubt !== null) return;
  if (sort(own.type) === sort(there.type)) return;
  throw wrong(`"${own.name}" is ${own.type}, but "${there.name}" is ${there.type}`);
}

/** Lengths, precision and values of an ENUM may differ; sizes and signs of whole numbers may not. */
function sort(type: string): string {
  const base = /^[a-z]+/.exec(type)?.[0] ?? type;
  if (base.endsWith('int')) return `${base}${type.includes('unsigned') ? ' unsigned' : ''}`;
  return sorts[base] ?? base;
}

const sorts: Readonly<Record<string, string>> = {
  char: 'text',
  varchar: 'text',
  binary: 'bytes',
  varbinary: 'bytes',
  timestamp: 'datetime',
};

/**
 * What only one kind of server refuses of a change: MariaDB another length of a text, MySQL another AUTO_INCREMENT of
 * what is pointed to.
 * @throws Refused
 */
export function mustStay(
  [before, after]: readonly [ModelTable, ModelTable],
  { key, child }: Pick<Pair, 'key' | 'child'>,
  names: readonly string[],
  family: Family,
): void {
  for (const name of names) {
    const [from, to] = [columnOf(before, name), columnOf(after, name)];
    if (from === undefined || to === undefined || (from.doubt ?? to.doubt) !== null) continue;
    if (keeps[family](from, to) || (family === 'MySQL' && after.name === child.name)) continue;
    throw refusedFor(key, child, `${family} keeps "${after.name}.${name}" as it is`);
  }
}

const keeps: Readonly<Record<Family, (from: ModelColumn, to: ModelColumn) => boolean>> = {
  MariaDB: (from, to) => from.type === to.type || sort(to.type) !== 'text',
  MySQL: (from, to) => counts(from) === counts(to),
  unknown: () => true,
};

function counts({ extra }: ModelColumn): boolean {
  return extra.includes('auto_increment');
}
