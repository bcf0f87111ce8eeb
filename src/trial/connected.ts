import type { Application } from '../app/application.ts';
import type { Group, Leads } from '../app/groups.ts';
import { errorFinding, type Finding } from '../finding.ts';
import { toSeeInClone } from '../remedy.ts';
import type { DatabaseLogin } from '../schema/database.ts';
import { addressText } from '../server/failures.ts';

/**
 * Whether the application, as it is steered, can reach any database but the one we gave. What its settings say is not
 * enough: only the server where our own connection holds the mark can be it.
 * @param holder the connection that holds the mark
 */
export function judgeConnections(
  groups: readonly Group[],
  login: DatabaseLogin,
  holder: number,
): readonly Finding[] {
  return groups
    .filter(({ driver }) => driver !== 'SQLite3')
    .filter((group) => leadsElsewhere(group, login, holder))
    .map((group) => elsewhere(group, login));
}

function leadsElsewhere(group: Group, login: DatabaseLogin, holder: number): boolean {
  // A failover would be taken in the very moment when ours does not answer.
  if ([group, ...group.failovers].some((words) => saysElsewhere(words, login))) return true;
  const { reached } = group;
  if (reached?.refused !== null) return false;
  return reached.holder !== holder || reached.database !== login.database;
}

function saysElsewhere({ host, port, database, dsn }: Leads, login: DatabaseLogin): boolean {
  const { address } = login;
  const there =
    'socket' in address
      ? host === address.socket
      : host === address.host && (port === '' ? 3306 : Number(port)) === address.port;
  return dsn || !there || database !== login.database;
}

function elsewhere(group: Group, login: DatabaseLogin): Finding {
  const { name } = group;
  const astray = [group, ...group.failovers].find((words) => saysElsewhere(words, login)) ?? group;
  const { host, port, database } = astray;
  const place = `${host || 'an unknown host'}${port === '' ? '' : `:${port}`}`;
  return errorFinding(
    'database-elsewhere',
    `The application does not follow its environment: its database group ${name} leads to ${database || 'a database without a name'} at ${place}${astray === group ? '' : ' (a failover)'}, not to ${databaseWords(login)}. Nothing was migrated, so that no other database is touched.`,
    `Let app/Config/Database.php set connections as properties, not in its constructor and not as DSN. Then database.${name}.hostname, .port, .database, .username and .password of the environment count.`,
  );
}

/** What keeps the application out of the database it uses; groups that no migration uses may be refused. */
export function judgeRefusals(
  { ledgerDatabase, sessionDatabase }: Application,
  login: DatabaseLogin,
): readonly Finding[] {
  return [...new Set([ledgerDatabase, sessionDatabase])].flatMap(({ driver, refused }) => {
    if (driver === '') return [withoutDriver(refused)];
    if (driver !== 'MySQLi') return [notMysql(driver)];
    return refused === null ? [] : [refusedBy(login, refused)];
  });
}

/** As with an old CodeIgniter on a PHP that is newer than it knows. */
function withoutDriver(refused: string | null): Finding {
  return errorFinding(
    'application-does-not-boot',
    `CodeIgniter did not open the database connection of its settings, nor say which driver it uses${refused === null ? '' : `: ${refused}`}. Does this release run on the PHP of this job?`,
    toSeeInClone('See what it says', 'CI_ENVIRONMENT=development php spark routes'),
  );
}

function notMysql(driver: string): Finding {
  return errorFinding(
    'database-not-mysql',
    `The application uses the database driver ${driver}. Only MySQL and MariaDB (MySQLi) can be tried.`,
    'Leave out the databases of the check, and it reads the migrations alone.',
  );
}

function refusedBy(login: DatabaseLogin, refused: string): Finding {
  return errorFinding(
    'database-refused',
    `The throw-away database ${databaseWords(login)} refuses the application, although it let us in: ${refused}`,
    'Do the groups of app/Config/Database.php have the keys hostname, port, database, username and password? Only keys that are there follow the environment. Else look at encrypt.',
  );
}

/** A database as findings call it. */
export function databaseWords({ address, database }: DatabaseLogin): string {
  return `${database} at ${addressText(address)}`;
}
