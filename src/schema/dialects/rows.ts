/** Which server it is, as far as reading its information_schema depends on it. */
export interface Product {
  readonly name: 'MariaDB' | 'MySQL';
  /** e.g. `10.11.14`. */
  readonly version: string;
  /** MariaDB shows literal defaults in quotes since 10.2.7, and `NULL` as a word; MySQL shows both bare. */
  readonly defaults: 'quoted' | 'bare';
}

/** A row of information_schema.TABLES. */
export interface TableRow {
  readonly name: string;
  readonly kind: string;
  readonly engine: string | null;
  readonly rowFormat: string | null;
}

/** A row of information_schema.COLUMNS. */
export interface ColumnRow {
  readonly name: string;
  readonly type: string;
  readonly nullable: string;
  readonly fallback: string | null;
  readonly extra: string | null;
  /** How the server computes it; MariaDB says `ROW START` and `ROW END` here of the columns that versioning fills. */
  readonly generation?: string | null;
}

/** A row of information_schema.STATISTICS; `part` is null where the part is an expression (MySQL 8). */
export interface IndexRow {
  readonly name: string;
  readonly nonUnique: number | string;
  readonly part: string | null;
  readonly prefix: number | string | null;
  /** `YES` or `NO`, whatever the server's own column is called. */
  readonly visible: string;
}

/** A row of information_schema.PARTITIONS; `method` is null for a table without partitions. */
export interface PartitionRow {
  readonly method: string | null;
  readonly expression: string | null;
  /** The bound, e.g. `MAXVALUE`. */
  readonly bound: string | null;
}

/** A row of information_schema.TRIGGERS. */
export interface TriggerRow {
  readonly name: string;
  readonly event: string;
  readonly timing: string;
}

/** A row of information_schema.KEY_COLUMN_USAGE that points to another table. */
export interface ReferenceRow {
  readonly name: string;
  readonly part: string;
  readonly target: string;
}

/** All that information_schema tells of one table. Columns, parts of indexes and of foreign keys come in order. */
export interface TableRows {
  readonly table: TableRow;
  readonly columns: readonly ColumnRow[];
  readonly indexes: readonly IndexRow[];
  readonly partitions: readonly PartitionRow[];
  readonly triggers: readonly TriggerRow[];
  readonly references: readonly ReferenceRow[];
  readonly checks: readonly { readonly name: string }[];
}
