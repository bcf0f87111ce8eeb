import type { Entry } from '../../src/findings/entry.ts';
import { sections, type FindingName } from '../../src/findings/registry.ts';

const person = 'A person has to look, or to decide; what is printed shows where.';
const again = 'There is nothing to paste: the next run does it.';
const packages = 'It installs a package, and no server of packages is reached from here.';
const ownRow = 'A row of its own pastes it, among what it does afterwards.';
const contract = 'The contract suite pastes it, on each database or sshd.';
const sameLine = 'The same line as for mysqli, with another name.';
const withSwitch = 'It is pasted as a part of stranded-switch.';

/** The errors of a server that no row of the table pastes, each with the reason. */
export const notPasted: Partial<Record<FindingName<'error'>, string>> = {
  input: person,
  'ssh-host-not-found': person,
  'ssh-port-closed': person,
  'ssh-jump-failed': person,
  'ssh-no-answer': person,
  'ssh-connection-closed': person,
  'ssh-no-common-algorithm': contract,
  'ssh-key-not-readable': person,
  'ssh-login-failed': person,
  'connection-lost': again,
  'forward-refused': person,
  'path-missing': person,
  'not-codeigniter': person,
  submodules: person,
  'lfs-missing': packages,
  'disk-short': person,
  'inodes-short': person,
  'composer-missing': packages,
  'composer-failed': person,
  'php-missing': packages,
  'mbstring-missing': sameLine,
  'fpm-intl-missing': sameLine,
  'fpm-mbstring-missing': sameLine,
  'php-too-old': person,
  'fpm-php-too-old': person,
  'fpm-configuration': person,
  'fpm-other-service': person,
  'fpm-database-differs': person,
  'fpm-other-files': person,
  'old-code-served': ownRow,
  'file-cache-closed': ownRow,
  'fpm-session-differs': person,
  'application-does-not-boot': person,
  'new-code-does-not-boot': person,
  'syntax-error': person,
  'save-path-is-no-table': person,
  'session-too-long': 'It takes a session that grows while it is copied.',
  'cutover-failed': again,
  'cutover-without-effect': person,
  'unfinished-deploy': again,
  'session-handler-pinned': again,
  'deploy-meanwhile': again,
  'database-locked': again,
  'lock-lost': again,
  'migration-failed': person,
  'migration-not-run': person,
  'migration-unexpected': again,
  'database-refused': person,
  'database-unreachable': 'The application is refused before us, which is database-refused.',
  'database-differs': person,
  'database-not-mysql': person,
  'table-not-visible': person,
  'table-is-view': contract,
  'prefix-doubled': person,
  'column-missing': contract,
  'column-type': contract,
  'column-nullable': contract,
  'column-default': contract,
  'column-generated': contract,
  'column-surplus': contract,
  'described-table': contract,
  'described-column': contract,
  'described-key': contract,
  'table-engine': contract,
  'table-foreign-key': contract,
  'handler-fails': person,
  'handler-writes-nothing': person,
  'handler-changes-data': person,
  'handler-writes-no-date': person,
  'handler-dates-wrongly': person,
  'handler-destroys-nothing': person,
  'health-url-unreachable': person,
  'health-redirects': person,
  'health-unauthorised': person,
  'health-certificate': person,
  'health-text-missing': person,
  'site-in-maintenance': person,
  'site-unhealthy': person,
  'session-not-in-table': person,
  'session-not-found-again': person,
  'command-failed': person,
  'output-too-large': person,
  'disk-full': person,
  'file-system-read-only': person,
  unexpected: person,
  'stranded-lock': withSwitch,
  'stranded-stage': withSwitch,
  'stranded-migrate': withSwitch,
  'stranded-copy': withSwitch,
  'stranded-cutover': withSwitch,
  'stranded-switch': ownRow,
};

/** Names of errors that a server may have: those of pull requests are put right in the repository. */
export function errorsOfServers(): readonly string[] {
  return Object.entries(sections)
    .filter(([title]) => title !== 'Migrations of a pull request')
    .flatMap(([, entries]) => Object.entries<Entry>(entries))
    .filter(([, { severity }]) => severity.includes('error'))
    .map(([name]) => name);
}
