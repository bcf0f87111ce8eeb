import { table, type Specimen } from './specimen.ts';

const type = 'error column-type';
const key = 'error primary-key';
const unique = 'error unique-key-surplus';

/** Primary keys, unique keys and indexes. */
export const keys: readonly Specimen[] = [
  {
    name: 'other order, other index name',
    create: `CREATE TABLE ci_sessions (data BLOB NOT NULL, timestamp TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
      ip_address VARCHAR(45) NOT NULL, id VARCHAR(128) NOT NULL PRIMARY KEY, KEY ci_sessions_timestamp (timestamp, id));`,
    exact: [],
    compatible: [],
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
    name: 'no index on timestamp',
    create: table({ keys: 'PRIMARY KEY (id)' }),
    exact: ['warning timestamp-index-missing'],
    compatible: ['warning timestamp-index-missing'],
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
    name: 'unique key on ip_address',
    create: table({ keys: 'PRIMARY KEY (id), KEY (timestamp), UNIQUE (ip_address)' }),
    exact: [unique],
    compatible: [unique],
  },
  {
    name: 'unique key on timestamp',
    create: table({ keys: 'PRIMARY KEY (id), UNIQUE (timestamp)' }),
    exact: [unique],
    compatible: [unique],
  },
  {
    name: 'unique key on the beginning of data',
    create: table({ keys: 'PRIMARY KEY (id), KEY (timestamp), UNIQUE by_data (data(20))' }),
    exact: [unique],
    compatible: [unique],
  },
  {
    name: 'unique key on the beginning of id',
    create: table({ keys: 'PRIMARY KEY (id), KEY (timestamp), UNIQUE by_id (id(20))' }),
    exact: [unique],
    compatible: [unique],
  },
  {
    name: 'unique key that holds the primary one',
    create: table({ keys: 'PRIMARY KEY (id), KEY (timestamp), UNIQUE (id, ip_address)' }),
    exact: [],
    compatible: [],
  },
  {
    name: 'unique key on a counting column',
    create: table({
      keys: 'no INT NOT NULL AUTO_INCREMENT UNIQUE, PRIMARY KEY (id), KEY (timestamp)',
    }),
    exact: ['notice column-surplus'],
    compatible: ['notice column-surplus'],
  },
  {
    name: 'unique key on a column that the handler leaves NULL',
    create: table({ keys: 'no INT NULL UNIQUE, PRIMARY KEY (id), KEY (timestamp)' }),
    exact: ['notice column-surplus'],
    compatible: ['notice column-surplus'],
  },
  {
    name: 'unique key on a column with a fixed default',
    create: table({ keys: 'no INT NOT NULL DEFAULT 7 UNIQUE, PRIMARY KEY (id), KEY (timestamp)' }),
    exact: [unique, 'notice column-surplus'],
    compatible: [unique, 'notice column-surplus'],
  },
  {
    name: 'two unique keys at once',
    create: table({
      keys: 'PRIMARY KEY (id), KEY (timestamp), UNIQUE (ip_address), UNIQUE d (data(9))',
    }),
    exact: [unique, unique],
    compatible: [unique, unique],
  },
  {
    name: 'index on timestamp switched off, MySQL',
    only: /MySQL/,
    create: table({ keys: 'PRIMARY KEY (id), KEY (timestamp) INVISIBLE' }),
    exact: ['warning timestamp-index-missing'],
    compatible: ['warning timestamp-index-missing'],
  },
  {
    name: 'index on timestamp switched off, MariaDB',
    only: /MariaDB/,
    create: table({ keys: 'PRIMARY KEY (id), KEY (timestamp) IGNORED' }),
    exact: ['warning timestamp-index-missing'],
    compatible: ['warning timestamp-index-missing'],
  },
  {
    name: 'timestamp second in its index',
    create: table({ keys: 'PRIMARY KEY (id), KEY (ip_address, timestamp)' }),
    exact: ['warning timestamp-index-missing'],
    compatible: ['warning timestamp-index-missing'],
  },
];
