import { normalDefault } from './literal.ts';
import type {
  ColumnRow,
  IndexRow,
  PartitionRow,
  Product,
  ReferenceRow,
  TableRows,
} from './rows.ts';
import type { Column, ForeignKey, Index, Partitioning, Table } from '../table.ts';

/** Reads VERSION(), also behind a proxy that puts `5.5.5-` before MariaDB's. */
export function product(version: string): Product {
  const own = version.replace(/^5\.5\.5-(?=\d)/, '');
  const number = /^\d+(\.\d+)*/.exec(own)?.[0] ?? own;
  if (!/mariadb/i.test(own)) return { name: 'MySQL', version: number, defaults: 'bare' };
  const defaults = isAtLeast(number, [10, 2, 7]) ? 'quoted' : 'bare';
  return { name: 'MariaDB', version: number, defaults };
}

function isAtLeast(version: string, wanted: readonly number[]): boolean {
  const have = version.split('.').map(Number);
  const differing = wanted.findIndex((part, at) => part !== (have[at] ?? 0));
  return differing === -1 || (have[differing] ?? 0) > (wanted[differing] ?? 0);
}

/** A table out of its rows of information_schema, the same for all servers. */
export function normalTable(from: Product, rows: TableRows): Table {
  const { name, kind, engine, rowFormat } = rows.table;
  const columns = rows.columns.map((column) => normalColumn(from, column));
  const all = normalIndexes(rows.indexes).map((index) => withoutPeriod(index, columns));
  return {
    name,
    kind: kind.toUpperCase() === 'VIEW' ? 'view' : 'table',
    engine: engine ?? '',
    columns,
    primaryKey: all.find((index) => index.name === 'PRIMARY') ?? null,
    indexes: all.filter((index) => index.name !== 'PRIMARY'),
    versioned: kind.toUpperCase() === 'SYSTEM VERSIONED',
    rowFormat: (rowFormat ?? '').toUpperCase(),
    partitioning: normalPartitioning(rows.partitions),
    triggers: rows.triggers.map(({ name: own, event, timing }) => {
      return { name: own, event: event.toUpperCase(), timing: timing.toUpperCase() };
    }),
    foreignKeys: normalForeignKeys(rows.references),
    checks: rows.checks.map((check) => check.name),
  };
}

/** MariaDB adds the end of a row's time to each unique key of a versioned table by itself, and takes it away with the versions. */
function withoutPeriod(index: Index, columns: readonly Column[]): Index {
  const ends = columns.filter(({ extra }) => extra.normal.includes('row end'));
  const parts = index.parts.filter(({ column }) => !ends.some(({ name }) => name === column));
  return { ...index, parts };
}

/** What a RANGE takes last is bounded by MAXVALUE, what a LIST of MariaDB takes last by DEFAULT. */
function normalPartitioning(rows: readonly PartitionRow[]): Partitioning | null {
  const [first] = rows;
  if (first === undefined || first.method === null) return null;
  const method = first.method.toUpperCase();
  const bounds = rows.map(({ bound }) => (bound ?? '').toUpperCase());
  const bounded = /^(RANGE|LIST)/.test(method);
  return {
    method,
    expression: first.expression ?? '',
    open: !bounded || bounds.some((bound) => /^(MAXVALUE\b|DEFAULT$)/.test(bound)),
  };
}

function normalForeignKeys(rows: readonly ReferenceRow[]): readonly ForeignKey[] {
  return [...Map.groupBy(rows, (row) => row.name)].map(([name, parts]) => ({
    name,
    columns: parts.map(({ part }) => part),
    to: parts[0]?.target ?? '',
  }));
}

function normalColumn(from: Product, row: ColumnRow): Column {
  const type = normalType(row.type);
  const extra = row.extra ?? '';
  return {
    name: row.name,
    type: { raw: row.type, normal: type },
    nullable: row.nullable.toUpperCase() === 'YES',
    default: normalDefault(from, row),
    extra: {
      raw: extra,
      normal: [normalExtra(extra, type), ...period(row)].filter(Boolean).join(', '),
    },
  };
}

function period({ generation }: ColumnRow): readonly string[] {
  return /^row (start|end)$/i.test(generation ?? '') ? [(generation ?? '').toLowerCase()] : [];
}

/** A type without what only one server says: widths of integers and years, comments on the storage format. */
export function normalType(raw: string): string {
  if (/^(enum|set)\(/i.test(raw)) return raw.replace(/^\w+/, (word) => word.toLowerCase());
  const type = raw
    .replaceAll(/\/\*.*?\*\//g, '')
    .trim()
    .toLowerCase()
    .replace(/^year\(\d+\)/, 'year')
    .replace(/^(timestamp|datetime|time)\(0\)/, '$1');
  if (type.includes('zerofill') || type.startsWith('tinyint(1)')) return type;
  return type.replace(/^((?:tiny|small|medium|big)?int)\(\d+\)/, '$1');
}

const tokens: readonly (readonly [RegExp, string])[] = [
  [/auto_increment/i, 'auto_increment'],
  [/(stored|persistent)( generated)?/i, 'stored generated'],
  [/virtual( generated)?/i, 'virtual generated'],
  [/invisible/i, 'invisible'],
];

/** The precision is the column's own: MariaDB 10.1 forgets it here. */
function normalExtra(raw: string, type: string): string {
  let rest = raw.replace(/default_generated/i, '');
  const found: string[] = [];
  const update = /on update \w+(\s*\(\d*\))?/i;
  if (update.test(rest)) {
    found.push(`on update now${/\([1-6]\)/.exec(type)?.[0] ?? ''}`);
    rest = rest.replace(update, '');
  }
  for (const [pattern, token] of tokens) {
    if (pattern.test(rest)) found.push(token);
    rest = rest.replace(pattern, '');
  }
  const unknown = rest.replaceAll(/[\s,]+/g, ' ').trim();
  return [...found, ...(unknown === '' ? [] : [unknown.toLowerCase()])].join(', ');
}

function normalIndexes(rows: readonly IndexRow[]): readonly Index[] {
  const grouped = Map.groupBy(rows, (row) => row.name);
  return [...grouped].map(([name, parts]) => ({
    name,
    unique: Number(parts[0]?.nonUnique) === 0,
    visible: parts[0]?.visible.toUpperCase() !== 'NO',
    parts: parts.map(({ part, prefix }) => ({
      column: part ?? '(expression)',
      length: prefix === null ? null : Number(prefix),
    })),
  }));
}
