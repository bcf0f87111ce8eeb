import { describe, expect, test } from '@jest/globals';
import { readSettingsFile } from '../../../src/config/settings-file.ts';
import type { Finding } from '../../../src/finding.ts';
import { judgeDescribed } from '../../../src/described/judge.ts';
import { describe as written } from '../../../src/described/print.ts';
import { wantedTable, type Undescribed, type Wanted } from '../../../src/described/wanted.ts';
import { ruleNames } from '../../../src/static/judge/names.ts';
import { sketched, type TableSketch } from '../../fakes/database.ts';
import { pasted } from '../../fakes/remedies.ts';

const orders: TableSketch = {
  name: 'orders',
  columns: [
    'id int unsigned not null extra auto_increment',
    'email varchar(255) not null',
    'paid_at datetime',
  ],
  primaryKey: ['id'],
  unique: [['email']],
  indexes: [['paid_at', 'email']],
};
const text = `tables:
  orders:
    columns:
      id: int(10) unsigned NOT NULL AUTO_INCREMENT
      email: varchar(255) NOT NULL
      paid_at: datetime
    primary key: id
    unique keys: [email]
    indexes: [paid_at]
`;

function wanted(settings: string): Wanted | Undescribed {
  const read = readSettingsFile(settings, ruleNames);
  const [first] = 'tables' in read ? read.tables : [];
  if (first === undefined) throw new Error(JSON.stringify(read));
  return wantedTable(first, '', 'MySQL');
}

function judged(settings: string, sketch: Partial<TableSketch> = {}): readonly Finding[] {
  const reported = wanted(settings);
  if (!('table' in reported)) throw new Error(reported.message);
  return judgeDescribed(reported, sketched({ ...orders, ...sketch }));
}

function words(found: readonly Finding[]): readonly string[] {
  return found.map(({ name, at }) => `${name}:${at?.line ?? ''}`);
}

describe('a described table', () => {
  test('is right as described, whatever else it has', () => {
    expect(judged(text)).toEqual([]);
    const more = [...orders.columns, 'own text'];
    expect(judged(text, { columns: more, indexes: [['paid_at'], ['own']] })).toEqual([]);
  });

  test.each<[string, Partial<TableSketch>, readonly string[]]>([
    ['length', { columns: having('email varchar(100) not null') }, ['described-column:5']],
    ['NULL', { columns: having('email varchar(255)') }, ['described-column:5']],
    [
      'default',
      { columns: having("email varchar(255) not null default 'x'") },
      ['described-column:5'],
    ],
    ['sign', { columns: having('id int not null extra auto_increment') }, ['described-column:4']],
    ['counting', { columns: having('id int unsigned not null') }, ['described-column:4']],
    ['missing', { columns: orders.columns.slice(0, 2) }, ['described-column:6']],
    ['primary key', { primaryKey: ['id', 'email'] }, ['described-key:7']],
    ['no primary key', { primaryKey: [] }, ['described-key:7']],
    ['no unique key', { unique: [] }, ['described-key:8']],
    ['a wider unique key', { unique: [['email', 'id']] }, ['described-key:8']],
    ['no index', { indexes: [['email', 'paid_at']] }, ['described-key:9']],
    ['an index nobody sees', { invisible: ['paid_at_email'] }, ['described-key:9']],
  ])('%s: found at its line', (_, sketch, expected) => {
    expect(words(judged(text, sketch))).toEqual(expected);
  });

  test('the first difference carries one ALTER TABLE for all', () => {
    const [first, second] = judged(text, {
      columns: having('email varchar(100) not null'),
      unique: [],
    });
    expect(pasted(first)).toBe(
      'ALTER TABLE `orders`\n  MODIFY `email` varchar(255) NOT NULL,\n  ADD UNIQUE KEY (`email`);',
    );
    expect(pasted(second)).toBe('Part of the remedy of described-column.');
  });

  test('one that is not there has the statement that makes it', () => {
    const reported = wanted(text);
    const [first] = 'table' in reported ? judgeDescribed(reported, 'absent') : [];
    expect(pasted(first)).toContain('CREATE TABLE `orders` (\n  `id` int(10) unsigned NOT NULL');
  });

  test.each([
    ['int, evil int', 3],
    ['int) ENGINE=MyISAM -- ', 3],
    ['int PRIMARY KEY', 3],
    ['geometry', 3],
    ['varchar(', 3],
  ])('%j is no column, and its line is reported', (sql, line) => {
    const settings = `tables:\n  t: { columns: {\n    a: '${sql}' } }\n`;
    expect(wanted(settings)).toMatchObject({ line });
  });

  test('what is printed for a table finds it right', () => {
    const table = sketched({
      ...orders,
      columns: [
        ...orders.columns,
        'seen timestamp not null default CURRENT_TIMESTAMP extra DEFAULT_GENERATED on update CURRENT_TIMESTAMP',
        "kind enum('a','b''c') not null default a",
        'sum decimal(10,2) not null default 0.00',
        'both int extra VIRTUAL GENERATED',
      ],
    });
    const printed = written([table], '', 'MySQL');
    expect(printed).toContain('# not described: orders.both');
    const reported = wanted(printed);
    expect('table' in reported && judgeDescribed(reported, table)).toEqual([]);
    expect(printed).toContain('paid_at: datetime NULL');
  });

  test('a name with a line end in it stays in its comment', () => {
    const table = sketched({
      ...orders,
      columns: [...orders.columns, 'both int extra VIRTUAL GENERATED'],
    });
    const columns = table.columns.map((one) =>
      one.name === 'both' ? { ...one, name: 'both\nevil: x' } : one,
    );
    expect(written([{ ...table, columns }], '', 'MySQL')).toContain(
      '# not described: orders.both evil: x\n',
    );
  });
});

/** The columns with one of them in place of its namesake. */
function having(column: string): readonly string[] {
  const [name = ''] = column.split(' ');
  return orders.columns.map((one) => (one.startsWith(`${name} `) ? column : one));
}
