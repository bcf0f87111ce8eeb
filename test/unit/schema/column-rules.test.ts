import { describe } from '@jest/globals';
import { judges, type Fault } from './faults.ts';

const type = 'error column-type';
const key = 'error primary-key';

const faults: readonly Fault[] = [
  {
    given: 'id VARCHAR(40) without a primary key (CodeIgniter 3)',
    table: { columns: { id: 'varchar(40) not null' }, primaryKey: [] },
    exact: [type, key],
    compatible: [type, key],
    says: 'An id has 43 characters here',
    remedy:
      'ALTER TABLE `ci_sessions`\n  MODIFY `id` VARCHAR(128) NOT NULL,\n  ADD PRIMARY KEY (`id`);',
  },
  {
    given: 'id VARCHAR(40) with a primary key',
    table: { columns: { id: 'varchar(40) not null' } },
    exact: [type],
    compatible: [type],
    says: 'Duplicate entry',
  },
  {
    given: 'id VARCHAR(64)',
    table: { columns: { id: 'varchar(64) not null' } },
    exact: [type],
    compatible: [type],
    says: 'ids of today fit',
  },
  {
    given: 'id a number',
    table: { columns: { id: 'int(11) not null extra auto_increment' } },
    exact: [type],
    compatible: [type],
    says: 'no visitor would find the session again',
  },
  {
    given: 'id VARCHAR(255)',
    table: { columns: { id: 'varchar(255) not null' } },
    exact: [type],
    compatible: ['notice column-type'],
    says: 'session-table-match: compatible accepts it',
  },
  {
    given: 'id CHAR(128)',
    table: { columns: { id: 'char(128) not null' } },
    exact: [type],
    compatible: ['notice column-type'],
  },
  {
    given: 'id with a default',
    table: { columns: { id: "varchar(128) not null default ''" } },
    exact: ['error column-default'],
    compatible: ['notice column-default'],
  },
  {
    given: 'ip_address too short',
    table: { columns: { ip_address: 'varchar(16) not null' } },
    exact: [type],
    compatible: [type],
    says: 'IPv6',
  },
  {
    given: 'ip_address too short with matchIP',
    table: { columns: { ip_address: 'varchar(16) not null' }, primaryKey: ['id', 'ip_address'] },
    matchIP: true,
    exact: [type],
    compatible: [type],
    says: 'with matchIP the visitor is logged out',
  },
  {
    given: 'ip_address nullable',
    table: { columns: { ip_address: 'varchar(45)' } },
    exact: ['error column-nullable'],
    compatible: ['notice column-nullable'],
  },
  {
    given: 'data TEXT',
    table: { columns: { data: 'text not null' } },
    exact: [type],
    compatible: [type],
    says: 'binary values are corrupted',
  },
  {
    given: 'data VARCHAR(255)',
    table: { columns: { data: 'varchar(255) not null' } },
    exact: [type],
    compatible: [type],
    says: 'Failed to decode session object',
  },
  {
    given: 'data TINYBLOB',
    table: { columns: { data: 'tinyblob not null' } },
    exact: [type],
    compatible: [type],
  },
  {
    given: 'data MEDIUMBLOB',
    table: { columns: { data: 'mediumblob not null' } },
    exact: [type],
    compatible: ['notice column-type'],
    says: 'it holds more',
  },
  {
    given: 'data LONGBLOB',
    table: { columns: { data: 'longblob not null' } },
    exact: [type],
    compatible: ['notice column-type'],
  },
  {
    given: 'data missing',
    table: { columns: { data: null } },
    exact: ['error column-missing'],
    compatible: ['error column-missing'],
    says: 'Unknown column',
    remedy: 'ALTER TABLE `ci_sessions`\n  ADD COLUMN `data` BLOB NOT NULL;',
  },
  {
    given: 'the layout of CodeIgniter 2',
    table: {
      columns: {
        id: null,
        timestamp: null,
        data: null,
        session_id: 'varchar(40) not null default 0',
        last_activity: 'int unsigned not null default 0',
        user_data: 'text not null',
      },
      primaryKey: ['session_id'],
      indexes: [],
    },
    exact: [
      'error column-missing',
      'error column-missing',
      'error column-missing',
      'error column-surplus',
      key,
      'notice column-surplus',
      'notice column-surplus',
    ],
    compatible: [
      'error column-missing',
      'error column-missing',
      'error column-missing',
      'error column-surplus',
      key,
      'notice column-surplus',
      'notice column-surplus',
    ],
    remedy: 'RENAME TABLE `ci_sessions` TO `ci_sessions_before`;\nCREATE TABLE `ci_sessions` (',
  },
];

describe('id, ip_address and data', () => {
  judges(faults);
});
