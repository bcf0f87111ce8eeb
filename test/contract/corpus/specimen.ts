/** A session table found on a real system, and what the rules say of it, on every server. */
export interface Specimen {
  readonly name: string;
  readonly create: string;
  /** `severity name`, worst first. */
  readonly exact: readonly string[];
  readonly compatible: readonly string[];
  /** The servers that can make such a table; all unless told. */
  readonly only?: RegExp;
}

interface Parts {
  readonly id?: string;
  readonly ip?: string;
  readonly time?: string;
  readonly data?: string;
  readonly keys?: string;
  readonly after?: string;
}

/** The table of the user guide with some parts written otherwise. */
export function table({
  id = 'id VARCHAR(128) NOT NULL',
  ip = 'ip_address VARCHAR(45) NOT NULL',
  time = 'timestamp TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP',
  data = 'data BLOB NOT NULL',
  keys = 'PRIMARY KEY (id), KEY (timestamp)',
  after = '',
}: Parts): string {
  const inside = [id, ip, time, data, keys].filter((part) => part !== '').join(', ');
  return `CREATE TABLE ci_sessions (${inside}) ${after};`;
}
