import { firstUnknown, hole, textOf, truth, type List, type Value } from '../program/value.ts';

/** A column as Forge keeps it: text to be taken as it is, or attributes. */
export type Field = string | ReadonlyMap<string, Value>;

/** A name in backticks, as Forge puts it into SQL. */
export function identifier(name: string): string {
  return name
    .split('.')
    .map((part) => `\`${part.replaceAll('`', '``')}\``)
    .join('.');
}

/** A value as a literal of SQL (BaseConnection::escape). */
export function escaped(value: Value): string {
  if (value.kind === 'raw') return value.sql;
  if (value.kind !== 'scalar') return "''";
  if (value.value === null) return 'NULL';
  if (typeof value.value === 'boolean') return value.value ? '1' : '0';
  return typeof value.value === 'number' ? String(value.value) : quoted(value.value);
}

function quoted(text: string): string {
  const safe = text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n');
  return `'${safe}'`;
}

/** Attributes by their names in capitals, as Forge reads them. */
export function attributes({ entries }: List): ReadonlyMap<string, Value> {
  return new Map([...entries].map(([name, value]) => [String(name).toUpperCase(), value]));
}

/** What a statement is built for: in CREATE a column is NOT NULL unless it says otherwise. */
export type Purpose = 'create' | 'alter';

/**
 * A column as SQL (Forge::_processFields and MySQLi's _processColumn); null for one that CREATE leaves out.
 */
export function columnSql(name: string, field: Field, purpose: Purpose): string | null {
  if (typeof field === 'string') return field;
  if ([...field.values()].some((value) => firstUnknown(value) !== null))
    return `${identifier(name)} '${hole}'`;
  const type = textOf(field.get('TYPE')) ?? '';
  if (purpose === 'create' && isEmpty(type)) return null;
  const renamed = textOf(field.get('NAME')) ?? '';
  const words = [
    identifier(name),
    isEmpty(renamed) ? '' : identifier(renamed),
    typeSql(type, field),
    nullability(field, purpose),
    fallback(field),
    counting(type, field),
    isTrue(field.get('UNIQUE')) ? 'UNIQUE' : '',
    comment(field.get('COMMENT')),
    purpose === 'alter' ? position(field) : '',
  ];
  return words.filter((word) => word !== '').join(' ');
}

function counting(type: string, field: ReadonlyMap<string, Value>): string {
  return isTrue(field.get('AUTO_INCREMENT')) && /int/i.test(type) ? 'AUTO_INCREMENT' : '';
}

/** Empty as PHP's empty() has it. */
function isEmpty(text: string): boolean {
  return text === '' || text === '0';
}

function typeSql(type: string, field: ReadonlyMap<string, Value>): string {
  if (type === '') return '';
  return `${type}${length(field.get('CONSTRAINT'))}${isTrue(field.get('UNSIGNED')) ? ' UNSIGNED' : ''}`;
}

function isTrue(value: Value | undefined): boolean {
  return value?.kind === 'scalar' && value.value === true;
}

function length(constraint: Value | undefined): string {
  if (constraint === undefined || truth(constraint) !== true) return '';
  if (constraint.kind !== 'list') return `(${textOf(constraint) ?? ''})`;
  return `(${[...constraint.entries.values()].map(escaped).join(',')})`;
}

function nullability(field: ReadonlyMap<string, Value>, purpose: Purpose): string {
  const fallbackValue = field.get('DEFAULT');
  if (isNull(fallbackValue)) return 'NULL';
  const reported = field.get('NULL');
  if (reported === undefined || isNull(reported)) return purpose === 'create' ? 'NOT NULL' : '';
  return isTrue(reported) ? 'NULL' : 'NOT NULL';
}

function isNull(value: Value | undefined): boolean {
  return value?.kind === 'scalar' && value.value === null;
}

function fallback(field: ReadonlyMap<string, Value>): string {
  const value = field.get('DEFAULT');
  return value === undefined ? '' : `DEFAULT ${escaped(value)}`;
}

function comment(value: Value | undefined): string {
  return value === undefined || isNull(value) ? '' : `COMMENT ${escaped(value)}`;
}

function position(field: ReadonlyMap<string, Value>): string {
  const after = textOf(field.get('AFTER'));
  if (field.has('AFTER') && after !== null && after !== '') return `AFTER ${identifier(after)}`;
  const first = field.get('FIRST');
  return first !== undefined && truth(first) === true ? 'FIRST' : '';
}
