import { fields, one, right, several, unknown, type Written } from './migration.ts';

const old = `
        $this->forge->addField([
            'id' => ['type' => 'VARCHAR', 'constraint' => 40],
            'ip_address' => ['type' => 'VARCHAR', 'constraint' => 45],
            'timestamp' => ['type' => 'INT', 'unsigned' => true, 'default' => 0],
            'data' => ['type' => 'TEXT'],
        ]);
        $this->forge->addKey('id', true);
        $this->forge->addKey('timestamp');
        $this->forge->createTable('ci_sessions', true);`;

/** Tables that later migrations change. */
export const alter: readonly Written[] = [
  several(
    'modifyColumn later',
    old,
    `
        $this->forge->modifyColumn('ci_sessions', [
            'id' => ['type' => 'VARCHAR', 'constraint' => 128],
            'timestamp' => ['type' => 'TIMESTAMP', 'null' => false],
            'data' => ['name' => 'data', 'type' => 'BLOB', 'null' => false],
        ]);`,
  ),
  several('a second CREATE that does nothing', old, right),
  several(
    'a second CREATE that fails',
    old,
    right.replace(', true);', ');').replace("'ci_sessions', true", "'ci_sessions'"),
  ),
  several('dropped and made again', old, `$this->forge->dropTable('ci_sessions', true);${right}`),
  several('dropped and gone', old, `$this->forge->dropTable('ci_sessions');`),
  several(
    'made under another name',
    right.replace("'ci_sessions'", "'sessions'"),
    `$this->forge->renameTable('sessions', 'ci_sessions');`,
  ),
  several('renamed away', right, `$this->forge->renameTable('ci_sessions', 'old_sessions');`),
  several(
    'columns added in places',
    right,
    `
        $this->forge->addColumn('ci_sessions', [
            'user_id' => ['type' => 'INT', 'unsigned' => true, 'null' => true, 'after' => 'id'],
            'first' => ['type' => 'INT', 'null' => false, 'first' => true],
            'agent VARCHAR(255) NULL DEFAULT NULL',
        ]);`,
  ),
  several(
    'a column added as a text',
    right,
    `$this->forge->addColumn('ci_sessions', 'note VARCHAR(20) NOT NULL');`,
  ),
  several(
    'columns dropped',
    right,
    `$this->forge->dropColumn('ci_sessions', 'data');
        $this->forge->dropColumn('ci_sessions', ['ip_address', 'timestamp']);`,
  ),
  several(
    'columns dropped by a text',
    right,
    `$this->forge->dropColumn('ci_sessions', 'data, timestamp');`,
  ),
  several(
    'a column that is not there dropped',
    right,
    `$this->forge->dropColumn('ci_sessions', 'user_agent');`,
  ),
  several(
    'a column added twice',
    right,
    `$this->forge->addColumn('ci_sessions', ['data' => ['type' => 'BLOB']]);`,
  ),
  several(
    'a column renamed',
    right,
    `$this->forge->modifyColumn('ci_sessions', ['data' => ['name' => 'payload', 'type' => 'MEDIUMBLOB', 'null' => true]]);`,
  ),
  several(
    'a column of the primary key renamed',
    right,
    `$this->forge->modifyColumn('ci_sessions', ['id' => ['name' => 'session_id', 'type' => 'VARCHAR', 'constraint' => 128]]);`,
  ),
  several('the key dropped', right, `$this->forge->dropKey('ci_sessions', 'timestamp');`),
  several(
    'a key dropped that is not there',
    right,
    `$this->forge->dropKey('ci_sessions', 'ci_sessions_timestamp');`,
  ),
  several(
    'the primary key changed',
    right,
    `$this->forge->dropPrimaryKey('ci_sessions');
        $this->forge->addKey(['id', 'ip_address'], true);
        $this->forge->processIndexes('ci_sessions');`,
  ),
  several(
    'the primary key changed by SQL',
    right,
    `$this->db->query('ALTER TABLE ci_sessions DROP PRIMARY KEY, ADD PRIMARY KEY (id, ip_address)');`,
  ),
  several(
    'a table that is not there altered',
    `$this->forge->addField('id')->createTable('users');`,
    `$this->forge->addColumn('users', ['x INT']);${right}`,
  ),
  unknown(
    several(
      'the table altered before it is there',
      `$this->forge->modifyColumn('ci_sessions', ['data' => ['type' => 'BLOB']]);`,
    ),
  ),
  several(
    'NULL for a column of the primary key',
    right,
    `$this->forge->modifyColumn('ci_sessions', ['id' => ['type' => 'VARCHAR', 'constraint' => 128, 'null' => true]]);`,
  ),
  several(
    'no type: the column is lost',
    fields.replace(
      "'data'       => ['type' => 'BLOB', 'null' => false]",
      "'data' => ['constraint' => 20]",
    ) +
      `
        $this->forge->addKey('id', true);
        $this->forge->createTable('ci_sessions');`,
  ),
  one(
    'fields left over go into the next table',
    `
        $this->forge->addField('extra INT NULL');
${right}`,
  ),
];
