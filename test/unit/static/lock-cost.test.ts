import { expect, test } from '@jest/globals';
import type { ModelTable } from '../../../src/static/catalog/model.ts';
import { algorithmOf, generationOf, generations } from '../../../src/static/judge/lock-cost.ts';
import { readStatement } from '../../../src/static/sql/statement.ts';
import { file } from '../../static/corpus/migration.ts';
import { foldFiles } from '../../static/folded.ts';

const create = `        $this->db->query('CREATE TABLE ci_sessions (id VARCHAR(40) NOT NULL, id2 VARCHAR(128) NOT NULL,
          ip_address VARCHAR(40) NOT NULL, stamp INT NOT NULL, moment TIMESTAMP NULL DEFAULT NULL,
          timestamp TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP, data BLOB NOT NULL,
          PRIMARY KEY (id), KEY timestamp (timestamp))');`;

function table(): ModelTable {
  const entry = foldFiles([file('A', create)], '4.7.2 on MySQL 8.0')
    .catalogs.get('default')
    ?.tables.get('ci_sessions');
  if (entry?.kind !== 'table') throw new Error('no table');
  return entry.table;
}

const letters: Readonly<Record<string, string>> = {
  INSTANT: 'I',
  INPLACE: 'P',
  COPY: 'C',
  'COPY, online': 'Cn',
  'INPLACE, writes wait': 'Ps',
};

// Measured on MySQL 5.7, 8.0 to 9.7, MariaDB 10.1, 10.3, 10.5 to 10.11, 11.4 and 11.8: the strongest ALGORITHM and LOCK accepted.
test.each([
  ['DROP PRIMARY KEY', 'C C C C C Cn'],
  ['DROP PRIMARY KEY, ADD PRIMARY KEY (id, ip_address)', 'P P P P P P'],
  ['ADD INDEX (stamp)', 'P P P P P P'],
  ['DROP INDEX timestamp', 'P P P P P P'],
  ['MODIFY data MEDIUMBLOB NOT NULL', 'C C C C C Cn'],
  ['MODIFY data TEXT NOT NULL', 'C C C C C Cn'],
  ['MODIFY id VARCHAR(128) NOT NULL', 'C C C C C Cn'],
  ['MODIFY id2 VARCHAR(255) NOT NULL', 'P P C I I I'],
  ['MODIFY ip_address VARCHAR(45) NOT NULL', 'P P C I I I'],
  ['MODIFY ip_address VARCHAR(64) NOT NULL', 'C C C C C Cn'],
  ['MODIFY id2 VARCHAR(100) NOT NULL', 'C C C C C Cn'],
  ['MODIFY stamp TIMESTAMP NOT NULL', 'C C C C C Cn'],
  ['MODIFY moment TIMESTAMP NOT NULL', 'P P C C C Cn'],
  ['MODIFY timestamp TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP', 'P I P I I I'],
  ['ADD COLUMN extra INT NULL', 'P I P I I I'],
  ['DROP COLUMN data', 'P I P P I I'],
  ['RENAME COLUMN data TO payload', 'P I P I I I'],
  ['CONVERT TO CHARACTER SET utf8mb4', 'C C C C C Cn'],
  ['ADD COLUMN a INT NULL, MODIFY data MEDIUMBLOB', 'C C C C C Cn'],
  ['ENGINE = InnoDB', '- - - - - -'],
  ['ADD COLUMN extra INT NULL, ENGINE = InnoDB', '- - - - - -'],
  ['MODIFY data MEDIUMBLOB NOT NULL, ENGINE = InnoDB', 'C C C C C -'],
  ['ADD COLUMN extra INT NULL AFTER id', 'P I P P I I'],
  ['ADD COLUMN extra INT NOT NULL AUTO_INCREMENT UNIQUE', 'Ps Ps Ps Ps Ps Ps'],
  ['ADD COLUMN extra INT AS (stamp + 1) STORED', 'C C C C C Cn'],
  ['ADD FULLTEXT words (ip_address)', 'Ps Ps Ps Ps Ps Ps'],
  ['ADD CONSTRAINT fk FOREIGN KEY (stamp) REFERENCES others (id)', 'C C C C C Cn'],
  ['DROP FOREIGN KEY fk', 'P P P I I I'],
  ['DROP COLUMN timestamp', 'P P P P P P'],
  ['MODIFY stamp INT NOT NULL AFTER id', 'P P P P I I'],
  ['MODIFY stamp INT NULL', 'P P P P P P'],
  ['MODIFY unknown INT NOT NULL', '- - - - - -'],
])('%s: %s', (clauses, wanted) => {
  const change = readStatement(`ALTER TABLE ci_sessions ${clauses}`);
  if (change.kind !== 'alter table') throw new Error(change.kind);
  const reported = generations.map(
    (one) => letters[algorithmOf(table(), change.alterations, one) ?? ''] ?? '-',
  );
  expect(reported.join(' ')).toBe(wanted);
});

test.each([
  [
    'a foreign key that is not checked',
    'ADD FOREIGN KEY (stamp) REFERENCES others (id)',
    'P P P I I I',
  ],
  ['NULL is forbidden without a strict mode', 'MODIFY moment TIMESTAMP NOT NULL', 'C C C C C Cn'],
])('%s', (_, clauses, wanted) => {
  const change = readStatement(`ALTER TABLE ci_sessions ${clauses}`);
  if (change.kind !== 'alter table') throw new Error(change.kind);
  const how = { checksKeys: false, strict: false };
  const reported = generations.map(
    (one) => letters[algorithmOf(table(), change.alterations, one, how) ?? ''] ?? '-',
  );
  expect(reported.join(' ')).toBe(wanted);
});

test.each([
  ['MySQL', '5.7.42', 'MySQL 5.7'],
  ['MySQL', '8.0.28', 'MySQL 5.7'],
  ['MySQL', '8.0.29-21', 'MySQL 8.0'],
  ['MySQL', '8.0', 'MySQL 8.0'],
  ['MySQL', '9.4', 'MySQL 8.0'],
  ['MariaDB', '10.2.44', 'MariaDB 10.1'],
  ['MariaDB', '10.4', 'MariaDB 10.3'],
  ['MariaDB', '10.11.14', 'MariaDB 10.5'],
  ['MariaDB', '11.4', 'MariaDB 11.4'],
] as const)('%s %s behaves like %s', (name, version, wanted) => {
  expect(generationOf({ name, version })).toBe(wanted);
});
