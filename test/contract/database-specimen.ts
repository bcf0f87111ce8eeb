/** One way a session table can be, and what the rules say of it, on every server. */
export interface Specimen {
  readonly name: string;
  readonly create: string;
  /** `severity name`, worst first. */
  readonly exact: readonly string[];
  readonly compatible: readonly string[];
  /** Servers that refuse to make such a table, and why. */
  readonly refusedBy?: Readonly<Record<string, string>>;
}

interface Parts {
  readonly id?: string;
  readonly ip?: string;
  readonly time?: string;
  readonly data?: string;
  readonly keys?: string;
  readonly after?: string;
}

/** A session table that is right but for the parts given. */
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

export const type = 'error column-type';
export const key = 'error primary-key';
export const accepted = 'notice column-type';

export const unique = 'error unique-key-surplus';
export const onMariaDB = (why: string): Record<string, string> => {
  return { 'MariaDB 10.11': why, 'MariaDB 11.8': why };
};
export const onMySQL = (why: string): Record<string, string> => ({ 'MySQL 9': why });
/** Each server reads its own word for an index it shall not use (version comments: MariaDB leaves out those of MySQL 5.7 and newer). */
export const unseen = '/*!80000 INVISIBLE */ /*M!100600 IGNORED */';
export const noEngine = 'the engine is not installed';
export const noVersions = 'it has no system versioning';
