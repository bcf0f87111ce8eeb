import { table, type Specimen } from './specimen.ts';

const type = 'error column-type';
const accepted = 'notice column-type';

/** What one column can be. */
export const columns: readonly Specimen[] = [
  {
    name: 'timestamp BIGINT',
    create: table({ time: 'timestamp BIGINT NOT NULL DEFAULT 0' }),
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
    name: 'data invisible',
    create: table({ data: 'data BLOB NOT NULL INVISIBLE' }),
    only: /MySQL/,
    exact: ['error column-invisible'],
    compatible: ['notice column-invisible'],
  },
  {
    name: 'ip_address invisible',
    create: table({ ip: "ip_address VARCHAR(45) NOT NULL DEFAULT '' INVISIBLE" }),
    exact: ['error column-default', 'error column-invisible'],
    compatible: ['notice column-default', 'notice column-invisible'],
  },
  {
    name: 'id in latin1, ip_address in ASCII',
    create: table({
      id: 'id VARCHAR(128) CHARACTER SET latin1 NOT NULL',
      ip: 'ip_address VARCHAR(45) CHARACTER SET ascii NOT NULL',
    }),
    exact: [],
    compatible: [],
  },
  {
    name: 'data LONGBLOB',
    create: table({ data: 'data LONGBLOB NOT NULL' }),
    exact: [type],
    compatible: [accepted],
  },
  {
    name: 'data TINYBLOB',
    create: table({ data: 'data TINYBLOB NOT NULL' }),
    exact: [type],
    compatible: [type],
  },
  {
    name: 'data MEDIUMTEXT',
    create: table({ data: 'data MEDIUMTEXT NOT NULL' }),
    exact: [type],
    compatible: [type],
  },
  {
    name: 'data JSON',
    only: /MySQL/,
    create: table({ data: 'data JSON NOT NULL' }),
    exact: [type],
    compatible: [type],
  },
  {
    name: 'ip_address VARCHAR(64)',
    create: table({ ip: 'ip_address VARCHAR(64) NOT NULL' }),
    exact: [type],
    compatible: [accepted],
  },
  {
    name: 'ip_address VARBINARY(16)',
    create: table({ ip: 'ip_address VARBINARY(16) NOT NULL' }),
    exact: [type],
    compatible: [type],
  },
  {
    name: 'names of columns in capitals',
    create: `CREATE TABLE ci_sessions (ID VARCHAR(128) NOT NULL, IP_ADDRESS VARCHAR(45) NOT NULL,
      TIMESTAMP TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, DATA BLOB NOT NULL, PRIMARY KEY (ID), KEY (TIMESTAMP));`,
    exact: [],
    compatible: [],
  },
];
