import type {
  ColumnRow,
  IndexRow,
  PartitionRow,
  ReferenceRow,
  TableRow,
  TableRows,
  TriggerRow,
} from '../dialects/rows.ts';

/** A statement and the values bound to it. */
export interface Question {
  readonly sql: string;
  readonly values: readonly string[];
}

/** Puts statements to a server, at once where it takes that, and answers the rows of each. */
export type AskAll = (questions: readonly Question[]) => Promise<readonly (readonly object[])[]>;

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
const OPTIONAL_COLUMNS = `SELECT COLUMN_NAME AS name FROM information_schema.COLUMNS
  WHERE TABLE_SCHEMA = 'information_schema' AND
  (TABLE_NAME = 'STATISTICS' AND COLUMN_NAME IN ('IS_VISIBLE', 'IGNORED') OR
  TABLE_NAME = 'COLUMNS' AND COLUMN_NAME = 'GENERATION_EXPRESSION')`;

/** Asks once for each connection which columns {@link tableRows} may ask for. */
export const OPTIONAL: Question = { sql: OPTIONAL_COLUMNS, values: [] };

/** Reads the names that {@link OPTIONAL} brought. */
export function optionalColumns(rows: readonly object[]): readonly string[] {
  return (rows as readonly { name: string }[]).map((row) => row.name.toUpperCase());
}

/**
 * What information_schema says of one table, in one round trip; null when it shows nothing of it.
 * @param optional what {@link optionalColumns} said of this server
 * @param first is asked before: where it fails, nothing else is asked
 */
export async function tableRows(
  askAll: AskAll,
  optional: readonly string[],
  { schema, name }: { readonly schema: string; readonly name: string },
  first: readonly Question[],
): Promise<TableRows | null> {
  const of = (sql: string): Question => ({ sql, values: [schema, name] });
  const columns = COLUMNS.replace('$generation', generation(optional));
  const indexes = INDEXES.replace('$visible', visible(optional));
  const all = [TABLES, columns, indexes, PARTITIONS, TRIGGERS, REFERENCES, CHECKS];
  const rows = (await askAll([...first, ...all.map(of)])).slice(first.length);
  const answer = (at: number): readonly unknown[] => rows[at] ?? [];
  const [table] = answer(0) as readonly TableRow[];
  if (table === undefined) return null;
  return {
    table,
    columns: answer(1) as readonly ColumnRow[],
    indexes: answer(2) as readonly IndexRow[],
    partitions: answer(3) as readonly PartitionRow[],
    triggers: answer(4) as readonly TriggerRow[],
    references: answer(5) as readonly ReferenceRow[],
    checks: answer(6) as readonly { name: string }[],
  };
}

function generation(own: readonly string[]): string {
  return own.includes('GENERATION_EXPRESSION') ? 'GENERATION_EXPRESSION' : 'NULL';
}

function visible(own: readonly string[]): string {
  if (own.includes('IS_VISIBLE')) return 'IS_VISIBLE';
  return own.includes('IGNORED') ? "IF(IGNORED = 'YES', 'NO', 'YES')" : "'YES'";
}
