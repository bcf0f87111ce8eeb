import { ruleEntries } from '../schema/rules/all.ts';
import { of } from './entry.ts';

/** The database and the session table. */
export const table = {
  'database-refused': of(
    'it does not let the application in, or did not answer',
    'person',
    'error',
  ),
  'database-unreachable': of('nothing answers where the application expects it', 'lines', 'error'),
  'database-differs': of(
    'the live tree and the commit name different databases, and no file of the commit explains it',
    'person',
    'error',
  ),
  'database-moves': of(
    'the commit moves the application to another database',
    'nothing',
    'warning',
  ),
  'database-not-mysql': of('another driver than MySQLi', 'commit', 'error'),
  'database-read-only': of('it takes no writes', 'lines', 'error'),
  'database-rights-missing': of(
    'the account lacks rights that the commit or the handler needs; a warning in `doctor`, which knows no commit',
    'lines',
    'error',
    'warning',
  ),
  'undo-rights-missing': of(
    'it lacks rights that rolling migrations back needs',
    'lines',
    'warning',
  ),
  'clock-skew': of('server and database differ by seconds', 'lines', 'warning'),
  'table-missing': of(
    'there is no such table. **Never run `php spark migrate:refresh` for this**: it drops every table',
    'lines',
    'error',
  ),
  'table-name-case': of('it is there under a name in another case', 'lines', 'error'),
  'table-in-other-schema': of('another database has a table of that name', 'person', 'warning'),
  'table-not-visible': of('this account may not see it, so nothing can be said', 'person', 'error'),
  'prefix-doubled': of('Forge and the query builder mean different tables', 'commit', 'error'),
  'table-is-view': of('a view', 'lines', 'error'),
  ...ruleEntries,
  'data-too-small': of(
    'the largest session of today does not fit, or hardly',
    'lines',
    'error',
    'warning',
  ),
  'handler-fails': of("a session through the application's own handler failed", 'person', 'error'),
  'handler-writes-nothing': of("the application's handler left no row", 'person', 'error'),
  'handler-changes-data': of('the row has other bytes than were written', 'lines', 'error'),
  'handler-writes-no-date': of('the row has no date', 'person', 'error'),
  'handler-dates-wrongly': of('the row has a wrong date', 'lines', 'error'),
  'handler-destroys-nothing': of(
    'the row was still there after the session was destroyed',
    'person',
    'error',
  ),
};
