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
  /** CREATE_OPTIONS: words of which only `partitioned` is read. */
  readonly options: string | null;
}

/** A row of information_schema.TRIGGERS. */
export interface TriggerRow {
  readonly name: string;
  readonly timing: string;
  readonly event: string;
}

/** A row of information_schema.COLUMNS. */
export interface ColumnRow {
  readonly name: string;
  readonly type: string;
  readonly nullable: string;
  readonly fallback: string | null;
  readonly extra: string | null;
}

/** A row of information_schema.STATISTICS; `part` is null where the part is an expression (MySQL 8). */
export interface IndexRow {
  readonly name: string;
  readonly nonUnique: number | string;
  readonly part: string | null;
  readonly prefix: number | string | null;
  /** IS_VISIBLE of MySQL 8 and newer; null where the server has no such column. */
  readonly visible: string | null;
  /** IGNORED of MariaDB 10.6 and newer; null where the server has no such column. */
  readonly ignored: string | null;
}
