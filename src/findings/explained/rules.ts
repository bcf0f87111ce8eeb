import type { ruleEntries } from '../../schema/rules/all.ts';
import { explained, type Explained } from './explanation.ts';

/** The rules about the session table, which check, verify and deploy have in common. */
export const explainedRules: Explained<typeof ruleEntries> = {
  'column-missing': explained(
    'The session table lacks a column that the handler reads or writes.',
    'Every request with a session fails with HTTP 500 (Unknown column).',
    'Paste the `ALTER TABLE`, or commit the printed migration.',
    'Columns of your own beside the four do not matter here.',
  ),
  'column-type': explained(
    'A column has another type than the handler needs. Frequent: a number for `timestamp`, text for `data`, an `id` that is too short.',
    'It depends on the column: ids cut short, data damaged, or all visitors logged out by the first clean-up. The message says which.',
    'Paste the `ALTER TABLE`. A number does not become a date by it, so that column is made again.',
    'Widths of integers and character sets are not compared. A wider type that works is a notice with `session-table-match: compatible`.',
  ),
  'column-nullable': explained(
    'A column allows NULL.',
    'Mostly none, because the handler always writes a value. In the primary key no NULL can be.',
    'Paste the `ALTER TABLE`. Outside of the primary key, `session-table-match: compatible` accepts it too.',
    'It does not mean that a row with NULL is there.',
  ),
  'column-default': explained(
    'A column has another default than documented, or none.',
    'None by itself: the handler always writes a value.',
    'Paste the `ALTER TABLE`, or accept it with `session-table-match: compatible`.',
    'It is no wrong type.',
  ),
  'column-on-update': explained(
    'The date changes by itself with every write (`ON UPDATE`). Old servers add that to a `TIMESTAMP` without a default.',
    'None: the handler sets the date anyway.',
    'Paste the `ALTER TABLE` to have the table as documented.',
    'Sessions do not live longer because of it.',
  ),
  'column-generated': explained(
    'The server computes a column of the handler (`GENERATED`).',
    'Every write of a session fails with HTTP 500.',
    'Paste the `ALTER TABLE`: the column is made again as an ordinary one.',
    'Generated columns of your own beside the four are allowed.',
  ),
  'column-invisible': explained(
    'A column is invisible to `SELECT *`.',
    'The handler works, as it names its columns. A copy of the table by `SELECT *` would lack it.',
    'Paste the `ALTER TABLE`.',
    'The column is not missing.',
  ),
  'table-engine': explained(
    'The table has another engine than InnoDB.',
    'MyISAM and Aria lock the whole table for each write. MEMORY is empty after a restart, ARCHIVE and BLACKHOLE cannot keep sessions at all, and CSV has no keys.',
    'Paste the `ALTER TABLE ... ENGINE = InnoDB`.',
    'An engine that is only unknown to us is a notice: nobody tried sessions with it.',
  ),
  'table-row-format': explained(
    'The rows are compressed (`ROW_FORMAT=COMPRESSED`).',
    'Writes take longer, and MariaDB may be set to refuse them all.',
    'Paste the `ALTER TABLE`.',
    'The contents are not at fault.',
  ),
  'table-partitioned': explained(
    'The table is partitioned.',
    'A session that belongs to no partition fails. Or several rows for one id become possible.',
    'Paste the `ALTER TABLE ... REMOVE PARTITIONING`.',
    'Partitions by columns of the primary key, with a place for every value, do no harm. They are a notice.',
  ),
  'table-versioned': explained(
    'The table is system-versioned (MariaDB): it keeps every former state of every row.',
    'It grows with each request, and garbage collection frees nothing.',
    'Paste the statements. They drop the history of this table.',
    'Sessions work meanwhile.',
  ),
  'table-trigger': explained(
    'A trigger runs with the writes of the handler.',
    'If the trigger fails, so does the request. If it changes the id, no visitor finds the session again.',
    'Paste the `DROP TRIGGER` if nobody needs it.',
    'It is not known what the trigger does: only that it runs.',
  ),
  'table-foreign-key': explained(
    'A foreign key demands that the id, or another value of the handler, stands in another table.',
    'Every new session fails with HTTP 500, because the handler writes values that no other table has.',
    'Paste the `ALTER TABLE ... DROP FOREIGN KEY`.',
    'A foreign key with a column of your own is not meant: the handler leaves that column out.',
  ),
  'table-check': explained(
    'A `CHECK` constraint decides with every write of the handler.',
    'A session that does not meet it fails with HTTP 500.',
    'Paste the statement that drops it.',
    'The check that MariaDB adds to JSON is not counted: that column is judged as text.',
  ),
  'column-surplus': explained(
    'The table has a further column.',
    'As an error it has no default and must be filled: with `strictOn` every new session fails. As a notice it does no harm.',
    'Paste the statement: the column then allows NULL.',
    'The column is not dropped, and its values stay.',
  ),
  'primary-key': explained(
    'The primary key does not fit: without `matchIP` it is `(id)`, with it `(id, ip_address)`.',
    'Several rows for one id, or a visitor whose address changes gets HTTP 500 (Duplicate entry).',
    'Paste the `ALTER TABLE`. If the server answers with a duplicate, delete the older rows of that id first.',
    'A unique key over the same columns is a notice with `session-table-match: compatible`.',
  ),
  'unique-key-surplus': explained(
    'A further unique key covers columns that two sessions may share.',
    'The second session with the same value fails with HTTP 500 (Duplicate entry).',
    'Paste the statement that drops the key. The index for garbage collection stays.',
    'A unique key that contains the whole primary key does no harm.',
  ),
  'timestamp-index-missing': explained(
    'No index that the server uses begins with `timestamp`.',
    'Garbage collection reads and locks the whole table. With many sessions requests time out meanwhile.',
    'Paste the `ALTER TABLE ... ADD INDEX`.',
    'With few sessions nobody notices it, so it is a warning.',
  ),
};
