import { fields, one, right, unknown, type Written } from './migration.ts';

const end = `
        $this->forge->addKey('id', true);
        $this->forge->addKey('timestamp');
        $this->forge->createTable('ci_sessions');`;

/** Types, defaults and options, and tables beside ours. */
export const types: readonly Written[] = [
  one(
    'other types among the columns',
    `
        $this->forge->addField([
            'id' => ['type' => 'CHAR', 'constraint' => 128],
            'ip_address' => ['type' => 'VARBINARY', 'constraint' => 45],
            'timestamp' => ['type' => 'TIMESTAMP', 'constraint' => 6, 'null' => true],
            'data' => ['type' => 'BLOB'],
            'kind' => ['type' => 'ENUM', 'constraint' => ['web', 'api'], 'default' => 'web'],
            'price' => ['type' => 'DECIMAL', 'constraint' => '10,2', 'default' => 1.5, 'unsigned' => true],
            'active' => ['type' => 'TINYINT', 'constraint' => 1, 'default' => true],
            'small' => ['type' => 'SMALLINT', 'default' => 7, 'comment' => "it's small"],
            'born' => ['type' => 'DATE', 'null' => true],
            'flag' => ['type' => 'BOOLEAN', 'null' => true, 'default' => null],
        ]);${end}`,
  ),
  one(
    'a default of null',
    fields.replace(
      "'null' => false],\n            'timestamp",
      "'default' => null],\n            'timestamp",
    ) + end,
  ),
  one(
    'a column twice: the last one counts',
    fields +
      `
        $this->forge->addField(['data' => ['type' => 'MEDIUMBLOB', 'null' => true]]);` +
      end,
  ),
  one(
    'an engine',
    right.replace(
      "'ci_sessions', true",
      "'ci_sessions', true, ['ENGINE' => 'MyISAM', 'COMMENT' => 'all sessions']",
    ),
  ),
  one(
    'a null table option and a row format',
    right.replace(
      "'ci_sessions', true",
      "'ci_sessions', false, ['ENGINE' => 'InnoDB', 'ROW_FORMAT' => 'COMPRESSED']",
    ),
  ),
  one(
    'JSON, which is another type on MariaDB',
    fields.replace("'type' => 'BLOB'", "'type' => 'JSON'") + end,
  ),
  one(
    'NULL for the id, which is the primary key',
    fields.replace("128, 'null' => false", "128, 'null' => true") + end,
  ),
  one(
    'a default of null for the id',
    fields.replace("128, 'null' => false", "128, 'default' => null") + end,
  ),
  one(
    'all kinds of defaults',
    fields +
      `
        $this->forge->addField([
            'a' => ['type' => 'INT', 'default' => '5'],
            'b' => ['type' => 'VARCHAR', 'constraint' => 20, 'default' => 0],
            'c' => ['type' => 'VARCHAR', 'constraint' => 20, 'default' => "it's"],
            'd' => ['type' => 'DATETIME', 'default' => '2020-01-01 00:00:00'],
            'e' => ['type' => 'INT', 'default' => -1],
            'f' => ['type' => 'VARCHAR', 'constraint' => 20, 'default' => false],
            'g' => ['type' => 'TIMESTAMP', 'null' => true, 'default' => null],
            'h' => ['type' => 'SET', 'constraint' => ['x', 'y'], 'default' => ''],
            'i' => ['type' => 'CHAR', 'null' => true],
            'j' => ['type' => 'INTEGER', 'constraint' => 5, 'unsigned' => true, 'null' => true],
            'k' => ['type' => 'DOUBLE', 'null' => true],
            'l' => ['type' => 'FLOAT', 'constraint' => '7,4', 'null' => true],
            'm' => ['type' => 'YEAR', 'null' => true],
            'n' => ['type' => 'BIT', 'constraint' => 8, 'null' => true],
            'o' => ['type' => 'BLOB', 'constraint' => 300, 'null' => true],
            'p' => ['type' => 'BINARY', 'constraint' => 16, 'null' => true],
            'q' => ['type' => 'BLOB', 'constraint' => 20, 'null' => true],
            'r' => ['type' => 'TEXT', 'constraint' => 70000, 'null' => true],
        ]);` +
      end,
  ),
  unknown(one('a wrong type', fields.replace("'type' => 'BLOB'", "'type' => 'STRING'") + end)),
  one(
    'VARCHAR without a length',
    fields.replace("'type' => 'VARCHAR', 'constraint' => 45", "'type' => 'VARCHAR'") + end,
  ),
  one(
    'a column that counts and is no key',
    fields +
      `
        $this->forge->addField(['n' => ['type' => 'INT', 'auto_increment' => true]]);` +
      end,
  ),
  one(
    'two tables in one migration',
    `
        $this->forge->addField(['id' => ['type' => 'INT', 'auto_increment' => true], 'name' => ['type' => 'VARCHAR', 'constraint' => 100]]);
        $this->forge->addKey('id', true);
        $this->forge->createTable('users');
${right}
        $this->forge->addField('id')->addField("token VARCHAR(64)")->createTable('tokens', true);`,
  ),
  one(
    'a foreign key to another table',
    `
        $this->forge->addField('id')->createTable('users');${fields}
        $this->forge->addField(['user_id' => ['type' => 'INT', 'constraint' => 9, 'null' => true]]);
        $this->forge->addForeignKey('user_id', 'users', 'id', 'CASCADE', 'SET NULL');${end}`,
  ),
];
