import type { ColumnDefinition } from '../sql/change.ts';
import {
  columnOf,
  mustBeShort,
  Refused,
  ServerDecides,
  type ModelColumn,
  type ModelTable,
  type Place,
} from './model.ts';

/** The server as far as a table depends on it. */
export type Family = 'MariaDB' | 'MySQL' | 'unknown';

/**
 * The column that a definition makes; where servers differ, that is its doubt.
 * @throws Refused where every server refuses it
 */
export function madeOf(definition: ColumnDefinition, family: Family, place: Place): ModelColumn {
  const { name, type, nullable, fallback, extra, doubt } = definition;
  const vague = { name, type, nullable: nullable ?? true, fallback: fallback ?? '', extra, place };
  if (doubt !== null) return { ...vague, doubt };
  try {
    return { ...surely(definition, family, place), doubt: null };
  } catch (error) {
    if (!(error instanceof ServerDecides)) throw error;
    return { ...vague, doubt: error.message };
  }
}

function surely(
  definition: ColumnDefinition,
  family: Family,
  place: Place,
): Omit<ModelColumn, 'doubt'> {
  const { name, extra } = definition;
  const type = definition.type === 'json' ? json(family) : definition.type;
  const counts = extra.includes('auto_increment');
  const nullable = definition.nullable ?? !(definition.primary || counts);
  if (type.endsWith('()')) throw new Refused(`"${name}" has no length`);
  if (!nullable && definition.fallback === 'null') {
    throw new Refused(`"${name}" is NOT NULL and has the default NULL`);
  }
  const fallback = fallbackOf(definition, type, nullable, family);
  return { name, type, nullable, fallback, extra, place };
}

/** MariaDB has no type of its own for it. */
function json(family: Family): string {
  if (family === 'unknown')
    throw new ServerDecides('JSON is another type on MariaDB than on MySQL');
  return family === 'MariaDB' ? 'longtext' : 'json';
}

function fallbackOf(
  { fallback, name }: ColumnDefinition,
  type: string,
  nullable: boolean,
  family: Family,
): string {
  const absent = nullable ? 'null' : 'none';
  if (fallback === null || fallback === 'null') return absent;
  if (fallback.startsWith('now')) return timely(type, fallback, name);
  if (/(blob|text)$|^json$/.test(type)) return large(fallback, absent, family);
  return literal(fallback, type, name);
}

function timely(type: string, fallback: string, name: string): string {
  if (/^(timestamp|datetime)/.test(type)) {
    const [mine, own] = [digits(fallback), digits(type)];
    if (mine !== own) throw new Refused(`"${name}" has another precision than its default`);
    return fallback;
  }
  throw new Refused(`"${name}" is no moment, but has the default CURRENT_TIMESTAMP`);
}

function digits(text: string): string {
  return /\((\d)\)/.exec(text)?.[1] ?? '';
}

/** MySQL gives BLOB and TEXT no literal default; without strict mode it only drops an empty one. */
function large(fallback: string, absent: string, family: Family): string {
  if (family === 'MariaDB') return fallback;
  if (family === 'unknown')
    throw new ServerDecides('the default of a BLOB or TEXT differs between MariaDB and MySQL');
  if (fallback !== "''") throw new Refused('BLOB and TEXT can have no default on MySQL');
  return absent;
}

const whole = /^(tinyint|smallint|mediumint|int|bigint)/;

function literal(fallback: string, type: string, name: string): string {
  const value = fallback.slice(1, -1);
  if (whole.test(type)) return integer(value, name);
  if (type.startsWith('decimal')) return decimal(value, type, name);
  if (/^(timestamp|datetime)/.test(type)) return dated(value, name);
  if (/^(float|double|bit|date|time|year)/.test(type)) {
    throw new ServerDecides(`each server writes the default of "${name}" in its own form`);
  }
  if (!fits(value, type)) throw new Refused(`Invalid default value for '${name}'`);
  return fallback;
}

function fits(value: string, type: string): boolean {
  if (/^(enum|set)/.test(type)) return value === '' || type.includes(`'${value}'`);
  return value.length <= Number(/^(?:var)?(?:char|binary)\((\d+)\)/.exec(type)?.[1] ?? Infinity);
}

function integer(value: string, name: string): string {
  if (!/^-?\d+$/.test(value)) throw new Refused(`Invalid default value for '${name}'`);
  return `'${BigInt(value)}'`;
}

function decimal(value: string, type: string, name: string): string {
  const places = Number(/,(\d+)\)/.exec(type)?.[1] ?? 0);
  if (!/^-?\d+(\.\d+)?$/.test(value))
    throw new Refused(`"${name}" is a number, but its default is not`);
  return `'${Number(value).toFixed(places)}'`;
}

function dated(value: string, name: string): string {
  if (/^[1-9]\d{3}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(value)) return `'${value}'`;
  if (/^[A-Za-z]/.test(value)) throw new Refused(`Invalid default value for '${name}'`);
  throw new ServerDecides(`whether a default like '${value}' is taken depends on the sql_mode`);
}

/** The columns with one more, or with one in the place of another, where the definition wants it. */
export function placed(
  table: ModelTable,
  definition: ColumnDefinition,
  column: ModelColumn,
  replaces: string | null,
): readonly ModelColumn[] {
  const before = table.columns;
  const at = before.findIndex((one) => one.name.toLowerCase() === replaces?.toLowerCase());
  const rest = before.filter((_, index) => index !== at);
  if (rest.some((one) => one.name.toLowerCase() === column.name.toLowerCase())) {
    throw new Refused(`Duplicate column name '${column.name}'`);
  }
  mustBeShort(column.name);
  if (definition.place === null) return rest.toSpliced(at === -1 ? rest.length : at, 0, column);
  const { after } = definition.place;
  if (after === null) return [column, ...rest];
  const neighbour = rest.findIndex((one) => one.name.toLowerCase() === after.toLowerCase());
  if (neighbour === -1) throw new Refused(`Unknown column '${after}'`, { missing: true });
  return rest.toSpliced(neighbour + 1, 0, column);
}

/** @throws Refused when there is no such column */
export function mustHave(table: ModelTable, name: string): ModelColumn {
  const found = columnOf(table, name);
  if (found === undefined) {
    throw new Refused(`Unknown column '${name}' in '${table.name}'`, { missing: true });
  }
  return found;
}
