import { key, noEngine, noVersions, onMariaDB, onMySQL, table, type } from './database-specimen.ts';
import type { Specimen } from './database-specimen.ts';

/** Partitions, row formats, versions and engines. */
export const storage: readonly Specimen[] = [
  {
    name: 'partitions by key',
    create: table({ after: 'PARTITION BY KEY (id) PARTITIONS 4' }),
    exact: ['notice table-partitioned'],
    compatible: ['notice table-partitioned'],
  },
  {
    name: 'partitions by the primary key unnamed',
    create: table({ after: 'PARTITION BY LINEAR KEY () PARTITIONS 2' }),
    exact: ['notice table-partitioned'],
    compatible: ['notice table-partitioned'],
  },
  {
    name: 'partitions by address',
    create: table({
      keys: 'PRIMARY KEY (id, ip_address), KEY (timestamp)',
      after: 'PARTITION BY KEY (ip_address) PARTITIONS 4',
    }),
    exact: [key, 'warning table-partitioned'],
    compatible: ['warning table-partitioned', 'warning primary-key'],
  },
  {
    name: 'partitions by date, the last for all that comes',
    create: table({
      keys: 'PRIMARY KEY (id, timestamp), KEY (timestamp)',
      after: `PARTITION BY RANGE (UNIX_TIMESTAMP(timestamp))
        (PARTITION old VALUES LESS THAN (1700000000), PARTITION rest VALUES LESS THAN MAXVALUE)`,
    }),
    exact: [key, 'warning table-partitioned'],
    compatible: [key, 'warning table-partitioned'],
  },
  {
    name: 'partitions by date that end on a day',
    create: table({
      keys: 'PRIMARY KEY (id, timestamp), KEY (timestamp)',
      after:
        'PARTITION BY RANGE (UNIX_TIMESTAMP(timestamp)) (PARTITION old VALUES LESS THAN (1700000000))',
    }),
    exact: [key, 'warning table-partitioned'],
    compatible: [key, 'warning table-partitioned'],
  },
  {
    name: 'partitions by id that end with a letter',
    create: table({
      after: "PARTITION BY RANGE COLUMNS (id) (PARTITION a VALUES LESS THAN ('m'))",
    }),
    exact: ['warning table-partitioned'],
    compatible: ['warning table-partitioned'],
  },
  {
    name: 'compressed rows',
    create: table({ after: 'ROW_FORMAT = COMPRESSED KEY_BLOCK_SIZE = 8' }),
    exact: ['warning table-row-format'],
    compatible: ['warning table-row-format'],
  },
  {
    name: 'compressed rows and an id too short',
    create: table({ id: 'id VARCHAR(40) NOT NULL', after: 'ROW_FORMAT = COMPRESSED' }),
    exact: [type, 'warning table-row-format'],
    compatible: [type, 'warning table-row-format'],
  },
  {
    name: 'rows in the oldest format',
    create: table({ after: 'ROW_FORMAT = REDUNDANT' }),
    exact: [],
    compatible: [],
  },
  {
    name: 'system-versioned',
    create: table({ after: 'WITH SYSTEM VERSIONING' }),
    exact: ['warning table-versioned'],
    compatible: ['warning table-versioned'],
    refusedBy: onMySQL(noVersions),
  },
  {
    name: 'system-versioned with columns for it, data TEXT',
    create: table({
      data: `data TEXT NOT NULL, since TIMESTAMP(6) GENERATED ALWAYS AS ROW START,
        until TIMESTAMP(6) GENERATED ALWAYS AS ROW END, PERIOD FOR SYSTEM_TIME (since, until)`,
      after: 'WITH SYSTEM VERSIONING',
    }),
    exact: [type, 'warning table-versioned', 'notice column-surplus', 'notice column-surplus'],
    compatible: [type, 'warning table-versioned', 'notice column-surplus', 'notice column-surplus'],
    refusedBy: onMySQL(noVersions),
  },
  {
    name: 'system-versioned with partitions for it',
    create: table({
      after:
        'WITH SYSTEM VERSIONING PARTITION BY SYSTEM_TIME (PARTITION old HISTORY, PARTITION new CURRENT)',
    }),
    exact: ['warning table-versioned'],
    compatible: ['warning table-versioned'],
    refusedBy: onMySQL(noVersions),
  },
  {
    name: 'Aria',
    create: table({ after: 'ENGINE = Aria' }),
    exact: ['warning table-engine'],
    compatible: ['warning table-engine'],
    refusedBy: onMySQL(noEngine),
  },
  {
    name: 'a union of MyISAM tables',
    create: `DROP TABLE IF EXISTS part; ${table({ after: 'ENGINE = MyISAM' }).replace('ci_sessions', 'part')}
      ${table({ after: 'ENGINE = MERGE UNION = (part) INSERT_METHOD = LAST' })}`,
    exact: ['warning table-engine'],
    compatible: ['warning table-engine'],
  },
  {
    name: 'in memory',
    create: table({ data: 'data VARBINARY(9000) NOT NULL', after: 'ENGINE = MEMORY' }),
    exact: [type, 'error table-engine'],
    compatible: [type, 'error table-engine'],
  },
  {
    name: 'a CSV file',
    create: table({ keys: '', after: 'ENGINE = CSV' }),
    exact: ['error table-engine', key, 'warning timestamp-index-missing'],
    compatible: ['error table-engine', key, 'warning timestamp-index-missing'],
  },
  {
    name: 'an archive',
    create: table({ keys: '', after: 'ENGINE = ARCHIVE' }),
    exact: ['error table-engine', key, 'warning timestamp-index-missing'],
    compatible: ['error table-engine', key, 'warning timestamp-index-missing'],
    refusedBy: onMariaDB(noEngine),
  },
  {
    name: 'a black hole',
    create: table({ after: 'ENGINE = BLACKHOLE' }),
    exact: ['error table-engine'],
    compatible: ['error table-engine'],
    refusedBy: onMariaDB(noEngine),
  },
];
