import { fields, one, type Written } from './migration.ts';
import { bound, child, columns, create, key, parent, sql, unsigned, users } from './owner.ts';

/** Foreign keys: the indexes that servers make for them, and what servers refuse because of them. */
export const foreign: readonly Written[] = [
  one(
    'a foreign key and a key of its column',
    `${users}${unsigned}${key}
        $this->forge->addKey('user_id');${create}`,
  ),
  one(
    'a foreign key and a longer key',
    `${users}${unsigned}${key}
        $this->forge->addKey(['user_id', 'timestamp']);${create}`,
  ),
  one(
    'a foreign key and a unique key',
    `${users}${unsigned}${key}
        $this->forge->addUniqueKey('user_id');${create}`,
  ),
  one(
    'a foreign key of the primary key',
    `
        $this->forge->addField(['id' => ['type' => 'VARCHAR', 'constraint' => 128]]);
        $this->forge->addKey('id', true);
        $this->forge->createTable('ids');${fields}
        $this->forge->addForeignKey('id', 'ids', 'id');${create}`,
  ),
  one(
    'a key of the name of a foreign key',
    bound('ALTER TABLE ci_sessions ADD KEY owner (ip_address)'),
  ),
  one(
    'a key that takes the place of a generated one',
    bound('ALTER TABLE ci_sessions ADD KEY by_user (user_id)'),
  ),
  one(
    'a longer key that takes the place of a generated one',
    bound('ALTER TABLE ci_sessions ADD KEY by_user (user_id, ip_address)'),
  ),
  one(
    'a generated key that got a name',
    bound(
      'ALTER TABLE ci_sessions RENAME INDEX owner TO mine',
      'ALTER TABLE ci_sessions ADD KEY by_user (user_id)',
    ),
  ),
  one('a foreign key that is dropped', bound('ALTER TABLE ci_sessions DROP FOREIGN KEY owner')),
  one(
    'a foreign key that is dropped with its index',
    bound('ALTER TABLE ci_sessions DROP FOREIGN KEY owner, DROP INDEX owner'),
  ),
  one(
    'a foreign key that is dropped as a constraint',
    bound('ALTER TABLE ci_sessions DROP CONSTRAINT owner'),
  ),
  one(
    'the same key after the foreign key is gone',
    bound(
      'ALTER TABLE ci_sessions DROP FOREIGN KEY owner',
      'ALTER TABLE ci_sessions ADD KEY by_user (user_id)',
    ),
  ),
  one('a foreign key without a name', sql(parent, child.replace('CONSTRAINT owner ', ''))),
  one(
    'a foreign key with a name for its index',
    sql(parent, child.replace('CONSTRAINT owner FOREIGN KEY', 'FOREIGN KEY by_user')),
  ),
  one(
    'two foreign keys of one column',
    sql(
      parent,
      'CREATE TABLE people LIKE users',
      `${child.slice(0, -1)}, CONSTRAINT second FOREIGN KEY (user_id) REFERENCES people (id))`,
    ),
  ),
  one(
    'a foreign key to the table itself',
    sql(
      `CREATE TABLE ci_sessions (${columns}, before_it VARCHAR(128), CONSTRAINT chain FOREIGN KEY (before_it) REFERENCES ci_sessions (id))`,
    ),
  ),
  one(
    'a table like one with a foreign key',
    sql(
      parent,
      child.replace('ci_sessions', 'old_sessions'),
      'CREATE TABLE ci_sessions LIKE old_sessions',
      'ALTER TABLE ci_sessions ADD KEY by_user (user_id)',
    ),
  ),
  one('a foreign key in MyISAM', sql(`${child} ENGINE=MyISAM`)),
  one('a foreign key to MyISAM', sql(`${parent} ENGINE=MyISAM`, child)),
];
