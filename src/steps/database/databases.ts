import type { Application, ApplicationDatabase } from '../../app/application.ts';
import type { Config } from '../../config/config.ts';
import type { Site } from '../../plan/site.ts';
import { type Finding, remedies } from '../../finding.ts';
import { allowForwarding } from '../../remedies/ssh.ts';
import { asRoot, inDatabase, inInputs, onServer, type Instruction } from '../../remedy.ts';
import {
  DatabaseRefused,
  type Database,
  type DatabaseLogin,
  type DatabaseTls,
} from '../../schema/database.ts';
import { addressText, ForwardRefused } from '../../server/failures.ts';
import type { Address } from '../../server/server.ts';

/** How we log in: as the application does, unless inputs say otherwise. */
export function loginOf(database: ApplicationDatabase, config: Config): DatabaseLogin {
  return {
    address: addressOf(database.address, config),
    user: config['db-user'] ?? database.user,
    password: config['db-password'] ?? database.password,
    database: config['db-name'] ?? database.database,
    tls: tlsOf(database, config),
  };
}

/** As the application asks for it, which verifies where it has something to verify with. */
function tlsOf({ tls }: ApplicationDatabase, { 'db-tls': wish }: Config): DatabaseTls | null {
  if (wish === 'off') return null;
  if (wish === 'on') return { key: null, cert: null, ca: null, verify: false };
  return tls === null ? null : { ...tls, verify: tls.verify ?? tls.paths.ca !== '' };
}

function addressOf(own: Address, config: Config): Address {
  const socket = config['db-socket'];
  if (socket !== null) return { socket };
  if (config['db-host'] === null && config['db-port'] === null) return own;
  const [host, port] = 'socket' in own ? ['127.0.0.1', 3306] : [own.host, own.port];
  return { host: config['db-host'] ?? host, port: config['db-port'] ?? port };
}

/** The database that holds the migration ledger. */
export async function ledgerDatabase(
  site: Site,
  application: Application,
  signal: AbortSignal,
): Promise<Database> {
  return site.database(loginOf(application.ledgerDatabase, site.config), signal);
}

/** The database of the session handler. */
export async function sessionDatabase(
  site: Site,
  application: Application,
  signal: AbortSignal,
): Promise<Database> {
  return site.database(loginOf(application.sessionDatabase, site.config), signal);
}

/** A password that is the name of its user is in every sentence that names him: hiding it would show that it is. */
export function maskPassword(
  { mask }: Pick<Site, 'mask'>,
  { user, password }: Pick<ApplicationDatabase, 'user' | 'password'>,
): void {
  if (password.reveal() !== user) mask(password.reveal());
}

/** Logs in to the databases of an application; what keeps us or the application out comes back as findings. */
export async function openDatabases(
  site: Site,
  application: Application,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const { ledgerDatabase: ledger, sessionDatabase: session } = application;
  const findings: Finding[] = [];
  for (const database of new Set([ledger, session])) {
    maskPassword(site, database);
    site.mask(database.tls?.key?.reveal() ?? '');
    if (database.driver !== 'MySQLi') findings.push(notMysql(database));
    else if (database.refused !== null) findings.push(unusable(database, database.refused, site));
    else findings.push(...(await reach(site, loginOf(database, site.config), signal)));
  }
  return findings;
}

function notMysql(database: ApplicationDatabase): Finding {
  return {
    name: 'database-not-mysql',
    severity: 'error',
    message: `The application uses the database driver ${database.driver}. Only MySQL and MariaDB (MySQLi) can be verified.`,
    remedies: remedies('Deploy this application another way, or move it to MySQLi.'),
  };
}

function unusable(database: ApplicationDatabase, said: string, { server }: Site): Finding {
  return database.silent
    ? unreachable(`${addressText(database.address)} on ${server.name}`, said)
    : refused(database, said);
}

function refused({ user, hostname, database }: ApplicationDatabase, message: string): Finding {
  return {
    name: 'database-refused',
    severity: 'error',
    message: `The database refuses the application: ${user}@${hostname}, database ${database}: ${message}`,
    remedies: remedies(
      onServer('Correct database.default.* in .env, or app/Config/Database.php.'),
      inDatabase('Let that user in.'),
    ),
  };
}

async function reach(site: Site, login: DatabaseLogin, signal: AbortSignal): Promise<Finding[]> {
  try {
    const { product } = await site.database(login, signal);
    site.log.say(`Database ${login.database} at ${addressText(login.address)}: ${product}`);
    return [];
  } catch (error) {
    if (error instanceof ForwardRefused) return [notForwarded(error, site.server.name)];
    if (error instanceof DatabaseRefused) return [notLoggedIn(error)];
    throw error;
  }
}

function notForwarded(error: ForwardRefused, server: string): Finding {
  const to = addressText(error.to);
  const option = 'socket' in error.to ? 'AllowStreamLocalForwarding' : 'AllowTcpForwarding';
  // For a socket sshd gives no reason; but the application itself could log in there a moment ago.
  return error.reason === 'prohibited' || 'socket' in error.to
    ? {
        name: 'forwarding-prohibited',
        severity: 'error',
        message: `sshd of ${server} forbids connections to ${to}, which verifying the table takes.`,
        remedies: remedies(allowForwarding(option)),
      }
    : unreachable(
        `${to} on ${server}`,
        '',
        inInputs('If it is elsewhere, set db-host and db-port, or db-socket.'),
      );
}

function unreachable(place: string, said: string, ...others: readonly Instruction[]): Finding {
  return {
    name: 'database-unreachable',
    severity: 'error',
    message: `Nothing answers at ${place}, where the application expects its database${said === '' ? '' : `: ${said}`}.`,
    remedies: remedies(
      asRoot('Start the database', 'sudo systemctl start mariadb || sudo systemctl start mysql'),
      onServer('If it is elsewhere, correct database.default.hostname and .port in .env.'),
      ...others,
    ),
  };
}

function notLoggedIn({ login, code, message }: DatabaseRefused): Finding {
  return {
    name: 'database-refused',
    severity: 'error',
    message: `The database at ${addressText(login.address)} refuses ${login.user} for ${login.database} (${code}): ${message}`,
    remedies: remedies(
      onServer('Correct database.default.* in .env.'),
      inInputs('Correct db-user, db-password and db-name, where they are set.'),
    ),
  };
}
