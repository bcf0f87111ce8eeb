import type { table } from '../table.ts';
import { explained, untouched, type Explained } from './explanation.ts';
import { explainedRules } from './rules.ts';

export const explainedTable: Explained<typeof table> = {
  ...explainedRules,
  'database-refused': explained(
    'The database does not let the application in, or not the login of `db-user`. User, password, database or the host it comes from is wrong.',
    'In a deploy nothing was touched before the stage, and the stage changes nothing that visitors see.',
    'Correct `database.default.*` in `.env`, or let that user in with the rights it needs.',
    'A database that does not run is [`database-unreachable`](#database-unreachable).',
  ),
  'database-unreachable': explained(
    'Nothing answers where the application expects its database; in a check, where the throw-away database should be. It is stopped, it listens elsewhere, or its name does not resolve.',
    'Nothing was touched. Pages that need the database fail now.',
    'Paste the line that starts it. If it lies elsewhere, correct its address in `.env`. Where only the action looks at the wrong place, correct `db-host`, `db-port` or `db-socket`.',
    'The password is not wrong: nobody asked for it.',
  ),
  'database-differs': explained(
    'The live tree and the commit name different databases, and no file of the commit explains it. Something that is not in the repository decides.',
    'In the stage nothing was touched. After the switch the deploy is rolled back.',
    'The printed line lists files that only the server has. Move such a setting into `.env`.',
    'The tables are not compared yet.',
  ),
  'database-moves': explained(
    'The commit changes settings of the database, so the application moves to another one.',
    'The deploy goes on. Tables and rows do not move with it.',
    'Nothing to do if the other database is filled already.',
    'It is no error: the commit says so itself.',
  ),
  'database-not-mysql': explained(
    'The application uses another driver than MySQLi.',
    untouched,
    'Deploy this application another way, or move it to MySQLi. A check without databases reads it all the same.',
    'It is no fault of the application, only a limit of what can be verified.',
  ),
  'database-read-only': explained(
    '`read_only` is on: the server is a replica, or somebody switched it so.',
    'Nothing was touched. Migrations and every session in the database would fail.',
    'On a primary paste the statement. For a replica let `.env` name the primary.',
    'Rights of the account do not help here.',
  ),
  'database-rights-missing': explained(
    'The account of the application may not do what its migrations or its session handler need. The message has each right with who needs it.',
    'In a deploy nothing was touched. In `doctor` it is a warning, because there is no commit yet.',
    'Paste the `GRANT` as an administrator of the database.',
    'The password is right: the account got in.',
  ),
  'undo-rights-missing': explained(
    'The account may run the migrations and may not roll them back, mostly because `DROP` is missing.',
    'The deploy goes on. If it fails, its migrations stay.',
    'Paste the `GRANT` as an administrator.',
    'The deploy itself does not need these rights.',
  ),
  'clock-skew': explained(
    'The clocks of the server and of its database differ by more than five seconds.',
    'The deploy goes on. Dates of PHP and dates of the database do not fit together, so sessions may end too early or too late.',
    'Paste the line on both machines.',
    'It is no question of time zones: both are compared in seconds since 1970.',
  ),
  'table-missing': explained(
    'The session table is not in the database. No migration makes it, it was dropped later, or it is in another database.',
    'A deploy is rolled back before the switch. In `verify` every page with a session fails now.',
    'Paste the `CREATE TABLE`, or commit the printed migration. **Never run `php spark migrate:refresh`**: it drops every table.',
    'A row of the ledger does not prove the table: somebody may have dropped it afterwards.',
  ),
  'table-name-case': explained(
    'The table is there under a name in another case, and this server tells names apart by case.',
    'As [`table-missing`](#table-missing): the handler does not find it.',
    'Paste the `RENAME TABLE`.',
    'It works on a Mac or on Windows, where the server ignores case. That proves nothing here.',
  ),
  'table-in-other-schema': explained(
    'Another database of the same server has a table of that name. The migration ran on another connection, or the table belongs to somebody else.',
    'It stands beside [`table-missing`](#table-missing) as its likely cause.',
    'Give the migration (`$DBGroup`) and the session configuration (`DBGroup`) the same connection.',
    'The other table is not used by your sessions.',
  ),
  'table-not-visible': explained(
    'The account may not see the table, so nobody can tell whether it is there.',
    'A deploy does not go live.',
    'Let the account read the table, or give `db-user` and `db-password` of one who may.',
    'It is not the same as missing.',
  ),
  'prefix-doubled': explained(
    'The name of the session table begins with the prefix of the database group. A migration then creates it with the prefix twice, and the handler reads it with one.',
    'The handler finds no table: pages with a session would fail.',
    'Give the session table a name that does not begin with the prefix.',
    'The migration did run: its table only has another name.',
  ),
  'table-is-view': explained(
    'What has the name of the session table is a view.',
    'A deploy does not go live. Sessions cannot be written reliably through it.',
    'Paste the lines, which put a table in its place.',
    'The columns of the view are not compared.',
  ),
  'data-too-small': explained(
    'The largest session of today does not fit into the column `data`, or takes more than half of it.',
    'As an error: that session would be cut short, and the next request of its visitor fails. As a warning there is little room left.',
    'Paste the `ALTER TABLE` with the wider type, and set `session-table-match: compatible`.',
    'Nothing is cut yet: the session is whole where it is now.',
  ),
  'handler-fails': explained(
    "A session through the application's own handler threw an error, although the columns looked right.",
    'A deploy does not go live. Every page with a session would fail like this.',
    'The message quotes the error. Compare rights and settings of the session with it.',
    'It is no visit over HTTP: PHP of the command line called the handler directly.',
  ),
  'handler-writes-nothing': explained(
    "The application's handler reported no error, and the table has no row.",
    'A deploy does not go live. No visitor would stay logged in.',
    'Let the account read and write the table, as the message says.',
    'Garbage collection did not remove the row: the action looks for it at once.',
  ),
  'handler-changes-data': explained(
    'What was read back from the table differs from what was written: a trigger, or the server between the two, changes the bytes.',
    'A deploy does not go live. Sessions with binary values would be damaged.',
    'Paste the `ALTER TABLE` to `BLOB`. If `data` is a `BLOB` already, look for a trigger.',
    'Encryption of the connection has no part in it.',
  ),
  'handler-writes-no-date': explained(
    'The row has the date 0000-00-00. CodeIgniter 4.1.2 to 4.1.4 write it like that.',
    'A deploy does not go live. The first clean-up would log every visitor out.',
    'Update to CodeIgniter 4.1.5 or newer before the sessions move.',
    'The type of the column is not the reason.',
  ),
  'handler-dates-wrongly': explained(
    "A session written now has a date that differs from the database's clock.",
    'A deploy does not go live. Sessions would be collected too early or never.',
    'Paste the `ALTER TABLE`: the column becomes a `TIMESTAMP` that the database fills.',
    'Up to five seconds are tolerated. The clocks of two machines that differ are [`clock-skew`](#clock-skew).',
  ),
  'handler-destroys-nothing': explained(
    'The session was destroyed and its row is still there.',
    'A deploy does not go live. Logging out would not work.',
    'Let the account delete from the table (`GRANT DELETE`).',
    'Old rows of other visitors do not count: only the row of this test.',
  ),
};
