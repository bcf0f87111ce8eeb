import { hole, textOf, type List } from '../program/value.ts';
import { columnSql, escaped, identifier } from './fields.ts';
import type { ForeignKey, Key, Pending } from './forge.ts';
import type { ForgeRules } from './release.ts';

/** The CREATE TABLE that Forge makes of what it collected, prefix included in the name. */
export function createSql(
  table: string,
  prefix: string,
  pending: Pending,
  rules: ForgeRules,
  options: List | null,
): string {
  const known = [...pending.fields]
    .filter(([, field]) => typeof field !== 'string' || rules.keepsKeysOfRawFields)
    .map(([name]) => name);
  const columns = [...pending.fields].map(([name, field]) => columnSql(name, field, 'create'));
  const lines = [
    ...columns,
    primarySql(pending.primary, known, table),
    ...pending.foreign.map((key) => foreignSql(key, table, prefix)),
    ...pending.keys.map((key) => keySql(key, known, rules)),
  ];
  const body = lines.filter((line) => line !== null).join(',\n');
  return `CREATE TABLE ${identifier(table)} (\n${body}\n)${optionSql(options)}`;
}

/** A foreign key. Forge names it after its table and columns unless it has a name of its own. */
export function foreignSql(key: ForeignKey, table: string, prefix: string): string {
  const { columns, referenced, actions } = key;
  const to = key.table === null ? hole : prefix + key.table;
  return `CONSTRAINT ${identifier(symbolOf(key, table))} FOREIGN KEY (${list(columns)}) REFERENCES ${identifier(to)} (${list(referenced)})${actions}`;
}

/** The name of a foreign key of this table. */
export function symbolOf({ name, columns }: ForeignKey, table: string): string {
  return name === '' ? `${table}_${columns.join('_')}_foreign` : name;
}

/** The primary key, without columns that are not there; null when nothing is left of it. */
export function primarySql(
  primary: Pending['primary'],
  known: readonly string[],
  table: string,
): string | null {
  const columns = primary?.columns.filter((one) => known.includes(one)) ?? [];
  if (columns.length === 0) return null;
  const name = primary?.name === '' ? `pk_${table}` : (primary?.name ?? '');
  return `CONSTRAINT ${identifier(name)} PRIMARY KEY(${list(columns)})`;
}

/** A key without columns that are not there; before 4.3 one without any was left out, since then it is an error. */
export function keySql(key: Key, known: readonly string[], rules: ForgeRules): string | null {
  const columns = key.columns.filter((one) => known.includes(one));
  if (columns.length === 0 && !key.isList && !rules.hasNamedKeys) return null;
  const name = key.name === '' || !rules.hasNamedKeys ? columns.join('_') : key.name;
  return `${key.unique ? 'UNIQUE ' : ''}KEY ${identifier(name)} (${list(columns)})`;
}

function list(columns: readonly string[]): string {
  return columns.map(identifier).join(', ');
}

const quoted =
  /^(comment|compression|connection|data directory|index directory|encryption|password)$/i;

function optionSql(options: List | null): string {
  const all = [...(options?.entries ?? [])].filter(([name]) => typeof name === 'string');
  return all
    .map(([name, value]) => {
      const reported = quoted.test(String(name)) ? escaped(value) : (textOf(value) ?? '');
      return ` ${String(name).toUpperCase()} = ${reported}`;
    })
    .join('');
}
