import { of } from './entry.ts';

/** The database and the session table. */
export const table = {
  'database-refused': of('it does not let the application in, or did not answer', 'error'),
  'database-unreachable': of('nothing answers where the application expects it', 'error'),
  'database-differs': of(
    'the live tree and the commit name different databases, and no file of the commit explains it',
    'error',
  ),
  'database-moves': of('the commit moves the application to another database', 'warning'),
  'database-not-mysql': of('another driver than MySQLi', 'error'),
  'database-read-only': of('it takes no writes', 'error'),
  'database-rights-missing': of(
    'the account lacks rights that the commit or the handler needs',
    'error',
  ),
  'undo-rights-missing': of('it lacks rights that taking migrations back needs', 'warning'),
  'clock-skew': of('server and database differ by seconds', 'warning'),
  'table-missing': of(
    'there is no such table. **Never run `php spark migrate:refresh` for this**: it drops every table',
    'error',
  ),
  'table-name-case': of('it is there under a name in another case', 'error'),
  'table-in-other-schema': of('another database has a table of that name', 'warning'),
  'table-not-visible': of('this account may not see it, so nothing can be said', 'error'),
  'prefix-doubled': of('Forge and the query builder mean different tables', 'error'),
  'table-is-view': of('a view', 'error'),
  'column-missing': of(
    'a column is not as the handler needs it (notice with `session-table-match: compatible`)',
    'error',
    'notice',
  ),
  'column-type': of(
    'a column is not as the handler needs it (notice with `session-table-match: compatible`)',
    'error',
    'notice',
  ),
  'column-nullable': of(
    'a column is not as the handler needs it (notice with `session-table-match: compatible`)',
    'error',
    'notice',
  ),
  'column-default': of(
    'a column is not as the handler needs it (notice with `session-table-match: compatible`)',
    'error',
    'notice',
  ),
  'column-on-update': of(
    'a column is not as the handler needs it (notice with `session-table-match: compatible`)',
    'error',
    'notice',
  ),
  'column-generated': of(
    'a column is not as the handler needs it (notice with `session-table-match: compatible`)',
    'error',
    'notice',
  ),
  'column-invisible': of(
    'a column is not as the handler needs it (notice with `session-table-match: compatible`)',
    'error',
    'notice',
  ),
  'column-surplus': of('a further column that must be filled, or need not', 'error', 'notice'),
  'data-too-small': of('the largest session of today does not fit, or hardly', 'error', 'warning'),
  'primary-key': of('not `(id)`, or with matchIP not `(id, ip_address)`', 'error'),
  'unique-key-surplus': of('a unique key that keeps visitors out', 'error'),
  'timestamp-index-missing': of('garbage collection reads the whole table', 'warning'),
  'table-engine': of(
    'an engine that loses sessions, or lets visitors wait for each other',
    'error',
    'warning',
  ),
  'table-row-format': of('compressed rows', 'warning'),
  'table-partitioned': of(
    'partitions that refuse sessions or widen the primary key; a notice where they do no harm',
    'warning',
    'notice',
  ),
  'table-versioned': of('MariaDB keeps every old row for ever', 'warning'),
  'table-trigger': of('a trigger runs in every request', 'warning'),
  'table-check': of('a condition of the table decides with every write of a session', 'warning'),
  'table-foreign-key': of(
    'ids would have to stand in another table, so that new sessions fail',
    'error',
  ),
  'handler-fails': of("a session through the application's own handler failed", 'error'),
  'handler-writes-nothing': of(
    'it left no row, other bytes, no date, a wrong date, or the row',
    'error',
  ),
  'handler-changes-data': of(
    'it left no row, other bytes, no date, a wrong date, or the row',
    'error',
  ),
  'handler-writes-no-date': of(
    'it left no row, other bytes, no date, a wrong date, or the row',
    'error',
  ),
  'handler-dates-wrongly': of(
    'it left no row, other bytes, no date, a wrong date, or the row',
    'error',
  ),
  'handler-destroys-nothing': of(
    'it left no row, other bytes, no date, a wrong date, or the row',
    'error',
  ),
};
