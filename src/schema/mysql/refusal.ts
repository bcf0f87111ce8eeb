import { addressText } from '../../server/failures.ts';
import { DatabaseRefused, type DatabaseLogin } from '../database.ts';

/** What a driver's error tells: the server's number and words, or the driver's own code where the server said nothing. */
export interface ServerFault {
  readonly errno?: unknown;
  readonly code?: unknown;
  readonly sqlMessage?: unknown;
  readonly message?: unknown;
  /** The driver's mark on what ends a connection. */
  readonly fatal?: unknown;
}

type Sentence = (who: string, login: DatabaseLogin) => string;

const denied: Sentence = (who) =>
  `${who} is refused: wrong user or password, an account that may not come from this host, or one that demands TLS.`;
const full: Sentence = (who) => `${who} gets no connection: the server has too many already.`;
const closed: Sentence = (who) => `The connection of ${who} to the database was closed.`;
const unspoken: Sentence = (who) =>
  `${who} logs in by a method that cannot be used from here (only mysql_native_password, caching_sha2_password and sha256_password can).`;
const unknown: Sentence = (who) => `The database answers ${who} with an error.`;
const silent: Sentence = (who) => `The database did not answer ${who} in time.`;

/** Numbers of MySQL and MariaDB (their error reference) and codes of mysql2. */
const sentences: Readonly<Record<string, Sentence>> = {
  1040: full,
  1044: (who, { database }) => `${who} may not use the database ${database}, or it does not exist.`,
  1045: denied,
  1054: (who) => `${who} finds a table without a column that CodeIgniter 4 gives it.`,
  1049: (who, { database }) => `${who} is let in, but there is no database ${database}.`,
  1130: denied,
  1142: (who) => `${who} may not read this table.`,
  1143: (who) => `${who} may not read all columns of this table.`,
  1205: (who) => `${who} waited for a table that another connection holds locked.`,
  1203: full,
  1226: full,
  1698: denied,
  3159: (who) =>
    `The server lets ${who} in over TLS only (require_secure_transport). Its socket needs none: set the input db-socket.`,
  AUTH_SWITCH_PLUGIN_ERROR: unspoken,
  ECONNRESET: closed,
  EPIPE: closed,
  ETIMEDOUT: silent,
  MYSQL_CLEAR_PASSWORD_NOT_ENABLED: unspoken,
  PROTOCOL_CONNECTION_LOST: closed,
  PROTOCOL_SEQUENCE_TIMEOUT: silent,
};

/**
 * A driver's error as ours. The sentence names user and address, never the password.
 * The driver's error itself is not kept as cause: it carries the statement, and with it session ids.
 */
export function refusal(login: DatabaseLogin, fault: ServerFault): DatabaseRefused {
  const code = typeof fault.errno === 'number' && fault.errno > 0 ? fault.errno : 0;
  const who = `${login.user}@${addressText(login.address)}`;
  const said = words(fault);
  const sentence =
    sentences[code] ?? sentences[text(fault.code)] ?? (over(fault) ? closed : unknown);
  const problem = sentence(who, login);
  return new DatabaseRefused(
    login,
    code,
    said === '' ? problem : `${problem} It said: ${said}`,
    new Error(`${text(fault.code)} ${code}`),
  );
}

/** What the driver says, without number or code, when it is asked on a connection that has ended. */
function over({ errno, code, fatal }: ServerFault): boolean {
  return fatal === true && errno === undefined && code === undefined;
}

function words(fault: ServerFault): string {
  const { errno, sqlMessage, message, code } = fault;
  if (over(fault)) return '';
  if (typeof errno === 'number' && errno > 0) return text(sqlMessage) || text(message);
  return sentences[text(code)] === undefined ? text(message) : '';
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
