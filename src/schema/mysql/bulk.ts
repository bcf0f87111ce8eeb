import type { Bulk } from '../database.ts';
import type { AskAll } from './information-schema.ts';

const SIZE = `SELECT IFNULL(t.TABLE_ROWS, 0) AS \`rows\`, IFNULL(t.DATA_LENGTH, 0) + IFNULL(t.INDEX_LENGTH, 0) AS bytes,
  EXISTS (SELECT 1 FROM information_schema.STATISTICS s WHERE s.TABLE_SCHEMA = t.TABLE_SCHEMA
    AND s.TABLE_NAME = t.TABLE_NAME AND s.INDEX_TYPE = 'FULLTEXT') AS \`fulltext\`
  FROM information_schema.TABLES t
  WHERE t.TABLE_SCHEMA = ? AND t.TABLE_NAME = ? AND t.TABLE_TYPE NOT LIKE '%VIEW' AND t.TABLE_TYPE <> 'SEQUENCE'`;

// The name of a character set begins the name of each of its collations.
const CHARACTERS = `SELECT c.COLUMN_NAME AS name, IF(c.CHARACTER_SET_NAME = SUBSTRING_INDEX(t.TABLE_COLLATION, '_', 1),
    c.CHARACTER_OCTET_LENGTH / NULLIF(c.CHARACTER_MAXIMUM_LENGTH, 0), NULL) AS bytes
  FROM information_schema.COLUMNS c
  JOIN information_schema.TABLES t ON t.TABLE_SCHEMA = c.TABLE_SCHEMA AND t.TABLE_NAME = c.TABLE_NAME
  WHERE c.TABLE_SCHEMA = ? AND c.TABLE_NAME = ? AND c.CHARACTER_SET_NAME IS NOT NULL`;

/** MySQL 8 answers sizes of the last day unless this says otherwise; older servers and MariaDB take it for a comment. */
export const FRESH_SIZES = '/*!80003 , SESSION information_schema_stats_expiry = 0 */';

interface SizeRow {
  readonly rows: number | string;
  readonly bytes: number | string;
  readonly fulltext: number;
}

/** Reads a table's bulk; null when information_schema shows no such table. */
export async function readBulk(askAll: AskAll, schema: string, name: string): Promise<Bulk | null> {
  const values = [schema, name];
  const [sizes = [], columns = []] = await askAll([
    { sql: SIZE, values },
    { sql: CHARACTERS, values },
  ]);
  const [size] = sizes as readonly SizeRow[];
  if (size === undefined) return null;
  const characters = columns as readonly { name: string; bytes: number | string | null }[];
  return {
    rows: Number(size.rows),
    bytes: Number(size.bytes),
    fulltext: size.fulltext === 1,
    characterBytes: Object.fromEntries(
      characters.map((one) => [one.name, one.bytes === null ? null : Number(one.bytes)]),
    ),
  };
}
