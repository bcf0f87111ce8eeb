import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { databaseUrls } from '../../src/config/database-urls.ts';
import { openScratch } from '../../src/schema/mysql/scratch.ts';
import type { Scratch } from '../../src/schema/scratch.ts';
import {
  algorithmOf,
  generationOf,
  type Algorithm,
  type ServerVersion,
} from '../../src/static/judge/lock-cost.ts';
import { standingOf } from '../../src/static/judge/standing.ts';
import { readStatement } from '../../src/static/sql/statement.ts';
import { ThrowAway } from '../rig/throw-away.ts';

let servers: ThrowAway;
beforeAll(async () => {
  servers = await ThrowAway.start();
}, 300_000);
afterAll(async () => {
  await servers[Symbol.asyncDispose]();
});

/** Tables by name, each with a row: what a copy costs is no matter here, but an empty table may be changed otherwise. */
const tables: Readonly<Record<string, readonly [definition: string, row: string]>> = {
  parent: ['(id INT PRIMARY KEY)', '(1)'],
  t: [
    `(id INT NOT NULL AUTO_INCREMENT PRIMARY KEY, a VARCHAR(40) NOT NULL, b VARCHAR(64) NULL, s VARCHAR(30) NOT NULL,
      n INT NOT NULL, m INT NULL, e ENUM('x','y') NOT NULL, w DATETIME NULL, txt TEXT NULL, plain INT NOT NULL,
      KEY n (n), UNIQUE KEY u (a), CONSTRAINT fk0 FOREIGN KEY (m) REFERENCES parent (id)) CHARACTER SET utf8mb4`,
    "(1, 'a', 'b', 's', 1, 1, 'x', NOW(), 't', 1)",
  ],
  latin: ['(a VARCHAR(70) NOT NULL, b VARCHAR(200) NOT NULL) CHARACTER SET latin1', "('a', 'b')"],
  keyless: ['(a INT NOT NULL)', '(1)'],
  searched: ['(id INT PRIMARY KEY, txt TEXT, n INT, FULLTEXT KEY f (txt))', "(1, 'a', 1)"],
  packed: ['(id INT PRIMARY KEY, n INT) ROW_FORMAT=COMPRESSED', '(1, 1)'],
  split: ['(id INT PRIMARY KEY, n INT) PARTITION BY HASH (id) PARTITIONS 2', '(1, 1)'],
  isam: ['(id INT PRIMARY KEY, txt VARCHAR(50), n INT) ENGINE=MyISAM', "(1, 'a', 1)"],
};

const key = 'FOREIGN KEY (n) REFERENCES parent (id)';

/** Changes of them; with `unchecked`, under FOREIGN_KEY_CHECKS = 0, with `lenient`, without a strict sql_mode. */
const changes: readonly (readonly [
  table: string,
  clauses: string,
  how?: 'unchecked' | 'lenient',
])[] = [
  ...[
    ...['ADD z INT NULL', 'ADD z INT NOT NULL DEFAULT 0', 'ADD z TEXT NULL', 'ADD z INT AFTER a'],
    ...['ADD z INT FIRST', 'ADD z INT UNIQUE', 'ADD z INT, ADD INDEX (z)'],
    ...['ADD z INT AS (n + 1) VIRTUAL', 'ADD z INT AS (n + 1) STORED'],
    ...['DROP COLUMN plain', 'DROP COLUMN n', 'RENAME COLUMN n TO nn', 'CHANGE n nn INT NOT NULL'],
    ...['ADD INDEX (b)', 'ADD UNIQUE (b)', 'ADD FULLTEXT (txt)', 'DROP INDEX n'],
    ...['RENAME INDEX n TO nn', `ADD CONSTRAINT fk1 ${key}`, 'DROP FOREIGN KEY fk0'],
    ...['MODIFY n BIGINT NOT NULL', 'MODIFY n INT NULL', 'MODIFY m INT NOT NULL'],
    ...['MODIFY w DATETIME NOT NULL', 'MODIFY n INT NOT NULL DEFAULT 5'],
    ...['MODIFY n INT NOT NULL AFTER id', 'MODIFY n BIGINT NOT NULL AFTER id'],
    ...["MODIFY e ENUM('x','y','z') NOT NULL", "MODIFY e ENUM('y','x') NOT NULL"],
    ...['MODIFY a VARCHAR(60) NOT NULL', 'MODIFY a VARCHAR(100) NOT NULL'],
    ...['MODIFY a VARCHAR(20) NOT NULL', 'MODIFY b VARCHAR(100) NULL'],
    ...['MODIFY b VARCHAR(100) NOT NULL', 'MODIFY s VARCHAR(100) NOT NULL'],
    ...['MODIFY txt MEDIUMTEXT NULL', 'ALTER COLUMN n SET DEFAULT 7', "COMMENT = 'x'"],
    ...['AUTO_INCREMENT = 100', 'RENAME TO tt', 'CONVERT TO CHARACTER SET latin1'],
    ...['ADD z INT NULL, MODIFY n BIGINT NOT NULL'],
  ].map((clauses) => ['t', clauses] as const),
  ['t', `ADD CONSTRAINT fk1 ${key}`, 'unchecked'],
  ['t', 'MODIFY b VARCHAR(64) NOT NULL', 'lenient'],
  ['t', 'MODIFY w DATETIME NOT NULL', 'lenient'],
  ['latin', 'MODIFY a VARCHAR(255) NOT NULL'],
  ['latin', 'MODIFY a VARCHAR(300) NOT NULL'],
  ['latin', 'MODIFY b VARCHAR(300) NOT NULL'],
  ['keyless', 'ADD PRIMARY KEY (a)'],
  ['keyless', 'ADD id INT NOT NULL AUTO_INCREMENT PRIMARY KEY FIRST'],
  ['searched', 'ADD z INT NULL'],
  ['searched', 'ADD z INT NULL AFTER id'],
  ['searched', 'DROP COLUMN n'],
  ['searched', 'ADD INDEX (n)'],
  ['packed', 'ADD z INT NULL'],
  ['packed', 'DROP COLUMN n'],
  ['split', 'ADD z INT NULL'],
  ['split', 'MODIFY n BIGINT'],
  ['isam', 'ADD z INT NULL'],
  ['isam', 'ADD INDEX (n)'],
  ['isam', 'ALTER COLUMN n SET DEFAULT 7'],
  ['isam', 'MODIFY txt VARCHAR(60)'],
];

/** Makes a table as it was. */
async function makeAgain(scratch: Scratch, name: string): Promise<void> {
  const [definition = '', row = ''] = tables[name] ?? [];
  await scratch.execute(`DROP TABLE IF EXISTS tt, ${name}`);
  await scratch.execute(`CREATE TABLE ${name} ${definition}`);
  await scratch.execute(`INSERT INTO ${name} VALUES ${row}`);
}

/** What a server may be asked for, from what disturbs least. */
const ways: readonly (readonly [Algorithm, string])[] = [
  ['INSTANT', 'ALGORITHM=INSTANT'],
  ['INPLACE', 'ALGORITHM=INPLACE, LOCK=NONE'],
  ['INPLACE, writes wait', 'ALGORITHM=INPLACE, LOCK=SHARED'],
  ['COPY, online', 'ALGORITHM=COPY, LOCK=NONE'],
  ['COPY', 'ALGORITHM=COPY, LOCK=SHARED'],
];

async function taken(
  scratch: Scratch,
  table: string,
  statement: string,
): Promise<Algorithm | 'none'> {
  for (const [algorithm, wish] of ways) {
    try {
      await scratch.execute(`${statement}, ${wish}`);
      await makeAgain(scratch, table);
      return algorithm;
    } catch {
      // The next one may be taken.
    }
  }
  return 'none';
}

async function foreseen(
  { database }: Scratch,
  table: string,
  statement: string,
  how?: string,
): Promise<Algorithm | null> {
  const [name = '', version = ''] = database.product.split(' ');
  const change = readStatement(statement);
  const [found, bulk] = [await database.table(table), await database.bulk(table)];
  if (change.kind !== 'alter table' || typeof found === 'string' || bulk === null)
    throw new Error(statement);
  const generation = generationOf({ name, version } as ServerVersion);
  const circumstances = { checksKeys: how !== 'unchecked', strict: how !== 'lenient' };
  return algorithmOf(standingOf(found, bulk), change.alterations, generation, circumstances);
}

test.each([
  ['MariaDB 10.11', 0],
  ['MySQL 9', 1],
  ['MariaDB 11.8', 2],
] as const)(
  'what changes of tables are foreseen to cost is what %s takes',
  async (_, at) => {
    const [login] = databaseUrls(servers.urls[at] ?? '');
    if (login === undefined) throw new Error('no database');
    await using scratch = await openScratch(login, new AbortController().signal);
    for (const name of Object.keys(tables)) await makeAgain(scratch, name);
    const said: string[] = [];
    const done: string[] = [];
    for (const [table, clauses, how] of changes) {
      const statement = `ALTER TABLE ${table} ${clauses}`;
      const title = `${statement}${how === undefined ? '' : ` (${how})`}`;
      const mode = how === 'lenient' ? '' : 'STRICT_TRANS_TABLES';
      const checks = how === 'unchecked' ? 0 : 1;
      await scratch.execute(
        `SET SESSION sql_mode = '${mode}', SESSION foreign_key_checks = ${checks}`,
      );
      said.push(`${title}: ${await foreseen(scratch, table, statement, how)}`);
      done.push(`${title}: ${await taken(scratch, table, statement)}`);
    }
    expect(said).toEqual(done);
  },
  120_000,
);
