import { guards } from './database-corpus-guards.ts';
import { keys } from './database-corpus-keys.ts';
import { storage } from './database-corpus-storage.ts';
import { accepted, key, table, type, type Specimen } from './database-specimen.ts';
import { generator } from './database-tables.ts';

/** One entry for each way a table deviates. What an order of columns or the name of an index makes no difference to is here too. */
const layouts: readonly Specimen[] = [
  { name: 'as the user guide', create: table({}), exact: [], compatible: [] },
  {
    name: 'other order, other index name',
    create: `CREATE TABLE ci_sessions (data BLOB NOT NULL, timestamp TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
      ip_address VARCHAR(45) NOT NULL, id VARCHAR(128) NOT NULL PRIMARY KEY, KEY ci_sessions_timestamp (timestamp, id));`,
    exact: [],
    compatible: [],
  },
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
    name: 'timestamp BIGINT',
    create: table({ time: 'timestamp BIGINT NOT NULL DEFAULT 0' }),
    exact: [type, 'error column-default'],
    compatible: ['warning column-type', 'notice column-default'],
  },
  {
    name: 'timestamp BIGINT in another index too',
    create: table({
      time: 'timestamp BIGINT NOT NULL',
      keys: 'PRIMARY KEY (id), KEY (timestamp), KEY by_ip (ip_address(20), timestamp)',
    }),
    exact: [type, 'error column-default'],
    compatible: ['warning column-type', 'notice column-default'],
  },
  {
    name: 'timestamp DATETIME',
    create: table({ time: 'timestamp DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP' }),
    exact: [type],
    compatible: [accepted],
  },
  {
    name: 'timestamp with fractions',
    create: table({ time: 'timestamp TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6)' }),
    exact: [type, 'error column-default'],
    compatible: [accepted],
  },
  {
    name: 'timestamp nullable',
    create: table({ time: 'timestamp TIMESTAMP NULL DEFAULT CURRENT_TIMESTAMP' }),
    exact: ['error column-nullable'],
    compatible: ['notice column-nullable'],
  },
  {
    name: 'timestamp without default',
    create: table({ time: "timestamp DATETIME NOT NULL, note VARCHAR(9) DEFAULT 'x'" }),
    exact: [type, 'error column-default', 'notice column-surplus'],
    compatible: [accepted, 'notice column-default', 'notice column-surplus'],
  },
  {
    name: 'timestamp with a literal default',
    create: table({ time: "timestamp TIMESTAMP NOT NULL DEFAULT '2026-01-09 00:00:00'" }),
    exact: ['error column-default'],
    compatible: ['notice column-default'],
  },
  {
    name: 'timestamp on update',
    create: table({
      time: 'timestamp TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP',
    }),
    exact: ['warning column-on-update'],
    compatible: ['notice column-on-update'],
  },
  {
    name: 'no index on timestamp',
    create: table({ keys: 'PRIMARY KEY (id)' }),
    exact: ['warning timestamp-index-missing'],
    compatible: ['warning timestamp-index-missing'],
  },
  {
    name: 'id VARCHAR(40)',
    create: table({ id: 'id VARCHAR(40) NOT NULL' }),
    exact: [type],
    compatible: [type],
  },
  {
    name: 'id VARCHAR(191)',
    create: table({ id: 'id VARCHAR(191) NOT NULL' }),
    exact: [type],
    compatible: [accepted],
  },
  {
    name: 'id CHAR(128)',
    create: table({ id: 'id CHAR(128) NOT NULL' }),
    exact: [type],
    compatible: [accepted],
  },
  {
    name: 'id counts',
    create: table({ id: 'id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT' }),
    exact: [type],
    compatible: [type],
  },
  {
    name: 'ip_address VARCHAR(16) NULL',
    create: table({ ip: 'ip_address VARCHAR(16)' }),
    exact: [type, 'error column-nullable'],
    compatible: [type, 'notice column-nullable'],
  },
  {
    name: 'data MEDIUMBLOB',
    create: table({ data: 'data MEDIUMBLOB NOT NULL' }),
    exact: [type],
    compatible: [accepted],
  },
  {
    name: 'data VARCHAR(255)',
    create: table({ data: "data VARCHAR(255) NOT NULL DEFAULT ''" }),
    exact: [type, 'error column-default'],
    compatible: [type, 'notice column-default'],
  },
  {
    name: 'no primary key',
    create: table({ keys: 'KEY (timestamp)' }),
    exact: [key],
    compatible: [key],
  },
  {
    name: 'unique key in place of the primary one',
    create: table({ keys: 'UNIQUE (id), KEY (timestamp)' }),
    exact: [key],
    compatible: ['notice primary-key'],
  },
  {
    name: 'primary key as with matchIP',
    create: table({ keys: 'PRIMARY KEY (id, ip_address), KEY (timestamp)' }),
    exact: [key],
    compatible: ['warning primary-key'],
  },
  {
    name: 'primary key on a part of id',
    create: table({ keys: 'PRIMARY KEY (id(100)), KEY (timestamp)' }),
    exact: [key],
    compatible: [key],
  },
  {
    name: 'primary key on ip_address',
    create: table({ keys: 'PRIMARY KEY (ip_address), KEY (timestamp)' }),
    exact: [key],
    compatible: [key],
  },
  {
    name: 'a counting column as primary key',
    create: table({ keys: 'no INT NOT NULL AUTO_INCREMENT, PRIMARY KEY (no), KEY (timestamp)' }),
    exact: [key, 'notice column-surplus'],
    compatible: [key, 'notice column-surplus'],
  },
  {
    name: 'a further column that must be filled',
    create: table({ keys: 'agent VARCHAR(120) NOT NULL, PRIMARY KEY (id), KEY (timestamp)' }),
    exact: ['error column-surplus'],
    compatible: ['error column-surplus'],
  },
  {
    name: 'ip_address computed',
    create: table({
      ip: 'ip_address VARCHAR(45) GENERATED ALWAYS AS (LEFT(id, 45)) VIRTUAL',
    }),
    exact: ['error column-nullable', 'error column-generated'],
    compatible: ['error column-generated', 'notice column-nullable'],
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
];

/** Every specimen. */
export const corpus: readonly Specimen[] = [...layouts, ...keys, ...guards, ...storage];
