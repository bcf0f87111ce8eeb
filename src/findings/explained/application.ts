import type { application } from '../application.ts';
import { explained, untouched, type Explained } from './explanation.ts';

type Migrating =
  | 'migrations-disabled'
  | 'migration-lock-held'
  | 'migration-failed'
  | 'migration-not-run'
  | 'migration-unexpected'
  | 'migration-recorded-differently'
  | 'migration-older-than-newest'
  | 'ledger-rows-without-file'
  | 'other-namespaces-pending'
  | 'db-debug-off';

const migrating: Explained<Record<Migrating, unknown>> = {
  'migrations-disabled': explained(
    'Migrations are switched off in `.env` or in `app/Config/Migrations.php`, and the commit has some that did not run.',
    'Nothing was touched. `php spark migrate` would do nothing and end with status 0.',
    'Paste the line for `.env`, which wins over the file, or switch them on in the file.',
    'The migrations themselves are not at fault.',
  ),
  'migration-lock-held': explained(
    'The table of locks has a row: a runner of migrations is at work, or somebody killed one.',
    'Nothing was touched. `php spark migrate` would skip everything and end with status 0.',
    'When no migration is running, paste the `DELETE`.',
    "It is CodeIgniter's own lock (`Config\\Migrations::$lock`), not that of ci4-deploy.",
  ),
  'migration-failed': explained(
    '`up()` of a migration threw, or the database refused its statement. The annotation is at its line where the error names one.',
    'The old code serves on, and the migrations of this deploy are rolled back. What the failed one had made half-way may stay: [`tables-left`](#tables-left).',
    'Correct the migration and push again. `command: check` with a database shows it before the deploy.',
    'Running the same commit again does not help: the migration fails again.',
  ),
  'migration-not-run': explained(
    '`php spark migrate` reported no error, and the ledger has no row for a migration of the commit.',
    'The new code does not go live. What ran is rolled back.',
    'See whether `app/Config/Migrations.php` enables migrations. The log has what spark printed.',
    'The exit status 0 of spark proves nothing: it is 0 whatever happens.',
  ),
  'migration-unexpected': explained(
    'The ledger got rows that are not of this commit: somebody else migrated at the same moment.',
    'The new code does not go live. Foreign migrations are not rolled back.',
    'Wait for the other one, then run the deploy again.',
    'It is no fault of your migrations.',
  ),
  'migration-recorded-differently': explained(
    'The ledger has the same version under another class or namespace. To CodeIgniter that is another migration, so it runs again.',
    'The deploy goes on. If it makes what is there already, it fails.',
    'If it is the same one, paste the `UPDATE`, which gives the row its new name.',
    'Nobody lost a row of the ledger.',
  ),
  'migration-older-than-newest': explained(
    'A migration that did not run yet is dated before others that ran, mostly after two branches were merged.',
    'The deploy goes on: it runs now, after them. A new database runs it before them.',
    'Give its file a newer date, unless the order makes no difference.',
    'It is not skipped.',
  ),
  'ledger-rows-without-file': explained(
    'The ledger has migrations whose files are not in the commit: deleted, renamed, or of another branch.',
    'None for a deploy. `php spark migrate:rollback` stops at them.',
    'Nothing to do. Bring the files back if you want to roll that far back.',
    'The tables are not wrong because of it.',
  ),
  'other-namespaces-pending': explained(
    'Packages have migrations that did not run, and `namespaces` is `app`.',
    'The deploy goes on without them. Code of a package that needs its table may fail.',
    'Set `namespaces: all` if a deploy is to run them.',
    'Migrations of the application itself have all run.',
  ),
  'db-debug-off': explained(
    '`DBDebug` of the database group is false: a query that fails in a migration throws nothing.',
    'The ledger calls such a migration done. Only the session table and described tables are proved after it.',
    'Paste the line for `app/Config/Database.php`, or the one for `.env`.',
    'It does not show that a query failed, only that nobody would see it.',
  ),
};

export const explainedApplication: Explained<typeof application> = {
  ...migrating,
  'migrations-stay': explained(
    'A rollback goes back past migrations, and `undo-migrations` is not `always`.',
    'The old code serves with the newer tables. It was verified with them.',
    'Nothing to do. `undo-migrations: always` rolls them back once the old code is live.',
    'No data is lost by it.',
  ),
  'migrations-cannot-go': explained(
    'The rollback has `undo-migrations: always`. A `down()` does nothing, drops what the release log does not say it made, or its batch holds migrations of the old code too. Or the old code has some that did not run.',
    untouched,
    'Go back and leave them: `undo-migrations: auto`.',
    'The rollback of the code alone is possible.',
  ),
  'migrations-drop-tables': explained(
    'A rollback with `undo-migrations: always` rolls back migrations whose `down()` drops tables. The message has the number of their rows.',
    'Once the old code is live, these rows are gone for good.',
    'Cancel if somebody needs them, and make a copy of the tables first.',
    'It is no error: it is what `always` asks for.',
  ),
  'env-missing': explained(
    'There is no `.env` in the live tree.',
    'As an error nothing was touched: without it the application finds no database. As a notice the application works without it.',
    'Paste the lines: they begin with the example of CodeIgniter, and never replace a file that is there. Of a notice they make an empty file.',
    'The file does not come with the commit: it belongs to the server.',
  ),
  'env-closed': explained(
    'The deploy user cannot read `.env`, and runs the migrations.',
    untouched,
    'Paste the lines: the deploy user owns the file, and the group of PHP-FPM may read it.',
    'PHP-FPM may read it all the same: pages can look right.',
  ),
  'application-does-not-boot': explained(
    'The live application throws when `php spark` starts it. In a check, the application of the checkout does.',
    'Nothing was touched. Visitors may see the same error, or only the command line does.',
    'The printed line shows the error in full. A commit cannot be proved against an application that does not answer.',
    'The new commit has no part in it: nobody asked it yet.',
  ),
  'new-code-does-not-boot': explained(
    'The commit throws when it starts, in the stage or, after the switch, in the live tree. The annotation is at its line.',
    'In the stage the live site was not touched. After the switch the old commit comes back.',
    'Correct it and push again.',
    'The live code boots with the same `.env`: the reason is in the commit or its packages.',
  ),
  'syntax-error': explained(
    "A changed PHP file does not parse with the server's PHP: a mistake, or a spelling that only a newer PHP knows.",
    'The live site was not touched: the file was read in the stage.',
    'Correct the file. `php -l` with the version of the server has to find nothing.',
    'Only files that the commit changes are read, so old files are not at fault.',
  ),
  'caches-on': explained(
    'Configuration or file locations are cached (`Config\\Optimize`).',
    'None: the deploy deletes these caches by name. Edits of `.env` by hand take effect only after that.',
    'Nothing to do.',
    'It is not the cache of pages and data that `php spark cache:clear` empties.',
  ),
  'cache-not-cleared': explained(
    "A link in the cache folder that PHP-FPM's user could have made leads elsewhere, or the cache server refused. So the cache was left alone.",
    'The new code is live. Visitors may get pages of the previous code out of the cache.',
    'The printed lines show the folder. Remove the link, then run `php spark cache:clear`.',
    'The deploy did not fail.',
  ),
  'locator-cache-writable': explained(
    'The cache of file locations is on. `php spark` then runs a file that the user of PHP-FPM may write.',
    'Nothing happens by itself. Who breaks into the site could run code as the deploy user.',
    'Paste the lines: they switch this cache off in the repository.',
    'This deploy did not run that file.',
  ),
  'save-path-is-no-table': explained(
    'The session driver became DatabaseHandler, and `savePath` still is a directory, or empty. Often `session.savePath` in `.env` is the old one.',
    'Nothing was touched. Every page with a session would fail.',
    "Set `$savePath = 'ci_sessions'`, and look for `session.savePath` in `.env`.",
    'The table is not at fault: nobody looked for it under that name.',
  ),
  'visitors-logged-out': explained(
    'The commit keeps sessions in another place, and nothing can bring them there. The message has the reasons: `matchIP`, another cookie, a cached configuration, a handler of your own, or no right to the files.',
    'As an error the commit does not go live. Otherwise these visitors have to log in again once it is live.',
    'Remove the reason with the printed lines, or accept it with `preserve-sessions: off`.',
    'It is no failure of a deploy: nobody is logged out as long as it is an error.',
  ),
  'session-too-long': explained(
    'Sessions that are there now are longer than the column `data` of the table holds.',
    'The deploy is rolled back before the switch. These visitors would be logged out, and later sessions of that length would fail.',
    'Paste the `ALTER TABLE`, and set `session-table-match: compatible` for the wider type.',
    'The sessions are not damaged: they stay in their files.',
  ),
  'cutover-failed': explained(
    'Copying the sessions, or the cutover itself, ended with an error. The message quotes it.',
    'The old code comes back with the old handler, and the sessions with it.',
    'Run the deploy again. If it fails at the same point, `preserve-sessions: off` deploys without moving them: every visitor then has to log in again.',
    'The table is not at fault: it was verified before anything was copied.',
  ),
  'cutover-incomplete': explained(
    'Two requests of one visitor wrote at the same moment, one under each handler, and the later one stayed. Or a session grew too long meanwhile.',
    'The new code is live. These visitors may miss one click, as a thing put into a cart.',
    'Nothing to do. Know it when somebody asks.',
    'It does not concern anybody else, and the message has their number.',
  ),
  'cutover-without-effect': explained(
    'After the cutover PHP-FPM still uses the previous session handler: its environment or a cached configuration decides.',
    'The deploy is rolled back.',
    'The printed lines find settings of the pool and of nginx. Switch a configuration cache off.',
    'The code on the disk is right. What PHP-FPM resolves differs.',
  ),
  'sessions-not-in-database': explained(
    'The configuration uses another handler than DatabaseHandler, mostly files.',
    'None. There is no session table to verify.',
    'Nothing to do, unless this commit was meant to move the sessions.',
    'It does not mean that sessions do not work.',
  ),
  'unfinished-deploy': explained(
    'An earlier deploy ended in the middle: its runner vanished, or the server restarted.',
    'As a warning it was rolled back or tidied up first. As an error the site is between two states.',
    'Run the deploy again: it finishes that one first. A journal that cannot be read needs a person.',
    'The commit of this run is not at fault.',
  ),
  'session-handler-pinned': explained(
    'A deploy ended while it moved sessions, and its lines in `.env` still pin the previous handler.',
    'Visitors stay logged in. They get the previous handler, not the one that the code names.',
    'Run the deploy again: it moves the sessions and takes the lines away.',
    'Do not delete the lines by hand while visitors are there: that logs them out.',
  ),
  'deploy-meanwhile': explained(
    'While `verify` looked, a deploy began or the live commit changed.',
    'None by itself. What `verify` saw belongs to two states.',
    'Run `verify` again. `lock-wait: 10m` lets it wait for the end of a deploy.',
    'It does not say that the site is wrong.',
  ),
  'database-locked': explained(
    'Another clone or another repository that uses this database has a deploy that is not over.',
    'The live code was not touched.',
    'Run this one again when the other one is over, or set `lock-wait`.',
    'It is a lock of the database server, not of the clone ([`locked`](#locked)).',
  ),
  'lock-lost': explained(
    'This run gave no heartbeat for 90 seconds, and another run took the lock over.',
    'That run rolls back what this one had begun. This one touched nothing more.',
    'Look at the other run. When it is over, run this one again.',
    'Nothing was done twice: each change first asks whether the lock is still its own.',
  ),
  locked: explained(
    'Another deploy holds the lock on this server. The message has who, its run, and the age of its last heartbeat.',
    untouched,
    'Wait for that run, or set `lock-wait: 10m`. From a killed one the next run takes it over, once its heartbeat is 90 seconds old.',
    'Deleting the lock by hand while that run works lets two deploys mix.',
  ),
};
