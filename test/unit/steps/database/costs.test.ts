import { expect, test } from '@jest/globals';
import { Secret } from '../../../../src/secret.ts';
import { Prices, type ReadStatement } from '../../../../src/steps/database/costs.ts';
import { FakeDatabase, sketched } from '../../../fakes/database.ts';

const orders = {
  name: 'orders',
  columns: ['id int not null', 'code varchar(40) not null', 'total int not null'],
  primaryKey: ['id'],
};

function database(product: string): FakeDatabase {
  const made = new FakeDatabase({
    ...{ address: { socket: '/s' }, user: 'u', password: new Secret('p'), database: 'd' },
  });
  made.product = product;
  made.add(sketched(orders)).add(sketched({ name: 'notes', columns: ['id int not null'] }));
  made.bulks.set('orders', { rows: 1_200_000, bytes: 300 * 1024 ** 2 });
  return made;
}

function said(sql: string | null, more: Partial<ReadStatement> = {}): ReadStatement {
  return { sql, doubt: null, before: [], checksKeys: true, otherGroup: null, ...more };
}

async function wordsOf(
  statements: readonly ReadStatement[],
  product = 'MySQL 8.4.3',
): Promise<readonly string[]> {
  const prices = await Prices.of(database(product), true, statements);
  return statements.flatMap((one) => prices.costsOf(one)).map(({ says }) => says);
}

const size = 'orders (about 1,200,000 rows, 300 MB)';

test.each([
  [
    'ALTER TABLE `orders` ADD `note` TEXT NULL',
    'adds the column note. MySQL 8.4.3 does it at once, whatever the size.',
  ],
  [
    'ALTER TABLE orders MODIFY total BIGINT NOT NULL',
    'changes the column total. MySQL 8.4.3 copies the whole table. Writes to it wait meanwhile.',
  ],
  [
    'CREATE INDEX c ON orders (code)',
    'adds the index c. MySQL 8.4.3 does it in place. Visitors read and write meanwhile.',
  ],
  [
    'ALTER TABLE orders ADD FULLTEXT f (code)',
    'adds the index f. MySQL 8.4.3 does it in place. Writes to the table wait meanwhile.',
  ],
  [
    'ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (total) REFERENCES notes (id)',
    'adds the foreign key fk. MySQL 8.4.3 copies the whole table. Writes to it wait meanwhile.',
  ],
  [
    'ALTER TABLE orders ENGINE = InnoDB',
    'sets ENGINE. What that costs on MySQL 8.4.3 is not known.',
  ],
  [
    'ALTER TABLE orders MODIFY code VARCHAR(50) COLLATE utf8mb4_bin NOT NULL',
    'changes the column code. What that costs on MySQL 8.4.3 is not known.',
  ],
  [
    'ALTER TABLE orders ADD a INT, ADD b INT, ADD c INT, ADD d INT',
    'adds the column a, adds the column b, adds the column c and 1 more change. MySQL 8.4.3 does it at once, whatever the size.',
  ],
  ['DROP TABLE IF EXISTS orders', 'drops the table with all its rows.'],
  ['TRUNCATE orders', 'deletes all its rows.'],
  [
    'UPDATE orders SET total = 0',
    'changes or deletes rows. How many, and how long they are locked, only running tells.',
  ],
])('%s', async (sql, words) => {
  expect(await wordsOf([said(sql)])).toEqual([`${size}: ${words}`]);
});

test('a release that copies online says so, and a small table has its size', async () => {
  expect(
    await wordsOf([said('ALTER TABLE notes MODIFY id BIGINT NOT NULL')], 'MariaDB 11.8.3'),
  ).toEqual([
    'notes (about 0 rows, 16 KB): changes the column id. MariaDB 11.8.3 copies the whole table. Visitors read and write meanwhile.',
  ]);
});

test.each(['CREATE TABLE new (id INT)', 'ALTER TABLE new ADD x INT', 'SET FOREIGN_KEY_CHECKS=0'])(
  'what touches no table that is there costs nothing: %s',
  async (sql) => {
    expect(await wordsOf([said(sql)])).toEqual([]);
  },
);

test('what is not known is said to be unknown', async () => {
  const other = said('ALTER TABLE orders ADD x INT', { otherGroup: 'archive' });
  const perhaps = said('DROP TABLE orders', { doubt: 'a condition' });
  expect(
    await wordsOf([said(null), said('ALTER TABLE \u{FFFC} ADD x INT'), other, perhaps]),
  ).toEqual([
    'A statement may change any table. What that costs is not known.',
    'A statement may change any table. What that costs is not known.',
    'A statement is for the database group archive. What it costs there is not known.',
    `${size}: drops the table with all its rows. Whether it runs like this is not known.`,
  ]);
});

test('after a statement the table is as that leaves it', async () => {
  const costs = await wordsOf([
    said('ALTER TABLE orders ADD paid VARCHAR(10) NULL'),
    said('ALTER TABLE orders MODIFY total BIGINT NOT NULL'),
    said('ALTER TABLE orders MODIFY paid VARCHAR(20) NULL'),
    said('RENAME TABLE orders TO sales'),
    said('ALTER TABLE sales DROP COLUMN code'),
    said('ALTER TABLE orders DROP COLUMN code'),
  ]);
  expect(costs.map((one) => one.replace(/^(\w+) \([^)]*\): /, '$1: '))).toEqual([
    'orders: adds the column paid. MySQL 8.4.3 does it at once, whatever the size.',
    'orders: changes the column total. MySQL 8.4.3 copies the whole table. Writes to it wait meanwhile.',
    'orders: changes the column paid. What that costs on MySQL 8.4.3 is not known.',
    'orders: renames the table to sales. MySQL 8.4.3 does it at once, whatever the size.',
    'sales: drops the column code. MySQL 8.4.3 does it at once, whatever the size.',
  ]);
});
