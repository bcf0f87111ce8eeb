/** A value in the two forms a reader needs to see: as the server says it, and as all servers would say it. */
export interface NormalizedValue {
  readonly raw: string;
  readonly normal: string;
}

/** One column. Types and defaults are normalised over MySQL and MariaDB; the server's own words stay beside them. */
export interface Column {
  readonly name: string;
  /** e.g. `varchar(128)`, `timestamp`, `blob`, `int unsigned`. */
  readonly type: NormalizedValue;
  readonly nullable: boolean;
  /** `none`, `null`, `now`, `now(6)`, a literal in single quotes, or another expression in parentheses. */
  readonly default: NormalizedValue;
  /** Lower case tokens joined by `, `, without DEFAULT_GENERATED: `on update now`, `auto_increment`, `stored generated`, `virtual generated`, `invisible`, `row start`, `row end`. */
  readonly extra: NormalizedValue;
}

/** One index, columns in order. `length` is a prefix length; null means the whole column. A part that is no column has the name `(expression)`. */
export interface Index {
  readonly name: string;
  readonly unique: boolean;
  /** Whether the server looks rows up by it; invisible in MySQL and ignored in MariaDB it only guards uniqueness. */
  readonly visible: boolean;
  readonly parts: readonly { readonly column: string; readonly length: number | null }[];
}

/** How the rows of a table are spread over partitions. */
export interface Partitioning {
  /** Upper case: `RANGE`, `RANGE COLUMNS`, `LIST`, `HASH`, `LINEAR KEY`, `SYSTEM_TIME`, ... */
  readonly method: string;
  /** The server's own words; empty where it names none (`KEY ()` is the primary key). */
  readonly expression: string;
  /** Some partition takes what no other does, so that no row is refused. */
  readonly open: boolean;
}

/** `event` and `timing` in upper case: `INSERT`, `BEFORE`. */
export interface Trigger {
  readonly name: string;
  readonly event: string;
  readonly timing: string;
}

/** A foreign key of the table, columns in order. */
export interface ForeignKey {
  readonly name: string;
  readonly columns: readonly string[];
  /** The table it points to. */
  readonly to: string;
}

/** A table as information_schema describes it, read in a session whose time zone is +00:00. */
export interface Table {
  readonly name: string;
  readonly kind: 'table' | 'view';
  /** Empty for a view. */
  readonly engine: string;
  readonly columns: readonly Column[];
  /** The index called PRIMARY, never COLUMN_KEY: a unique key is promoted there (schema facts). */
  readonly primaryKey: Index | null;
  /** All others, ordered by name. */
  readonly indexes: readonly Index[];
  /** Keeps every row that was ever there (MariaDB's system versioning). */
  readonly versioned: boolean;
  /** Upper case, `DYNAMIC`; empty where the server names none. */
  readonly rowFormat: string;
  readonly partitioning: Partitioning | null;
  /** Those this user may see, which in MySQL takes the privilege TRIGGER: none is no proof. */
  readonly triggers: readonly Trigger[];
  readonly foreignKeys: readonly ForeignKey[];
  /** Names of CHECK constraints, which MariaDB 10.11 hides from users with the rights of an application. It names those that belong to a column like the column. */
  readonly checks: readonly string[];
}
