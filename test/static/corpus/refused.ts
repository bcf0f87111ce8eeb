import { fields, one, several, type Written } from './migration.ts';
import {
  bound,
  child,
  columns,
  create,
  key,
  owner,
  parent,
  sql,
  unsigned,
  users,
} from './owner.ts';

/** What servers refuse of foreign keys, of names and of several statements at once. */
export const refused: readonly Written[] = [
  one('a foreign key to no table', `${unsigned}${key}${create}`),
  several('a foreign key to a later table', `${unsigned}${key}${create}`, users),
  several(
    'a foreign key to a table that is gone',
    users,
    `
        $this->forge->dropTable('users');`,
    `${unsigned}${key}${create}`,
  ),
  one(
    'a foreign key to no table, unchecked',
    `
        $this->db->disableForeignKeyChecks();${unsigned}${key}${create}
        $this->db->enableForeignKeyChecks();`,
  ),
  one('a foreign key to no column', sql(parent, child.replace('users (id)', 'users (nowhere)'))),
  one('a foreign key of no column', `${users}${fields}${key}${create}`),
  one('a foreign key of another sign', `${users}${owner('INT')}${key}${create}`),
  one(
    'a foreign key of another size',
    `${users}${owner('BIGINT', ", 'unsigned' => true")}${key}${create}`,
  ),
  one(
    'a foreign key of another type',
    `${users}${owner('VARCHAR', ", 'constraint' => 20")}${key}${create}`,
  ),
  one(
    'a foreign key of another length',
    sql(
      'CREATE TABLE users (id VARCHAR(20) PRIMARY KEY)',
      child.replace('user_id INT', 'user_id CHAR(40)'),
    ),
  ),
  one(
    'a foreign key of another kind of moment',
    sql(
      'CREATE TABLE users (id DATETIME PRIMARY KEY)',
      child.replace('user_id INT', 'user_id TIMESTAMP NULL'),
    ),
  ),
  one(
    'a foreign key to a column without a key',
    sql(parent, child.replace('INT, C', 'VARCHAR(20), C').replace('users (id)', 'users (name)')),
  ),
  one('a foreign key to a unique key', sql(parent, child.replace('users (id)', 'users (code)'))),
  one(
    'a foreign key that sets NULL in NOT NULL',
    sql(parent, child.replace('INT, C', 'INT NOT NULL, C').replace(/\)$/, ' ON DELETE SET NULL)')),
  ),
  one(
    'a foreign key over two columns to one',
    sql(parent, child.replace('users (id)', 'users (id, code)')),
  ),
  one(
    'the name of another foreign key',
    sql(
      parent,
      'CREATE TABLE notes (id INT, CONSTRAINT owner FOREIGN KEY (id) REFERENCES users (id))',
      child,
    ),
  ),
  one(
    'a foreign key of the same name at once',
    bound(
      'ALTER TABLE ci_sessions DROP FOREIGN KEY owner, ADD CONSTRAINT owner FOREIGN KEY (user_id) REFERENCES users (code)',
    ),
  ),
  one('a column that a foreign key needs', bound('ALTER TABLE ci_sessions DROP COLUMN user_id')),
  one(
    'a column that a foreign key needs, with the foreign key',
    bound('ALTER TABLE ci_sessions DROP COLUMN user_id, DROP FOREIGN KEY owner'),
  ),
  one(
    'a column that a foreign key needs gets another type',
    bound('ALTER TABLE ci_sessions MODIFY user_id BIGINT'),
  ),
  one(
    'a column that a foreign key needs gets another name',
    bound(
      'ALTER TABLE ci_sessions CHANGE user_id person_id INT',
      'ALTER TABLE ci_sessions ADD KEY by_person (person_id)',
    ),
  ),
  one(
    'a column that is pointed to gets another type',
    bound('ALTER TABLE users MODIFY id BIGINT', 'ALTER TABLE ci_sessions ADD extra INT'),
  ),
  one(
    'a column that is pointed to gets another name',
    bound(
      'ALTER TABLE users CHANGE id uid INT',
      'ALTER TABLE users DROP PRIMARY KEY, ADD UNIQUE KEY (uid)',
      'ALTER TABLE ci_sessions ADD extra INT',
    ),
  ),
  one(
    'a column that is pointed to is dropped',
    bound('ALTER TABLE users DROP COLUMN id', 'ALTER TABLE ci_sessions ADD extra INT'),
  ),
  one(
    'a text that is pointed to gets longer',
    sql(
      'CREATE TABLE users (id VARCHAR(20) PRIMARY KEY)',
      child.replace('user_id INT', 'user_id VARCHAR(20)'),
      'ALTER TABLE users MODIFY id VARCHAR(40)',
      'ALTER TABLE ci_sessions ADD extra INT',
    ),
  ),
  one(
    'a column that is pointed to begins to count',
    bound(
      'ALTER TABLE users MODIFY id INT AUTO_INCREMENT',
      'ALTER TABLE ci_sessions ADD extra INT',
    ),
  ),
  one('an index that a foreign key needs', bound('ALTER TABLE ci_sessions DROP INDEX owner')),
  one(
    'a primary key that is pointed to',
    bound('ALTER TABLE users DROP PRIMARY KEY', 'ALTER TABLE ci_sessions ADD extra INT'),
  ),
  one('an engine without foreign keys', bound('ALTER TABLE ci_sessions ENGINE=MyISAM')),
  one(
    'a table that is pointed to is dropped',
    bound('DROP TABLE users', 'ALTER TABLE ci_sessions ADD extra INT'),
  ),
  one(
    'a table that is pointed to is dropped, unchecked',
    bound(
      'SET FOREIGN_KEY_CHECKS = 0',
      'DROP TABLE users',
      'ALTER TABLE ci_sessions ADD extra INT',
    ),
  ),
  one(
    'a table that is pointed to is dropped by Forge',
    `${bound()}
        $this->forge->dropTable('users');
        $this->forge->addColumn('ci_sessions', ['extra INT NULL']);`,
  ),
  one(
    'a table that is pointed to comes back otherwise',
    `${bound()}
        $this->forge->dropTable('users');
        $this->db->query('CREATE TABLE users (id BIGINT PRIMARY KEY)');
        $this->forge->addColumn('ci_sessions', ['extra INT NULL']);`,
  ),
  one(
    'a table that is pointed to gets another name',
    bound(
      'RENAME TABLE users TO people',
      'DROP TABLE people',
      'ALTER TABLE ci_sessions ADD extra INT',
    ),
  ),
  one(
    'both tables are dropped, the one that is pointed to first',
    bound('DROP TABLE users, ci_sessions'),
  ),
  one('both tables are dropped', bound('DROP TABLE ci_sessions, users')),
  one(
    'a table that is pointed to is emptied',
    bound('TRUNCATE users', 'ALTER TABLE ci_sessions ADD extra INT'),
  ),
  one('no foreign key of that name', bound('ALTER TABLE ci_sessions DROP FOREIGN KEY nobody')),
  one(
    'a foreign key that Forge drops',
    `${users}${unsigned}${key}${create}
        $this->forge->dropForeignKey('ci_sessions', 'ci_sessions_user_id_foreign');
        $this->forge->dropColumn('ci_sessions', 'user_id');`,
  ),
  one(
    'a foreign key that Forge drops by a wrong name',
    `${users}${unsigned}${key}${create}
        $this->forge->dropForeignKey('ci_sessions', 'user_id');`,
  ),
  one(
    'a foreign key that is looked for',
    `${users}${unsigned}${key}${create}
        foreach ($this->db->getForeignKeyData('ci_sessions') as $known) {
            if ($known->constraint_name === 'ci_sessions_user_id_foreign') {
                $this->forge->dropForeignKey('ci_sessions', $known->constraint_name);
            }
        }
        $this->forge->dropColumn('ci_sessions', 'user_id');`,
  ),
  one(
    'an index that is looked for',
    `${users}${unsigned}${create}
        $names = array_column($this->db->getIndexData('ci_sessions'), 'name');
        if (! in_array('by_user', $names, true)) {
            $this->db->query('ALTER TABLE ci_sessions ADD KEY by_user (user_id)');
        }`,
  ),
  one(
    'a name of 65 signs',
    sql(`CREATE TABLE ci_sessions (${columns}, KEY ${'long'.repeat(16)}er (ip_address))`),
  ),
  one(
    'a name of 64 signs',
    sql(`CREATE TABLE ci_sessions (${columns}, KEY ${'long'.repeat(16)} (ip_address))`),
  ),
  one(
    'a long name that Forge makes up',
    `${users}${fields}
        $this->forge->addField(['the_person_who_opened_this_session' => ['type' => 'INT', 'unsigned' => true]]);
        $this->forge->addForeignKey('the_person_who_opened_this_session', 'users', 'id');
        $this->forge->addKey('id', true);
        $this->forge->createTable('ci_sessions');
        $this->forge->renameTable('ci_sessions', 'sessions_of_the_application_here');
        $this->forge->renameTable('sessions_of_the_application_here', 'ci_sessions');`,
  ),
  one(
    'two statements at once',
    sql(`CREATE TABLE ci_sessions (${columns}); CREATE TABLE users (id INT)`),
  ),
  one('one statement with its end', sql(`CREATE TABLE ci_sessions (${columns});`)),
  one(
    'two INSERTs at once',
    `${bound()}
        $this->db->query("INSERT INTO users (id) VALUES (1); INSERT INTO users (id) VALUES (2)");
        $this->db->query('ALTER TABLE ci_sessions ADD extra INT');`,
  ),
];
