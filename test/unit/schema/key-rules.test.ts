import { describe } from '@jest/globals';
import { judges, type Fault } from './faults.ts';

const key = 'error primary-key';

const keys: readonly Fault[] = [
  {
    given: 'no primary key',
    table: { primaryKey: [] },
    exact: [key],
    compatible: [key],
    says: 'no primary key, expected (id) because matchIP is false. Each request reads the whole table',
  },
  {
    given: 'a unique key in its place',
    table: { primaryKey: [], unique: [['id']] },
    exact: [key],
    compatible: ['notice primary-key'],
  },
  {
    given: 'a unique key on a part of id in its place',
    table: { primaryKey: [], unique: [['id(100)']] },
    exact: [key],
    compatible: [key],
  },
  {
    given: '(id, ip_address) without matchIP',
    table: { primaryKey: ['id', 'ip_address'] },
    exact: [key],
    compatible: ['warning primary-key'],
    says: 'several rows',
    remedy: 'ALTER TABLE `ci_sessions`\n  DROP PRIMARY KEY,\n  ADD PRIMARY KEY (`id`);',
  },
  {
    given: '(id) with matchIP',
    table: {},
    matchIP: true,
    exact: [key],
    compatible: [key],
    says: 'Duplicate entry',
    remedy:
      'ALTER TABLE `ci_sessions`\n  DROP PRIMARY KEY,\n  ADD PRIMARY KEY (`id`, `ip_address`);',
  },
  {
    given: '(ip_address, id) with matchIP',
    table: { primaryKey: ['ip_address', 'id'] },
    matchIP: true,
    exact: [key],
    compatible: ['notice primary-key'],
  },
  {
    given: '(ip_address), as two calls of addKey make it',
    table: { primaryKey: ['ip_address'] },
    exact: [key],
    compatible: [key],
    says: 'The second visitor with the same value',
  },
  {
    given: 'a part of id',
    table: { primaryKey: ['id(100)'] },
    exact: [key],
    compatible: [key],
    says: 'the primary key (id(100))',
  },
  {
    given: 'a counting column of its own',
    table: { columns: { no: 'int not null extra auto_increment' }, primaryKey: ['no'] },
    exact: [key, 'notice column-surplus'],
    compatible: [key, 'notice column-surplus'],
    remedy:
      'ALTER TABLE `ci_sessions`\n  DROP PRIMARY KEY,\n  ADD PRIMARY KEY (`id`),\n  ADD UNIQUE KEY (`no`);',
  },
  {
    given: 'one that the server made up',
    table: {
      columns: { my_row_id: 'bigint unsigned not null extra auto_increment INVISIBLE' },
      primaryKey: ['my_row_id'],
    },
    exact: [key],
    compatible: [key],
    says: 'which the server made up and hides',
    remedy:
      'ALTER TABLE `ci_sessions`\n  DROP PRIMARY KEY,\n  DROP COLUMN `my_row_id`,\n  ADD PRIMARY KEY (`id`);',
  },
  {
    given: 'no index on timestamp',
    table: { indexes: [['ip_address', 'timestamp']] },
    exact: ['warning timestamp-index-missing'],
    compatible: ['warning timestamp-index-missing'],
    remedy: 'ALTER TABLE `ci_sessions`\n  ADD INDEX (`timestamp`);',
  },
  {
    given: 'a longer index on timestamp',
    table: { indexes: [['timestamp', 'id']] },
    exact: [],
    compatible: [],
  },
];

const others: readonly Fault[] = [
  {
    given: 'a further column that must be filled',
    table: { columns: { agent: 'varchar(120) not null' } },
    exact: ['error column-surplus'],
    compatible: ['error column-surplus'],
    remedy: 'ALTER TABLE `ci_sessions`\n  MODIFY `agent` varchar(120) NULL;',
  },
  {
    given: 'a further column that may be left out',
    table: { columns: { agent: 'varchar(120)' } },
    exact: ['notice column-surplus'],
    compatible: ['notice column-surplus'],
  },
  {
    given: 'a computed column',
    table: { columns: { ip_address: 'varchar(45) not null extra VIRTUAL GENERATED' } },
    exact: ['error column-generated'],
    compatible: ['error column-generated'],
    says: 'every write fails',
  },
  {
    given: 'MyISAM',
    table: { engine: 'MyISAM' },
    exact: ['warning table-engine'],
    compatible: ['warning table-engine'],
  },
  {
    given: 'a view',
    table: { kind: 'VIEW', engine: '', primaryKey: [], indexes: [] },
    exact: ['error table-is-view'],
    compatible: ['error table-is-view'],
  },
];

describe('keys', () => {
  judges(keys);
});

describe('the table as a whole', () => {
  judges(others);
});
