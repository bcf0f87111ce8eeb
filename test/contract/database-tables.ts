/** What CodeIgniter's generator sends (4.5 and newer). */
export function generator(table: string, matchIP = false): string {
  const key = matchIP ? '`id`, `ip_address`' : '`id`';
  return `CREATE TABLE IF NOT EXISTS \`${table}\` (
    \`id\` VARCHAR(128) NOT NULL, \`ip_address\` VARCHAR(45) NOT NULL,
    \`timestamp\` timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP, \`data\` BLOB NOT NULL,
    CONSTRAINT \`pk_${table}\` PRIMARY KEY(${key}), KEY \`timestamp\` (\`timestamp\`)
  ) DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_general_ci;`;
}

/** Columns that servers describe each in their own words. */
export const odd = {
  create: `CREATE TABLE odd (
    a INT(10) UNSIGNED NOT NULL, b TINYINT(1) NOT NULL DEFAULT 0, c INT(5) ZEROFILL, d YEAR NOT NULL,
    e VARCHAR(20) NOT NULL DEFAULT 'it''s', f VARCHAR(20) DEFAULT NULL, g VARCHAR(20) NOT NULL DEFAULT '',
    h VARCHAR(20) NOT NULL DEFAULT 'NULL', i VARCHAR(40) NOT NULL DEFAULT 'current_timestamp()',
    j VARCHAR(20) NOT NULL DEFAULT 'a\\\\b', k DECIMAL(5,2) NOT NULL DEFAULT 1.50,
    l TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
    m DATETIME NOT NULL DEFAULT NOW(), n TIMESTAMP NOT NULL DEFAULT '2026-01-09 10:00:00',
    o INT GENERATED ALWAYS AS (a + 1) STORED, p INT GENERATED ALWAYS AS (a + 2) VIRTUAL,
    q ENUM('A','b') NOT NULL DEFAULT 'A', r BIT(2) NOT NULL DEFAULT b'10', s BLOB(300), t BIGINT NOT NULL DEFAULT -7,
    PRIMARY KEY (e(5), a), KEY z (b DESC), UNIQUE KEY y (c, d));`,
  columns: [
    'a: int unsigned not null none',
    "b: tinyint(1) not null '0'",
    'c: int(5) unsigned zerofill null null',
    'd: year not null none',
    "e: varchar(20) not null 'it''s'",
    'f: varchar(20) null null',
    "g: varchar(20) not null ''",
    "h: varchar(20) not null 'NULL'",
    "i: varchar(40) not null 'current_timestamp()'",
    "j: varchar(20) not null 'a\\b'",
    "k: decimal(5,2) not null '1.50'",
    'l: timestamp(6) not null now(6) on update now(6)',
    'm: datetime not null now',
    "n: timestamp not null '2026-01-09 10:00:00'",
    'o: int null null stored generated',
    'p: int null null virtual generated',
    "q: enum('A','b') not null 'A'",
    "r: bit(2) not null b'10'",
    's: blob null null',
    "t: bigint not null '-7'",
  ],
  keys: [
    [
      { column: 'e', length: 5 },
      { column: 'a', length: null },
    ],
    [
      { column: 'c', length: null },
      { column: 'd', length: null },
    ],
    [{ column: 'b', length: null }],
  ],
};
