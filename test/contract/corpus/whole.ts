import { generator } from '../database-tables.ts';
import { table, type Specimen } from './specimen.ts';

const type = 'error column-type';
const key = 'error primary-key';

/** Tables as frameworks, tutorials and administrators make them: engines, partitions, triggers, whole layouts. */
export const whole: readonly Specimen[] = [
  {
    name: 'CodeIgniter 4.0 to 4.1.4',
    create: table({
      time: 'timestamp INT(10) UNSIGNED NOT NULL DEFAULT 0',
      data: 'data TEXT NOT NULL',
    }),
    exact: [type, type, 'error column-default'],
    compatible: [type, type, 'notice column-default'],
  },
  {
    name: 'CodeIgniter 3',
    create: table({
      id: 'id VARCHAR(40) NOT NULL',
      time: 'timestamp INT(10) UNSIGNED NOT NULL DEFAULT 0',
      keys: 'KEY ci_sessions_timestamp (timestamp)',
    }),
    exact: [type, type, 'error column-default', key],
    compatible: [type, type, key, 'notice column-default'],
  },
  {
    name: 'CodeIgniter 2',
    create: `CREATE TABLE ci_sessions (session_id VARCHAR(40) NOT NULL DEFAULT '0', ip_address VARCHAR(45) NOT NULL DEFAULT '0',
      user_agent VARCHAR(120) NOT NULL, last_activity INT UNSIGNED NOT NULL DEFAULT 0, user_data TEXT NOT NULL,
      PRIMARY KEY (session_id), KEY last_activity_idx (last_activity));`,
    exact: [
      'error column-missing',
      'error column-missing',
      'error column-missing',
      'error column-default',
      'error column-surplus',
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
      'error column-surplus',
      key,
      'notice column-default',
      'notice column-surplus',
      'notice column-surplus',
    ],
  },
  {
    name: 'MyISAM',
    create: table({ after: 'ENGINE = MyISAM' }),
    exact: ['warning table-engine'],
    compatible: ['warning table-engine'],
  },
  {
    name: 'a view',
    create: `DROP TABLE IF EXISTS base; ${generator('base')} CREATE VIEW ci_sessions AS SELECT * FROM base;`,
    exact: ['error table-is-view'],
    compatible: ['error table-is-view'],
  },
  {
    name: 'compressed',
    create: table({ after: 'ROW_FORMAT = COMPRESSED' }),
    exact: ['warning table-row-format'],
    compatible: ['warning table-row-format'],
  },
  {
    name: 'compact rows',
    create: table({ after: 'ROW_FORMAT = COMPACT' }),
    exact: [],
    compatible: [],
  },
  {
    name: 'partitioned by id',
    create: table({ after: 'PARTITION BY KEY (id) PARTITIONS 4' }),
    exact: ['notice table-partitioned'],
    compatible: ['notice table-partitioned'],
  },
  {
    name: 'partitioned by timestamp',
    create: table({
      keys: 'PRIMARY KEY (id, timestamp), KEY (timestamp)',
      after:
        'PARTITION BY RANGE (UNIX_TIMESTAMP(timestamp)) (PARTITION p VALUES LESS THAN MAXVALUE)',
    }),
    exact: [key, 'notice table-partitioned'],
    compatible: [key, 'notice table-partitioned'],
  },
  {
    name: 'system-versioned',
    only: /MariaDB/,
    create: table({ after: 'WITH SYSTEM VERSIONING' }),
    exact: ['warning table-versioned'],
    compatible: ['warning table-versioned'],
  },
  {
    name: 'with a trigger',
    create: `${table({})} CREATE TRIGGER count_them BEFORE INSERT ON ci_sessions FOR EACH ROW SET @n = 1;`,
    exact: ['warning table-trigger'],
    compatible: ['warning table-trigger'],
  },
  {
    name: 'Archive',
    only: /MySQL/,
    create: table({ id: 'id VARCHAR(128) NOT NULL', keys: '', after: 'ENGINE = ARCHIVE' }),
    exact: ['error table-engine', key, 'warning timestamp-index-missing'],
    compatible: ['error table-engine', key, 'warning timestamp-index-missing'],
  },
  {
    name: 'Blackhole',
    only: /MySQL/,
    create: table({ after: 'ENGINE = BLACKHOLE' }),
    exact: ['error table-engine'],
    compatible: ['error table-engine'],
  },
  {
    name: 'CSV',
    create: table({ keys: '', after: 'ENGINE = CSV' }),
    exact: ['error table-engine', key, 'warning timestamp-index-missing'],
    compatible: ['error table-engine', key, 'warning timestamp-index-missing'],
  },
  {
    name: 'Aria',
    only: /MariaDB/,
    create: table({ after: 'ENGINE = Aria' }),
    exact: ['warning table-engine'],
    compatible: ['warning table-engine'],
  },
  {
    name: 'Memory, with data as VARBINARY',
    create: table({ data: 'data VARBINARY(2000) NOT NULL', after: 'ENGINE = MEMORY' }),
    exact: [type, 'warning table-engine'],
    compatible: [type, 'warning table-engine'],
  },
];
