import { describe, expect, test } from '@jest/globals';
import { normalTable, normalType, product } from '../../../src/schema/dialects/normal.ts';
import type { ColumnRow, TableRows } from '../../../src/schema/dialects/rows.ts';

const mysql57 = '5.7.42';
const mysql = '9.7.4';
const old = '10.1.48-MariaDB';
const mariadb = '11.8.6-MariaDB-0+deb13u1 from Debian';

function rows(some: Partial<TableRows>): TableRows {
  return {
    table: { name: 't', kind: 'BASE TABLE', engine: 'InnoDB', rowFormat: 'Dynamic' },
    columns: [],
    indexes: [],
    partitions: [],
    triggers: [],
    references: [],
    checks: [],
    ...some,
  };
}

function read(version: string, row: Partial<ColumnRow>) {
  const full = {
    name: 'x',
    type: 'varchar(20)',
    nullable: 'NO',
    fallback: null,
    extra: '',
    ...row,
  };
  const [column] = normalTable(product(version), rows({ columns: [full] })).columns;
  if (column === undefined) throw new Error('A row gives a column.');
  return column;
}

describe('product', () => {
  test.each([
    ['5.7.42', 'MySQL', '5.7.42', 'bare'],
    ['8.0.46-0ubuntu0.24.04.1', 'MySQL', '8.0.46', 'bare'],
    ['10.1.48-MariaDB-0+deb9u2', 'MariaDB', '10.1.48', 'bare'],
    ['10.2.6-MariaDB', 'MariaDB', '10.2.6', 'bare'],
    ['10.2.7-MariaDB', 'MariaDB', '10.2.7', 'quoted'],
    ['10.11.14-MariaDB-log', 'MariaDB', '10.11.14', 'quoted'],
    ['5.5.5-10.6.23-MariaDB', 'MariaDB', '10.6.23', 'quoted'],
    ['5.5.5', 'MySQL', '5.5.5', 'bare'],
    ['12.1.2-MariaDB', 'MariaDB', '12.1.2', 'quoted'],
  ] as const)('%s is %s %s, whose defaults are %s', (text, name, version, defaults) => {
    expect(product(text)).toEqual({ name, version, defaults });
  });
});

describe('types as the servers write them', () => {
  test.each([
    ['VARCHAR(128)', 'varchar(128)'],
    ['int(10) unsigned', 'int unsigned'],
    ['int unsigned', 'int unsigned'],
    ['bigint(20)', 'bigint'],
    ['tinyint(4)', 'tinyint'],
    ['tinyint(1)', 'tinyint(1)'],
    ['tinyint(1) unsigned', 'tinyint(1) unsigned'],
    ['int(10) unsigned zerofill', 'int(10) unsigned zerofill'],
    ['year(4)', 'year'],
    ['timestamp(6)', 'timestamp(6)'],
    ['timestamp /* mariadb-5.3 */', 'timestamp'],
    ['timestamp /* 5.5 binary format */', 'timestamp'],
    ['blob /*M!100301 COMPRESSED*/', 'blob'],
    ['decimal(5,2)', 'decimal(5,2)'],
    ["ENUM('A','b /* c */')", "enum('A','b /* c */')"],
    ["set('INT(3)')", "set('INT(3)')"],
  ])('%s is read as %s', (raw, normal) => {
    expect(normalType(raw)).toBe(normal);
  });
});

const time = { type: 'timestamp' };

describe('defaults as the servers write them', () => {
  test.each<[string, string, Partial<ColumnRow>, string]>([
    ['now', mysql57, { ...time, fallback: 'CURRENT_TIMESTAMP' }, 'now'],
    ['now', mysql, { ...time, fallback: 'CURRENT_TIMESTAMP', extra: 'DEFAULT_GENERATED' }, 'now'],
    ['now', old, { ...time, fallback: 'CURRENT_TIMESTAMP' }, 'now'],
    ['now', mariadb, { ...time, fallback: 'current_timestamp()' }, 'now'],
    ['now(0)', mariadb, { ...time, fallback: 'current_timestamp(0)' }, 'now'],
    ['now(6)', mysql, { ...time, fallback: 'CURRENT_TIMESTAMP(6)' }, 'now(6)'],
    ['now(6)', mariadb, { ...time, fallback: 'current_timestamp(6)' }, 'now(6)'],
    ['localtimestamp', mariadb, { ...time, fallback: 'localtimestamp()' }, 'now'],
    ['text that looks like now', mysql, { fallback: 'CURRENT_TIMESTAMP' }, "'CURRENT_TIMESTAMP'"],
    ['text that looks like now', mariadb, { fallback: "'now()'" }, "'now()'"],
    ['a literal', mysql, { fallback: "x'y" }, "'x''y'"],
    ['a literal', mariadb, { fallback: "'x''y'" }, "'x''y'"],
    ['a literal with a backslash', mysql, { fallback: 'a\\b' }, "'a\\b'"],
    ['a literal with a backslash', mariadb, { fallback: "'a\\\\b\\n'" }, "'a\\b\n'"],
    ['a literal', old, { fallback: "'quoted'" }, "'''quoted'''"],
    ['an empty literal', mysql, { fallback: '' }, "''"],
    ['an empty literal', mariadb, { fallback: "''" }, "''"],
    ['a number', mysql, { type: 'int', fallback: '0' }, "'0'"],
    ['a number', mariadb, { type: 'int(11)', fallback: '0' }, "'0'"],
    ['a negative number', mariadb, { type: 'int(11)', fallback: '-1.5' }, "'-1.5'"],
    ['bits', mysql, { type: 'bit(2)', fallback: "b'10'" }, "b'10'"],
    ['bits', mariadb, { type: 'bit(2)', fallback: "b'10'" }, "b'10'"],
    ['no default', mysql, {}, 'none'],
    ['no default', mariadb, {}, 'none'],
    ['NULL', mysql, { nullable: 'YES' }, 'null'],
    ['NULL', old, { nullable: 'YES' }, 'null'],
    ['NULL', mariadb, { nullable: 'YES', fallback: 'NULL' }, 'null'],
    ['the text NULL', mysql, { fallback: 'NULL' }, "'NULL'"],
    ['the text NULL', mariadb, { fallback: "'NULL'" }, "'NULL'"],
    ['dropped', mariadb, { nullable: 'YES' }, 'none'],
    ['an expression', mysql, { fallback: 'uuid()', extra: 'DEFAULT_GENERATED' }, '(uuid())'],
    ['an expression', mariadb, { fallback: 'uuid()' }, '(uuid())'],
    ['a zero date', mysql57, { ...time, fallback: '0000-00-00 00:00:00' }, "'0000-00-00 00:00:00'"],
    [
      'a zero date',
      mariadb,
      { ...time, fallback: "'0000-00-00 00:00:00'" },
      "'0000-00-00 00:00:00'",
    ],
  ])('%s on %s', (_, version, row, normal) => {
    const reported = read(version, row).default;
    expect(reported.normal).toBe(normal);
    expect(reported.raw).toBe(row.fallback ?? '(SQL NULL)');
  });
});

describe('EXTRA', () => {
  test.each<[string, string, string, string]>([
    ['', 'timestamp', mysql57, ''],
    ['DEFAULT_GENERATED', 'timestamp', mysql, ''],
    ['DEFAULT_GENERATED on update CURRENT_TIMESTAMP', 'timestamp', mysql, 'on update now'],
    ['on update current_timestamp()', 'timestamp', mariadb, 'on update now'],
    ['on update CURRENT_TIMESTAMP', 'timestamp(6)', old, 'on update now(6)'],
    ['on update current_timestamp(6)', 'timestamp(6)', mariadb, 'on update now(6)'],
    ['auto_increment', 'int', mysql, 'auto_increment'],
    ['auto_increment INVISIBLE', 'bigint unsigned', mysql, 'auto_increment, invisible'],
    ['auto_increment, INVISIBLE', 'bigint unsigned', mariadb, 'auto_increment, invisible'],
    ['STORED GENERATED', 'int', mysql, 'stored generated'],
    ['PERSISTENT', 'int', old, 'stored generated'],
    ['VIRTUAL', 'int', old, 'virtual generated'],
    ['VIRTUAL GENERATED INVISIBLE', 'int', mysql, 'virtual generated, invisible'],
    ['WITHOUT SYSTEM VERSIONING', 'int', mariadb, 'without system versioning'],
  ])('%j of %s on %s', (extra, type, version, normal) => {
    expect(read(version, { type, extra }).extra).toEqual({ raw: extra, normal });
  });
});

test('the primary key is the index PRIMARY, whatever else is unique', () => {
  const row = (name: string, nonUnique: number, part: string | null, prefix: number | null) => {
    return { name, nonUnique, part, prefix, visible: name === 'functional' ? 'NO' : 'YES' };
  };
  const indexes = [
    row('PRIMARY', 0, 'id', 100),
    row('PRIMARY', 0, 'ip_address', null),
    row('by_id', 0, 'id', null),
    row('functional', 1, null, null),
  ];
  const table = { name: 't', kind: 'SYSTEM VERSIONED', engine: 'InnoDB', rowFormat: null };
  expect(normalTable(product(mysql), rows({ table, indexes }))).toEqual({
    name: 't',
    kind: 'table',
    engine: 'InnoDB',
    columns: [],
    primaryKey: {
      name: 'PRIMARY',
      unique: true,
      visible: true,
      parts: [
        { column: 'id', length: 100 },
        { column: 'ip_address', length: null },
      ],
    },
    indexes: [
      { name: 'by_id', unique: true, visible: true, parts: [{ column: 'id', length: null }] },
      {
        name: 'functional',
        unique: false,
        visible: false,
        parts: [{ column: '(expression)', length: null }],
      },
    ],
    versioned: true,
    rowFormat: '',
    partitioning: null,
    triggers: [],
    foreignKeys: [],
    checks: [],
  });
  const view = normalTable(
    product(mysql),
    rows({ table: { name: 'v', kind: 'VIEW', engine: null, rowFormat: null } }),
  );
  expect(view).toMatchObject({ kind: 'view', engine: '', primaryKey: null });
});

test.each([
  ['RANGE', ['1000', 'MAXVALUE'], true],
  ['RANGE COLUMNS', ["'m'", 'MAXVALUE'], true],
  ['RANGE COLUMNS', ["'m',MAXVALUE"], false],
  ['RANGE', ['1000'], false],
  ['LIST', ['1,2', 'DEFAULT'], true],
  ['LIST', ['1,2'], false],
  ['KEY', [null, null], true],
])('partitions by %s with the bounds %j take every row: %s', (method, bounds, open) => {
  const partitions = bounds.map((bound) => ({ method, expression: '`id`', bound }));
  expect(normalTable(product(mysql), rows({ partitions })).partitioning).toEqual({
    method,
    expression: '`id`',
    open,
  });
});

test('a table without partitions has one row of nothing', () => {
  const partitions = [{ method: null, expression: null, bound: null }];
  expect(normalTable(product(mysql), rows({ partitions })).partitioning).toBeNull();
});

test('a foreign key of two columns is one', () => {
  const references = ['id', 'ip_address'].map((part) => ({ name: 'f', part, target: 'users' }));
  expect(normalTable(product(mysql), rows({ references })).foreignKeys).toEqual([
    { name: 'f', columns: ['id', 'ip_address'], to: 'users' },
  ]);
});
