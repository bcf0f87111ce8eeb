import { fields } from './migration.ts';

/** Keys of the session table, and the table. */
export const create = `
        $this->forge->addKey('id', true);
        $this->forge->createTable('ci_sessions');`;

/** A table that sessions point to, by Forge. */
export const users = `
        $this->forge->addField(['id' => ['type' => 'INT', 'unsigned' => true, 'auto_increment' => true]]);
        $this->forge->addKey('id', true);
        $this->forge->createTable('users');`;

/** The columns of the session table and one that points to users, of this type. */
export const owner = (type: string, more = ''): string =>
  `${fields}
        $this->forge->addField(['user_id' => ['type' => '${type}', 'null' => true${more}]]);`;
/** The same with the right type. */
export const unsigned = owner('INT', ", 'unsigned' => true");
/** The foreign key, by Forge. */
export const key = `
        $this->forge->addForeignKey('user_id', 'users', 'id', 'CASCADE', 'CASCADE');`;

/** Statements in query(). */
export const sql = (...statements: readonly string[]): string =>
  statements.map((text) => `        $this->db->query("${text}");`).join('\n');
/** Columns of the session table. */
export const columns = 'id VARCHAR(128) PRIMARY KEY, ip_address VARCHAR(45), data BLOB';
/** A table that sessions point to. */
export const parent =
  'CREATE TABLE users (id INT PRIMARY KEY, name VARCHAR(20), code INT, UNIQUE KEY code (code))';
/** The session table with a foreign key to it. */
export const child = `CREATE TABLE ci_sessions (${columns}, user_id INT, CONSTRAINT owner FOREIGN KEY (user_id) REFERENCES users (id))`;
/** Both tables, and statements afterwards. */
export const bound = (...after: readonly string[]): string => sql(parent, child, ...after);
