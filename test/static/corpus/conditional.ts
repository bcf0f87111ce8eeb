import { one, type Written } from './migration.ts';
import { child, columns, parent, sql } from './owner.ts';

const sessions = `CREATE TABLE ci_sessions (${columns}, owner INT)`;
const on = (...after: readonly string[]): string => sql(sessions, ...after);

/** Conditions inside of statements, which MariaDB reads and MySQL does not. */
export const conditional: readonly Written[] = [
  one(
    'an index if it is not there',
    on(
      'CREATE INDEX IF NOT EXISTS by_owner ON ci_sessions (owner)',
      'CREATE INDEX IF NOT EXISTS by_owner ON ci_sessions (ip_address)',
    ),
  ),
  one(
    'a key if it is not there',
    on(
      'ALTER TABLE ci_sessions ADD UNIQUE KEY IF NOT EXISTS by_owner (owner)',
      'ALTER TABLE ci_sessions ADD KEY IF NOT EXISTS by_owner (ip_address)',
    ),
  ),
  one(
    'a column if it is not there',
    on(
      'ALTER TABLE ci_sessions ADD COLUMN IF NOT EXISTS owner BIGINT, ADD COLUMN IF NOT EXISTS extra INT',
    ),
  ),
  one(
    'columns and keys if they are there',
    on(
      'ALTER TABLE ci_sessions DROP COLUMN IF EXISTS owner, DROP COLUMN IF EXISTS nowhere',
      'ALTER TABLE ci_sessions DROP KEY IF EXISTS nowhere',
      'DROP INDEX IF EXISTS nowhere ON ci_sessions',
    ),
  ),
  one(
    'a column changed if it is there',
    on(
      'ALTER TABLE ci_sessions MODIFY COLUMN IF EXISTS owner BIGINT, CHANGE IF EXISTS nowhere somewhere INT',
    ),
  ),
  one(
    'a table altered if it is there',
    on(
      'ALTER TABLE IF EXISTS nowhere ADD extra INT',
      'ALTER TABLE IF EXISTS ci_sessions ADD extra INT',
    ),
  ),
  one(
    'a foreign key if it is not there, and dropped if it is',
    sql(
      parent,
      child,
      'ALTER TABLE ci_sessions ADD FOREIGN KEY IF NOT EXISTS owner (user_id) REFERENCES users (id)',
      'ALTER TABLE ci_sessions DROP FOREIGN KEY IF EXISTS nobody, DROP FOREIGN KEY IF EXISTS owner',
    ),
  ),
  one('a table in the place of another', on('CREATE OR REPLACE TABLE ci_sessions (id INT)')),
  one('a command of the mysql client', on('DELIMITER //')),
  one(
    'a block of PostgreSQL',
    `${sql(sessions)}
        $this->db->query('DO $$ BEGIN ALTER TABLE ci_sessions ADD extra INT; END $$;');`,
  ),
  one(
    'casts',
    `
        $length = (int) '128';
        $names = (array) 'ci_sessions';
        $this->forge->addField(['id' => ['type' => 'VARCHAR', 'constraint' => $length], 'data' => ['type' => 'BLOB']]);
        $this->forge->addKey((array) 'id', (bool) '1');
        $this->forge->createTable((string) $names[0], (bool) 0);`,
  ),
];
