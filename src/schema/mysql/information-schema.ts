import type {
  ColumnRow,
  IndexRow,
  PartitionRow,
  ReferenceRow,
  TableRow,
  TableRows,
  TriggerRow,
} from '../dialects/rows.ts';

/** Puts one statement to a server and answers its rows. */
export type Ask = <Row extends object>(sql: string, ...values: readonly string[]) => Promise<Row[]>;

const TABLES = `SELECT TABLE_NAME AS name, TABLE_TYPE AS kind, ENGINE AS engine, ROW_FORMAT AS rowFormat
  FROM information_schema.TABLES WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?`;
const COLUMNS = `SELECT COLUMN_NAME AS name, COLUMN_TYPE AS type, IS_NULLABLE AS nullable,
  COLUMN_DEFAULT AS fallback, EXTRA AS extra, $generation AS generation
  FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? ORDER BY ORDINAL_POSITION`;
const INDEXES = `SELECT INDEX_NAME AS name, NON_UNIQUE AS nonUnique, COLUMN_NAME AS part, SUB_PART AS prefix,
  $visible AS visible
  FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? ORDER BY INDEX_NAME, SEQ_IN_INDEX`;
const PARTITIONS = `SELECT PARTITION_METHOD AS method, PARTITION_EXPRESSION AS expression, PARTITION_DESCRIPTION AS bound
  FROM information_schema.PARTITIONS WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? ORDER BY PARTITION_ORDINAL_POSITION`;
const TRIGGERS = `SELECT TRIGGER_NAME AS name, EVENT_MANIPULATION AS event, ACTION_TIMING AS timing
  FROM information_schema.TRIGGERS WHERE EVENT_OBJECT_SCHEMA = ? AND EVENT_OBJECT_TABLE = ? ORDER BY TRIGGER_NAME`;
const REFERENCES = `SELECT CONSTRAINT_NAME AS name, COLUMN_NAME AS part, REFERENCED_TABLE_NAME AS target
  FROM information_schema.KEY_COLUMN_USAGE
  WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? AND REFERENCED_TABLE_NAME IS NOT NULL
  ORDER BY CONSTRAINT_NAME, ORDINAL_POSITION`;
const CHECKS = `SELECT CONSTRAINT_NAME AS name FROM information_schema.TABLE_CONSTRAINTS
  WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? AND CONSTRAINT_TYPE = 'CHECK' ORDER BY CONSTRAINT_NAME`;
/** Asked of the server itself: which of these a version has is no matter of its number on forks and managed servers. */
const OPTIONAL = `SELECT COLUMN_NAME AS name FROM information_schema.COLUMNS
  WHERE TABLE_SCHEMA = 'information_schema' AND
  (TABLE_NAME = 'STATISTICS' AND COLUMN_NAME IN ('IS_VISIBLE', 'IGNORED') OR
  TABLE_NAME = 'COLUMNS' AND COLUMN_NAME = 'GENERATION_EXPRESSION')`;

/** What information_schema tells of one table; null when it shows nothing of it. */
export async function tableRows(ask: Ask, schema: string, name: string): Promise<TableRows | null> {
  const [table] = await ask<TableRow>(TABLES, schema, name);
  if (table === undefined) return null;
  const rows = await ask<{ name: string }>(OPTIONAL);
  const own = rows.map((row) => row.name.toUpperCase());
  const columns = COLUMNS.replace('$generation', generation(own));
  const indexes = INDEXES.replace('$visible', visible(own));
  return {
    table,
    columns: await ask<ColumnRow>(columns, schema, name),
    indexes: await ask<IndexRow>(indexes, schema, name),
    partitions: await ask<PartitionRow>(PARTITIONS, schema, name),
    triggers: await ask<TriggerRow>(TRIGGERS, schema, name),
    references: await ask<ReferenceRow>(REFERENCES, schema, name),
    checks: await ask<{ name: string }>(CHECKS, schema, name),
  };
}

function generation(own: readonly string[]): string {
  return own.includes('GENERATION_EXPRESSION') ? 'GENERATION_EXPRESSION' : 'NULL';
}

function visible(own: readonly string[]): string {
  if (own.includes('IS_VISIBLE')) return 'IS_VISIBLE';
  return own.includes('IGNORED') ? "IF(IGNORED = 'YES', 'NO', 'YES')" : "'YES'";
}
