import { quoted } from '../remedy.ts';
import type { Given } from '../rule.ts';
import type { Column, Index } from '../table.ts';
import { columnNamed } from '../words.ts';

/** The parts of a key as a message names them. */
export function partWords({ parts }: Index): string {
  return parts
    .map(({ column, length }) => (length === null ? column : `${column}(${length})`))
    .join(', ');
}

/** The column of a primary key that MySQL 8 adds by itself (sql_generate_invisible_primary_key). */
export function generatedKey({ table }: Pick<Given, 'table'>): Column | undefined {
  const [part, ...more] = table.primaryKey?.parts ?? [];
  if (part === undefined || more.length > 0) return undefined;
  const column = columnNamed(table, part.column);
  const { normal } = column?.extra ?? { normal: '' };
  return /auto_increment.*invisible/.test(normal) ? column : undefined;
}

/** The clause that gives garbage collection its index. */
export const indexed = `ADD INDEX (${quoted('timestamp')})`;

/** Whether a key serves garbage collection, which looks for old timestamps. */
export function ledByTimestamp({ parts }: Index): boolean {
  return parts[0]?.column.toLowerCase() === 'timestamp';
}
