import { stringify } from 'yaml';
import type { DescribedTable } from '../config/settings-tables.ts';
import type { Column, Index, Table } from '../schema/table.ts';
import type { Family } from '../static/catalog/columns.ts';
import { judgeDescribed } from './judge.ts';
import { wantedTable } from './wanted.ts';

/**
 * The part `tables` of `.ci4-deploy.yml` that describes these tables as they are. What cannot be described (generated
 * columns, defaults that are expressions, keys over parts of columns) is left out, and named in a comment.
 */
export function describe(tables: readonly Table[], prefix: string, family: Family): string {
  const [left, described]: [string[], Record<string, unknown>] = [[], {}];
  for (const table of tables.filter(({ kind }) => kind === 'table')) {
    const { own, without } = describable(table, prefix, family);
    // A name may hold a line end, and what follows would be no comment any more.
    left.push(...without.map((one) => `# not described: ${one.replace(/\s/g, ' ')}\n`));
    if (own.columns.length > 0) described[own.name] = written(own);
  }
  if (Object.keys(described).length === 0) return `${left.join('')}tables: {}\n`;
  return `${left.join('')}${stringify({ tables: described }, { lineWidth: 0 })}`;
}

interface Describable {
  readonly own: DescribedTable;
  readonly without: readonly string[];
}

/** What is written is read again: only what then finds the table right is kept. */
function describable(table: Table, prefix: string, family: Family): Describable {
  const name = table.name.slice(table.name.startsWith(prefix) ? prefix.length : 0);
  const bare = { name, line: 1, primaryKey: null, uniqueKeys: [], indexes: [], columns: [] };
  const holds = (own: DescribedTable): boolean => {
    const wanted = wantedTable(own, table.name.slice(0, table.name.length - name.length), family);
    return 'table' in wanted && judgeDescribed(wanted, table).length === 0;
  };
  const columns = table.columns.map((one) => ({ name: one.name, sql: sqlOf(one), line: 1 }));
  const alone = (own: (typeof columns)[number]): boolean =>
    holds({ ...bare, columns: [{ ...own, sql: own.sql.replace(/ AUTO_INCREMENT$/, '') }] }) ||
    own.sql.endsWith(' AUTO_INCREMENT');
  const kept = columns.filter(alone);
  const own: DescribedTable = {
    ...bare,
    columns: kept,
    primaryKey: table.primaryKey === null ? null : keyOf(table.primaryKey),
    uniqueKeys: table.indexes.filter((one) => one.unique && isWhole(one)).map(keyOf),
    indexes: table.indexes.filter((one) => !one.unique && one.visible && isWhole(one)).map(keyOf),
  };
  const without = [
    ...columns.filter((one) => !kept.includes(one)).map((one) => `${table.name}.${one.name}`),
    ...table.indexes
      .filter((one) => !isWhole(one))
      .map((one) => `the key ${one.name} of ${table.name}`),
  ];
  return holds(own) ? { own, without } : { own: bare, without: [table.name] };
}

function isWhole({ parts }: Index): boolean {
  return parts.every(({ column, length }) => length === null && column !== '(expression)');
}

function keyOf({ parts }: Index): DescribedTable['uniqueKeys'][number] {
  return { columns: parts.map(({ column }) => column), line: 1 };
}

function sqlOf({ type, nullable, default: fallback, extra }: Column): string {
  const moment = (text: string): string => text.replace(/\bnow\b/, 'CURRENT_TIMESTAMP');
  const words = [type.normal, nullable ? 'NULL' : 'NOT NULL'];
  if (!['none', 'null'].includes(fallback.normal)) words.push(`DEFAULT ${moment(fallback.normal)}`);
  if (extra.normal !== '') words.push(moment(extra.normal).toUpperCase());
  return words.join(' ');
}

function written({ columns, primaryKey, uniqueKeys, indexes }: DescribedTable): unknown {
  const short = ({ columns: names }: { readonly columns: readonly string[] }): unknown =>
    names.length === 1 ? names[0] : names;
  return {
    columns: Object.fromEntries(columns.map(({ name, sql }) => [name, sql])),
    ...(primaryKey === null ? {} : { 'primary key': short(primaryKey) }),
    ...(uniqueKeys.length === 0 ? {} : { 'unique keys': uniqueKeys.map(short) }),
    ...(indexes.length === 0 ? {} : { indexes: indexes.map(short) }),
  };
}
