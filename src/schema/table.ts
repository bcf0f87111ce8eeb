/** A value in the two forms a reader needs to see: as the server says it, and as all servers would say it. */
export interface Told {
  readonly raw: string;
  readonly normal: string;
}

/** One column. Types and defaults are normalised over MySQL and MariaDB; the server's own words stay beside them. */
export interface Column {
  readonly name: string;
  /** e.g. `varchar(128)`, `timestamp`, `blob`, `int unsigned`. */
  readonly type: Told;
  readonly nullable: boolean;
  /** `none`, `null`, `now`, `now(6)`, a literal in single quotes, or another expression in parentheses. */
  readonly default: Told;
  /** Lower case tokens joined by `, `, without DEFAULT_GENERATED: `on update now`, `auto_increment`, `stored generated`, `virtual generated`, `invisible`. */
  readonly extra: Told;
}

/** One trigger. The data its statements touch is not looked at. */
export interface Trigger {
  readonly name: string;
  /** e.g. `BEFORE INSERT`. */
  readonly when: string;
}

/** One index, columns in order. `length` is a prefix length; null means the whole column. A part that is no column has the name `(expression)`. */
export interface Index {
  readonly name: string;
  readonly unique: boolean;
  /** False where the server keeps it but looks nothing up by it (MySQL: INVISIBLE, MariaDB: IGNORED). */
  readonly visible: boolean;
  readonly parts: readonly { readonly column: string; readonly length: number | null }[];
}

/** A table as information_schema describes it, read in a session whose time zone is +00:00. */
export interface Table {
  readonly name: string;
  readonly kind: 'table' | 'view';
  /** Empty for a view. */
  readonly engine: string;
  /** In lower case: `dynamic`, `compressed`, ...; empty where the engine has none. */
  readonly rowFormat: string;
  readonly partitioned: boolean;
  /** MariaDB keeps every row that was changed or deleted (WITH SYSTEM VERSIONING). */
  readonly versioned: boolean;
  /** Those this user may see, which takes the right TRIGGER: an empty list proves nothing. */
  readonly triggers: readonly Trigger[];
  readonly columns: readonly Column[];
  /** The index called PRIMARY, never COLUMN_KEY: a unique key is promoted there (schema facts). */
  readonly primaryKey: Index | null;
  /** All others, ordered by name. */
  readonly indexes: readonly Index[];
}
