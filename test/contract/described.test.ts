import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readSettingsFile } from '../../src/config/settings-file.ts';
import { Secret } from '../../src/secret.ts';
import type { Database } from '../../src/schema/database.ts';
import { logIn } from '../../src/schema/mysql/mysql.ts';
import type { Table } from '../../src/schema/table.ts';
import { judgeDescribed } from '../../src/described/judge.ts';
import { describe as written } from '../../src/described/print.ts';
import { wantedTable } from '../../src/described/wanted.ts';
import { ruleNames } from '../../src/static/judge/names.ts';
import { servers, type RunningServer } from './database-servers.ts';
import { pasted } from '../fakes/remedies.ts';
import type { Finding } from '../../src/finding.ts';

const never = new AbortController().signal;

const orders = `DROP TABLE IF EXISTS shop.app_orders; CREATE TABLE shop.app_orders (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT, number BIGINT(20) NOT NULL DEFAULT 7, email VARCHAR(190) NOT NULL,
  sum DECIMAL(10,2) NOT NULL DEFAULT '0.00', kind ENUM('a','b''c') NOT NULL DEFAULT 'a', flag TINYINT(1) DEFAULT NULL,
  note TEXT, raw LONGBLOB, made DATETIME DEFAULT CURRENT_TIMESTAMP, seen TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
  both_of INT GENERATED ALWAYS AS (year + 1) VIRTUAL, width CHAR(3) NOT NULL DEFAULT '', year YEAR, bits BIT(4) NOT NULL DEFAULT b'0', data JSON,
  PRIMARY KEY (id), UNIQUE KEY number_email (number, email), KEY by_note (note(20)), KEY made (made, kind))`;

describe.each(servers)('$name', ({ start, addresses, name }) => {
  const family = name.startsWith('MariaDB') ? 'MariaDB' : 'MySQL';
  let server: RunningServer;
  let database: Database;
  beforeAll(async () => {
    server = await start();
    await server.sql(
      "CREATE DATABASE shop; CREATE USER shop@'%' IDENTIFIED BY 'shop'; GRANT ALL ON shop.* TO shop@'%';",
    );
    const [address] = addresses;
    if (address === undefined) throw new Error('no address');
    const login = { address, user: 'shop', password: new Secret('shop'), database: 'shop' };
    database = await logIn(login, async (to) => server.open(to), never);
  }, 240_000);
  afterAll(async () => {
    await database[Symbol.asyncDispose]();
    await server.stop();
  });

  async function table(): Promise<Table> {
    const found = await database.table('app_orders');
    if (typeof found !== 'object') throw new Error(found);
    return found;
  }

  async function faults(settings: string): Promise<readonly Finding[]> {
    const read = readSettingsFile(settings, ruleNames);
    const [first] = 'tables' in read ? read.tables : [];
    if (first === undefined) throw new Error(`${JSON.stringify(read)}\n${settings}`);
    const wanted = wantedTable(first, 'app_', family);
    if (!('table' in wanted)) throw new Error(wanted.message);
    return judgeDescribed(wanted, await database.table('app_orders'));
  }

  test('what is printed for a table finds it right, and so does the table that the file makes', async () => {
    await server.sql(orders);
    const printed = written([await table()], 'app_', family);
    expect(await faults(printed)).toEqual([]);
    const left = ['app_orders.both_of', 'the key by_note of app_orders'];
    for (const one of left) expect(printed).toContain(`# not described: ${one}\n`);
    expect(printed.match(/# not described/g)?.length).toBeLessThanOrEqual(3);
    await server.sql('DROP TABLE shop.app_orders');
    const [absent] = await faults(printed);
    await server.sql(`USE shop; ${pasted(absent)}`);
    expect(await faults(printed)).toEqual([]);
  });

  test.each([
    ['MODIFY email VARCHAR(100) NOT NULL', 'varchar(100)'],
    ['MODIFY email VARCHAR(190)', 'varchar(190) null'],
    ['MODIFY number BIGINT UNSIGNED NOT NULL DEFAULT 7', 'bigint unsigned'],
    ['MODIFY number BIGINT NOT NULL', 'app_orders.number is bigint'],
    ['MODIFY id INT UNSIGNED NOT NULL', 'app_orders.id is int unsigned not null'],
    ["MODIFY kind ENUM('a') NOT NULL DEFAULT 'a'", "enum('a')"],
    ['MODIFY seen TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP', 'app_orders.seen'],
    ['MODIFY sum DOUBLE NOT NULL DEFAULT 0', 'double'],
    ['DROP COLUMN flag', 'no column flag'],
    ['DROP KEY number_email', 'no unique key over (number, email)'],
    ['DROP KEY made', 'no index over (made, kind)'],
    ['DROP PRIMARY KEY, ADD PRIMARY KEY (id, email)', 'the primary key (id, email)'],
    ['MODIFY id INT UNSIGNED NOT NULL, DROP PRIMARY KEY', 'no primary key'],
  ])('%s: found, and the remedy puts it right', async (alteration, words) => {
    await server.sql(orders);
    const printed = written([await table()], 'app_', family);
    await server.sql(`ALTER TABLE shop.app_orders ${alteration}`);
    const found = await faults(printed);
    expect(found.map(({ message }) => message).join('\n')).toContain(words);
    await server.sql(`USE shop; ${pasted(found[0])}`);
    expect(await faults(printed)).toEqual([]);
  });
});
