import { of } from './entry.ts';

/** The application and its migrations. */
export const application = {
  'env-missing': of(
    'there is no `.env`: an error where the application does not find its database without it',
    'error',
    'notice',
  ),
  'env-closed': of('the deploy user cannot read `.env`', 'error'),
  'application-does-not-boot': of(
    'the live application does not boot on the command line',
    'error',
  ),
  'new-code-does-not-boot': of('the commit does not boot', 'error'),
  'syntax-error': of("a PHP file of the commit does not parse with the server's PHP", 'error'),
  'caches-on': of('configuration or file locations are cached (`Config\\Optimize`)', 'notice'),
  'cache-not-cleared': of(
    "the cache was left alone: a link that PHP-FPM's user could have put there leads elsewhere, or its server refused",
    'warning',
  ),
  'locator-cache-writable': of(
    "the cache of file locations is on: `php spark` runs a file that PHP-FPM's user writes",
    'warning',
  ),
  'save-path-is-no-table': of('the driver was changed and `savePath` was not', 'error'),
  'visitors-logged-out': of(
    'the commit keeps sessions elsewhere, and these visitors lose theirs, with the reason. A warning where only some do, a notice where `preserve-sessions` is `off`',
    'error',
    'warning',
    'notice',
  ),
  'session-too-long': of('a session that is there now does not fit into the table', 'error'),
  'cutover-failed': of(
    'copying the sessions, or the moment of the cutover, did not come to its end',
    'error',
  ),
  'cutover-incomplete': of(
    'of some visitors one of two simultaneous clicks was lost at the cutover',
    'warning',
  ),
  'cutover-without-effect': of('PHP-FPM does not use the new handler after the cutover', 'error'),
  'sessions-not-in-database': of(
    'the new configuration does not use DatabaseHandler: no table was checked',
    'notice',
  ),
  'unfinished-deploy': of(
    'an earlier deploy ended in the middle; it was finished first, or could not be. `verify` is red until a deploy has finished it',
    'error',
    'warning',
  ),
  'session-handler-pinned': of(
    '`verify`: `.env` still pins the session handler of a deploy that ended while it moved the sessions; the next deploy finishes the move',
    'error',
  ),
  'deploy-meanwhile': of(
    '`verify`: a deploy began, or the live commit changed, while the site was looked at',
    'error',
  ),
  'database-locked': of(
    'another clone or repository is migrating the same database at this moment',
    'error',
  ),
  'lock-lost': of('this deploy gave no heartbeat for so long that another one took over', 'error'),
  locked: of('another deploy is going on', 'error'),
  'migrations-disabled': of('migrations are switched off', 'error'),
  'migration-lock-held': of('a migration runner left its lock', 'error'),
  'migration-failed': of('a migration threw; the annotation is at its line', 'error'),
  'migration-not-run': of('spark said nothing was wrong, but the ledger has no row', 'error'),
  'migration-unexpected': of('somebody else migrated at the same time', 'error'),
  'migration-recorded-differently': of(
    'the ledger has that version under another class or namespace',
    'warning',
  ),
  'migration-older-than-newest': of('it is dated before migrations that ran already', 'warning'),
  'ledger-rows-without-file': of(
    'the ledger has migrations that the commit has no file for',
    'notice',
  ),
  'other-namespaces-pending': of('packages have migrations that did not run', 'notice'),
  'db-debug-off': of('DBDebug is off: a failing query in a migration raises nothing', 'warning'),
};
