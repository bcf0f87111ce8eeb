import type { ColumnRow, Product } from './rows.ts';
import type { NormalizedValue } from '../table.ts';

/** What stands in `raw` where the server has SQL NULL: MariaDB's own word `NULL` means something else. */
export const SQL_NULL = '(SQL NULL)';

const now = /^(?:current_timestamp|now|localtimestamp|localtime)(?:\s*\(\s*(\d*)\s*\))?$/i;

/** The default of a column in the one form of `Column.default` (MariaDB quotes literals, MySQL flags expressions in EXTRA). */
export function normalDefault(from: Product, row: ColumnRow): NormalizedValue {
  const raw = row.fallback;
  const reported = from.defaults === 'quoted' ? quoted(raw) : bare(row);
  return { raw: raw ?? SQL_NULL, normal: reported };
}

function quoted(raw: string | null): string {
  if (raw === null) return 'none';
  if (raw.toUpperCase() === 'NULL') return 'null';
  if (raw.startsWith("'") && raw.endsWith("'")) return literal(unescaped(raw.slice(1, -1)));
  if (/^-?\d+(\.\d+)?(e[-+]?\d+)?$/i.test(raw)) return literal(raw);
  return moment(raw) ?? bits(raw) ?? `(${raw})`;
}

/** MySQL has no word for `DEFAULT NULL`: a nullable column without one has it anyway. */
function bare({ fallback: raw, nullable, type, extra }: ColumnRow): string {
  if (raw === null) return nullable.toUpperCase() === 'YES' ? 'null' : 'none';
  const generated = /default_generated/i.test(extra ?? '');
  const temporal = /^(timestamp|datetime)/i.test(type);
  if (generated || temporal) {
    const reported = moment(raw);
    if (reported !== null) return reported;
  }
  if (generated) return `(${raw})`;
  return (/^bit/i.test(type) ? bits(raw) : null) ?? literal(raw);
}

function moment(raw: string): string | null {
  const found = now.exec(raw);
  if (found === null) return null;
  const precision = Number(found[1] ?? 0);
  return precision === 0 ? 'now' : `now(${precision})`;
}

function bits(raw: string): string | null {
  return /^b'[01]*'$/i.test(raw) ? raw.toLowerCase() : null;
}

function literal(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

const escapes: Readonly<Record<string, string>> = {
  '0': '\0',
  b: '\b',
  n: '\n',
  r: '\r',
  t: '\t',
  Z: '\x1a',
};

function unescaped(inside: string): string {
  return inside.replaceAll(/''|\\(.)/gs, (pair, after: string | undefined) =>
    after === undefined ? "'" : (escapes[after] ?? after),
  );
}
