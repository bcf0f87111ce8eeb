import { accepted, key, onMySQL, table, type } from './database-specimen.ts';
import type { Specimen } from './database-specimen.ts';

/** What else runs or refuses when a row is written, and columns of other kinds. */
export const guards: readonly Specimen[] = [
  {
    name: 'a trigger',
    create: `DROP TABLE IF EXISTS audit; CREATE TABLE audit (n INT); ${table({})}
      CREATE TRIGGER counts AFTER INSERT ON ci_sessions FOR EACH ROW INSERT INTO audit VALUES (1);`,
    exact: ['warning table-trigger'],
    compatible: ['warning table-trigger'],
  },
  {
    name: 'two triggers on a table without primary key',
    create: `${table({ keys: 'KEY (timestamp)' })}
      CREATE TRIGGER longer BEFORE INSERT ON ci_sessions FOR EACH ROW SET NEW.id = CONCAT(NEW.id, 'x');
      CREATE TRIGGER keeps BEFORE DELETE ON ci_sessions FOR EACH ROW SIGNAL SQLSTATE '45000';`,
    exact: [key, 'warning table-trigger', 'warning table-trigger'],
    compatible: [key, 'warning table-trigger', 'warning table-trigger'],
  },
  {
    name: 'ids that must stand in another table',
    create: `CREATE TABLE IF NOT EXISTS known (id VARCHAR(128) PRIMARY KEY);
      ${table({ keys: 'PRIMARY KEY (id), KEY (timestamp), FOREIGN KEY (id) REFERENCES known (id)' })}`,
    exact: ['error table-foreign-key'],
    compatible: ['error table-foreign-key'],
  },
  {
    name: 'a further column that may stand in another table',
    create: `CREATE TABLE IF NOT EXISTS people (id INT PRIMARY KEY);
      ${table({ keys: 'person INT, PRIMARY KEY (id), KEY (timestamp), FOREIGN KEY (person) REFERENCES people (id)' })}`,
    exact: ['notice column-surplus'],
    compatible: ['notice column-surplus'],
  },
  {
    name: 'a check of the table',
    create: table({
      keys: 'PRIMARY KEY (id), KEY (timestamp), CONSTRAINT small CHECK (LENGTH(data) < 1000)',
    }),
    exact: ['warning table-check'],
    compatible: ['warning table-check'],
  },
  {
    name: 'a check of a column',
    create: table({ id: "id VARCHAR(128) NOT NULL CHECK (id <> '')" }),
    exact: ['warning table-check'],
    compatible: ['warning table-check'],
  },
  {
    name: 'id in ASCII, ip_address in UTF-16',
    create: table({
      id: 'id VARCHAR(128) CHARACTER SET ascii NOT NULL',
      ip: 'ip_address VARCHAR(45) CHARACTER SET utf16 NOT NULL',
    }),
    exact: [],
    compatible: [],
  },
  {
    name: 'id compared byte by byte',
    create: table({
      id: 'id VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL',
    }),
    exact: [],
    compatible: [],
  },
  {
    name: 'id VARBINARY(128)',
    create: table({ id: 'id VARBINARY(128) NOT NULL' }),
    exact: [type],
    compatible: [accepted],
  },
  {
    name: 'id BINARY(128)',
    create: table({ id: 'id BINARY(128) NOT NULL' }),
    exact: [type],
    compatible: [type],
  },
  {
    name: 'data compressed by the server',
    create: table({ data: 'data BLOB COMPRESSED NOT NULL' }),
    // MariaDB gives it the default '' unasked.
    exact: ['error column-default'],
    compatible: ['notice column-default'],
    refusedBy: onMySQL('it has no compressed columns'),
  },
  {
    name: 'data JSON',
    create: table({ data: 'data JSON NOT NULL' }),
    exact: [type],
    compatible: [type],
  },
  {
    name: 'data TINYBLOB',
    create: table({ data: 'data TINYBLOB NOT NULL' }),
    exact: [type],
    compatible: [type],
  },
  {
    name: 'timestamp DATE',
    create: table({ time: 'timestamp DATE NOT NULL' }),
    exact: [type, 'error column-default'],
    compatible: [type, 'notice column-default'],
  },
  {
    name: 'ip_address a number',
    create: table({ ip: 'ip_address INT UNSIGNED NOT NULL' }),
    exact: [type],
    compatible: [type],
  },
  {
    name: 'timestamp invisible',
    create: table({
      time: 'timestamp TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP INVISIBLE',
    }),
    exact: ['warning column-invisible'],
    compatible: ['notice column-invisible'],
  },
  {
    name: 'data invisible, and therefore NULL',
    create: table({ data: 'data BLOB NULL INVISIBLE' }),
    exact: ['error column-nullable', 'warning column-invisible'],
    compatible: ['notice column-nullable', 'notice column-invisible'],
  },
];
