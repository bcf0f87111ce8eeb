import { of } from './entry.ts';

/** The application and its migrations. */
export const application = {
  'migrations-stay': of(
    'a rollback leaves the migrations that ran since its commit was live',
    'nothing',
    'notice',
  ),
  'migrations-cannot-go': of(
    'a rollback with `undo-migrations: always`, and why these migrations have to stay',
    'lines',
    'error',
  ),
  'migrations-drop-tables': of(
    'what is lost when a rollback rolls migrations back, with the number of rows',
    'nothing',
    'warning',
  ),
  'env-missing': of(
    'there is no `.env`: an error where the application does not find its database without it',
    'lines',
    'error',
    'notice',
  ),
  'env-closed': of('the deploy user cannot read `.env`', 'lines', 'error'),
  'application-does-not-boot': of(
    'the live application does not boot on the command line',
    'person',
    'error',
  ),
  'new-code-does-not-boot': of('the commit does not boot', 'commit', 'error'),
  'syntax-error': of(
    "a PHP file of the commit does not parse with the server's PHP",
    'commit',
    'error',
  ),
  'caches-on': of(
    'configuration or file locations are cached (`Config\\Optimize`)',
    'nothing',
    'notice',
  ),
  'cache-not-cleared': of(
    "the cache was left alone: a link that PHP-FPM's user could have put there leads elsewhere, or its server refused",
    'person',
    'warning',
  ),
  'locator-cache-writable': of(
    "the cache of file locations is on: `php spark` runs a file that PHP-FPM's user writes",
    'lines',
    'warning',
  ),
  'save-path-is-no-table': of('the driver was changed and `savePath` was not', 'commit', 'error'),
  'visitors-logged-out': of(
    'the commit keeps sessions elsewhere, and these visitors lose theirs, with the reason. A warning where only some do, a notice where `preserve-sessions` is `off`',
    'lines',
    'error',
    'warning',
    'notice',
  ),
  'session-too-long': of(
    'a session that is there now does not fit into the table',
    'lines',
    'error',
  ),
  'cutover-failed': of(
    'copying the sessions, or the moment of the cutover, did not come to its end',
    'again',
    'error',
  ),
  'cutover-incomplete': of(
    'of some visitors one of two simultaneous clicks was lost at the cutover',
    'nothing',
    'warning',
  ),
  'cutover-without-effect': of(
    'PHP-FPM does not use the new handler after the cutover',
    'person',
    'error',
  ),
  'sessions-not-in-database': of(
    'the new configuration does not use DatabaseHandler: no table was checked',
    'nothing',
    'notice',
  ),
  'unfinished-deploy': of(
    'an earlier deploy ended in the middle; it was finished first, or could not be. `verify` is red until a deploy has finished it',
    'again',
    'error',
    'warning',
  ),
  'session-handler-pinned': of(
    '`verify`: `.env` still pins the session handler of a deploy that ended while it moved the sessions; the next deploy finishes the move',
    'again',
    'error',
  ),
  'deploy-meanwhile': of(
    '`verify`: a deploy began, or the live commit changed, while the site was looked at',
    'again',
    'error',
  ),
  'database-locked': of(
    'another clone or repository is migrating the same database at this moment',
    'again',
    'error',
  ),
  'lock-lost': of(
    'this deploy gave no heartbeat for so long that another one took over',
    'again',
    'error',
  ),
  locked: of('another deploy is going on', 'lines', 'error'),
  'migrations-disabled': of('migrations are switched off', 'lines', 'error'),
  'migration-lock-held': of('a migration runner left its lock', 'lines', 'error'),
  'migration-failed': of('a migration threw; the annotation is at its line', 'commit', 'error'),
  'migration-not-run': of(
    'spark said nothing was wrong, but the ledger has no row',
    'commit',
    'error',
  ),
  'migration-unexpected': of('somebody else migrated at the same time', 'again', 'error'),
  'migration-recorded-differently': of(
    'the ledger has that version under another class or namespace',
    'lines',
    'warning',
  ),
  'migration-older-than-newest': of(
    'it is dated before migrations that ran already',
    'commit',
    'warning',
  ),
  'ledger-rows-without-file': of(
    'the ledger has migrations that the commit has no file for',
    'nothing',
    'notice',
  ),
  'other-namespaces-pending': of('packages have migrations that did not run', 'lines', 'notice'),
  'db-debug-off': of(
    'DBDebug is off: a failing query in a migration raises nothing',
    'lines',
    'warning',
  ),
};
