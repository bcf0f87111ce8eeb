import { describe } from '@jest/globals';
import { judges, type Fault } from '../faults.ts';

const now = 'not null default CURRENT_TIMESTAMP';
const type = 'error column-type';
const fallback = 'error column-default';

const faults: readonly Fault[] = [
  { given: 'the table of the generator', table: {}, exact: [], compatible: [] },
  {
    given: 'the same on MariaDB',
    table: {
      server: '11.8.6-MariaDB',
      columns: { timestamp: 'timestamp not null default current_timestamp()' },
    },
    exact: [],
    compatible: [],
  },
  {
    given: 'the same with matchIP',
    table: { primaryKey: ['id', 'ip_address'] },
    matchIP: true,
    exact: [],
    compatible: [],
  },
  {
    given: 'names in capitals',
    table: { columns: { id: null, ID: 'varchar(128) not null' }, primaryKey: ['ID'] },
    exact: [],
    compatible: [],
  },
  {
    given: 'timestamp INT UNSIGNED',
    table: { columns: { timestamp: 'int(10) unsigned not null default 0' } },
    exact: [type, fallback],
    compatible: [type, 'notice column-default'],
    says: 'int unsigned (the server says int(10) unsigned), not timestamp. The date does not fit. The server stores the largest number there is (4294967295), and then every garbage collection deletes all sessions',
    remedy:
      'ALTER TABLE `ci_sessions`\n  DROP INDEX `timestamp`,\n  DROP COLUMN `timestamp`,\n  ADD COLUMN `timestamp` TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,\n  ADD INDEX (`timestamp`);',
  },
  {
    given: 'timestamp BIGINT',
    table: { columns: { timestamp: 'bigint not null' } },
    exact: [type, fallback],
    compatible: ['warning column-type', 'notice column-default'],
    says: 'only by accident',
  },
  {
    given: 'timestamp DATE',
    table: { columns: { timestamp: 'date not null' } },
    exact: [type, fallback],
    compatible: [type, 'notice column-default'],
    says: 'deleted too early or never',
  },
  {
    given: 'timestamp DATETIME',
    table: { columns: { timestamp: `datetime ${now}` } },
    exact: [type],
    compatible: ['notice column-type'],
    says: 'daylight saving',
    remedy:
      'ALTER TABLE `ci_sessions`\n  MODIFY `timestamp` TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP;',
  },
  {
    given: 'timestamp without default',
    table: { columns: { timestamp: 'timestamp not null' } },
    exact: [fallback],
    compatible: ['notice column-default'],
    says: 'has no default, expected CURRENT_TIMESTAMP',
  },
  {
    given: 'timestamp nullable, NULL by default',
    table: { columns: { timestamp: 'timestamp' } },
    exact: ['error column-nullable', fallback],
    compatible: ['notice column-nullable', 'notice column-default'],
  },
  {
    given: 'timestamp ON UPDATE',
    table: { columns: { timestamp: `timestamp ${now} extra on update CURRENT_TIMESTAMP` } },
    exact: ['warning column-on-update'],
    compatible: ['notice column-on-update'],
    says: 'does no harm',
  },
  {
    given: 'timestamp with fractions',
    table: { columns: { timestamp: 'timestamp(6) not null default CURRENT_TIMESTAMP(6)' } },
    exact: [type, fallback],
    compatible: ['notice column-type'],
  },
];
describe('the table as it should be, and its timestamp', () => {
  judges(faults);
});
