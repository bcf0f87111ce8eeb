import { judges } from './faults.ts';

judges([
  {
    given: 'a trigger',
    table: { triggers: [{ name: 'counts', event: 'insert', timing: 'after' }] },
    exact: ['warning table-trigger'],
    compatible: ['warning table-trigger'],
    says: 'the trigger counts (AFTER INSERT), which runs for every new session',
    remedy: 'DROP TRIGGER `counts`;',
  },
  {
    given: 'two triggers, data TEXT',
    table: {
      columns: { data: 'text not null' },
      triggers: [
        { name: 'a', event: 'UPDATE', timing: 'BEFORE' },
        { name: 'b`', event: 'DELETE', timing: 'BEFORE' },
      ],
    },
    exact: ['error column-type', 'warning table-trigger', 'warning table-trigger'],
    compatible: ['error column-type', 'warning table-trigger', 'warning table-trigger'],
    remedy: 'DROP TRIGGER `a`;\nDROP TRIGGER `b```;\nALTER TABLE `ci_sessions`\n  MODIFY',
  },
  {
    given: 'ids that must stand in another table',
    table: { references: [{ name: 'f', part: 'ID', target: 'users' }] },
    exact: ['error table-foreign-key'],
    compatible: ['error table-foreign-key'],
    says: '(ID) must be found in users',
    remedy: 'DROP FOREIGN KEY `f`',
  },
  {
    given: 'a further column that may stand in another table',
    table: {
      columns: { person: 'int' },
      references: [
        { name: 'f', part: 'id', target: 'users' },
        { name: 'f', part: 'person', target: 'users' },
      ],
    },
    exact: ['notice column-surplus'],
    compatible: ['notice column-surplus'],
  },
  {
    given: 'a check',
    table: { checks: ['small', 'short'] },
    exact: ['warning table-check'],
    compatible: ['warning table-check'],
    says: 'small and short',
    remedy: 'DROP CONSTRAINT `small`,\n  DROP CONSTRAINT `short`',
  },
  {
    given: 'a check of a column, as MariaDB names it',
    table: { checks: ['id'] },
    exact: ['warning table-check'],
    compatible: ['warning table-check'],
    remedy: 'MODIFY `id` VARCHAR(128) NOT NULL;',
  },
  {
    given: 'the check that MariaDB adds to JSON',
    table: { columns: { data: 'longtext not null' }, checks: ['data'] },
    exact: ['error column-type'],
    compatible: ['error column-type'],
  },
  {
    given: 'a check of a further column',
    table: { columns: { note: 'longtext' }, checks: ['note'] },
    exact: ['notice column-surplus'],
    compatible: ['notice column-surplus'],
  },
  {
    given: 'a hidden column',
    table: {
      columns: {
        timestamp: 'timestamp not null default CURRENT_TIMESTAMP extra DEFAULT_GENERATED INVISIBLE',
      },
    },
    exact: ['warning column-invisible'],
    compatible: ['notice column-invisible'],
    remedy: 'MODIFY `timestamp` TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP;',
  },
]);
