import { describe } from '@jest/globals';
import { judges, type Fault } from './faults.ts';

const engine = 'table-engine';
const by = 'warning table-partitioned';

function partitions(method: string, expression: string, ...bounds: readonly (string | null)[]) {
  return bounds.map((bound) => ({ method, expression, bound }));
}

const engines: readonly Fault[] = [
  ...(
    [
      ['MyISAM', 'warning', 'visitors wait for each other'],
      ['Aria', 'warning', 'visitors wait for each other'],
      ['MRG_MyISAM', 'warning', 'unique keys'],
      ['CSV', 'error', 'has no keys'],
      ['MEMORY', 'error', 'every visitor is logged out'],
      ['ARCHIVE', 'error', 'The second request'.toLowerCase()],
      ['BLACKHOLE', 'error', 'no visitor stays logged in'],
    ] as const
  ).map(([name, severity, says]) => ({
    given: name,
    table: { engine: name },
    exact: [`${severity} ${engine}`],
    compatible: [`${severity} ${engine}`],
    says,
    remedy: 'ENGINE = InnoDB',
  })),
  {
    given: 'an engine nobody tried',
    table: { engine: 'ROCKSDB' },
    exact: ['notice table-engine'],
    compatible: ['notice table-engine'],
    says: 'uses ROCKSDB; sessions were tried with InnoDB',
  },
  {
    given: 'compressed rows',
    table: { rowFormat: 'Compressed' },
    exact: ['warning table-row-format'],
    compatible: ['warning table-row-format'],
    says: 'innodb_read_only_compressed',
    remedy: 'ALTER TABLE `ci_sessions`\n  ROW_FORMAT = DYNAMIC,\n  KEY_BLOCK_SIZE = 0;',
  },
  {
    given: 'rows in the oldest format',
    table: { rowFormat: 'Redundant' },
    exact: [],
    compatible: [],
  },
];

const spread: readonly Fault[] = [
  {
    given: 'by the primary key',
    table: { partitions: partitions('KEY', '`id`', null, null) },
    exact: ['notice table-partitioned'],
    compatible: ['notice table-partitioned'],
    says: 'partitioned by KEY (id). It does no harm',
  },
  {
    given: 'by a column beside the primary key',
    table: { partitions: partitions('KEY', '`ip_address`', null) },
    exact: [by],
    compatible: [by],
    says: 'several rows for one id',
    remedy: 'ALTER TABLE `ci_sessions`\n  REMOVE PARTITIONING;',
  },
  {
    given: 'by a column of the primary key with matchIP',
    table: {
      partitions: partitions('HASH', 'crc32(`ip_address`)', null),
      primaryKey: ['id', 'ip_address'],
    },
    matchIP: true,
    exact: ['notice table-partitioned'],
    compatible: ['notice table-partitioned'],
  },
  {
    given: 'by ranges that end',
    table: { partitions: partitions('RANGE', 'unix_timestamp(`timestamp`)', '1700000000') },
    exact: [by],
    compatible: [by],
    says: 'no partition for value',
  },
  {
    given: 'without a primary key',
    table: { partitions: partitions('RANGE', '`timestamp`', 'MAXVALUE'), primaryKey: [] },
    exact: ['error primary-key', by],
    compatible: ['error primary-key', by],
    remedy: 'ADD PRIMARY KEY (`id`)\n  REMOVE PARTITIONING;',
  },
];

const versions: readonly Fault[] = [
  {
    given: 'system-versioned',
    table: { kind: 'SYSTEM VERSIONED' },
    exact: ['warning table-versioned'],
    compatible: ['warning table-versioned'],
    says: 'frees nothing',
    remedy: 'ALTER TABLE `ci_sessions` DROP SYSTEM VERSIONING;',
  },
  {
    given: 'system-versioned in partitions, data TEXT',
    table: {
      kind: 'SYSTEM VERSIONED',
      partitions: partitions('SYSTEM_TIME', '', null),
      columns: { data: 'text not null' },
    },
    exact: ['error column-type', 'warning table-versioned'],
    compatible: ['error column-type', 'warning table-versioned'],
    remedy:
      'ALTER TABLE `ci_sessions` REMOVE PARTITIONING;\nALTER TABLE `ci_sessions` DROP SYSTEM VERSIONING;\nALTER TABLE `ci_sessions`\n  MODIFY `data` BLOB NOT NULL;',
  },
];

describe('engines and row formats', () => {
  judges(engines);
});
describe('partitions', () => {
  judges(spread);
});
describe('versions', () => {
  judges(versions);
});
