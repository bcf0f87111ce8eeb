import { fields, one, right, type Written } from './migration.ts';

const end = `
        $this->forge->addKey('id', true);
        $this->forge->addKey('timestamp');
        $this->forge->createTable('ci_sessions');`;

/** Tables made of arrays of attributes, and of texts among them. */
export const arrays: readonly Written[] = [
  one('as the generator writes it', right),
  one(
    'as the generator of 4.6.4 and newer writes it',
    right.replace("'timestamp timestamp", "'`timestamp` timestamp"),
  ),
  one(
    'as the generator writes it with matchIP',
    right.replace("addKey('id', true)", "addKey(['id', 'ip_address'], true)"),
  ),
  one(
    'as the generator wrote it up to 4.1.4',
    `
        $this->forge->addField([
            'id'         => ['type' => 'VARCHAR', 'constraint' => 128, 'null' => false],
            'ip_address' => ['type' => 'VARCHAR', 'constraint' => 45, 'null' => false],
            'timestamp'  => ['type' => 'INT', 'constraint' => 10, 'unsigned' => true, 'null' => false, 'default' => 0],
            'data'       => ['type' => 'TEXT', 'null' => false, 'default' => ''],
        ]);${end}`,
  ),
  one(
    'the layout of CodeIgniter 3',
    `
        $this->forge->addField([
            'id' => ['type' => 'varchar', 'constraint' => '40'],
            'ip_address' => ['type' => 'varchar', 'constraint' => '45'],
            'timestamp' => ['type' => 'int', 'constraint' => 10, 'unsigned' => TRUE, 'default' => 0],
            'data' => ['type' => 'blob'],
        ]);
        $this->forge->addKey('timestamp');
        $this->forge->createTable('ci_sessions', TRUE);`,
  ),
  one(
    'the layout of CodeIgniter 2',
    `
        $this->forge->addField([
            'session_id' => ['type' => 'VARCHAR', 'constraint' => 40, 'default' => '0'],
            'ip_address' => ['type' => 'VARCHAR', 'constraint' => 45, 'default' => '0'],
            'user_agent' => ['type' => 'VARCHAR', 'constraint' => 120],
            'last_activity' => ['type' => 'INT', 'constraint' => 10, 'unsigned' => true, 'default' => 0],
            'user_data' => ['type' => 'TEXT', 'null' => true],
        ]);
        $this->forge->addPrimaryKey('session_id');
        $this->forge->addKey('last_activity');
        $this->forge->createTable('ci_sessions');`,
  ),
  one(
    'attributes in capitals',
    `
        $this->forge->addField([
            'id' => ['TYPE' => 'VARCHAR', 'CONSTRAINT' => 128, 'NULL' => FALSE],
            'ip_address' => ['Type' => 'VARCHAR', 'Constraint' => '45'],
            'timestamp' => ['type' => 'TIMESTAMP', 'null' => true],
            'data' => ['type' => 'MEDIUMBLOB'],
        ]);${end}`,
  ),
  one(
    'SQL inside of type',
    `
        $this->forge->addField([
            'id' => ['type' => 'VARCHAR(128)'],
            'ip_address' => ['type' => 'VARCHAR(45) NOT NULL'],
            'timestamp' => ['type' => 'TIMESTAMP DEFAULT CURRENT_TIMESTAMP'],
            'data' => ['type' => 'BLOB'],
        ]);${end}`,
  ),
  one(
    'RawSql as a default',
    `
        $this->forge->addField([
            'id' => ['type' => 'VARCHAR', 'constraint' => 128],
            'ip_address' => ['type' => 'VARCHAR', 'constraint' => 45],
            'timestamp' => ['type' => 'TIMESTAMP', 'default' => new RawSql('CURRENT_TIMESTAMP')],
            'data' => ['type' => 'BLOB'],
        ]);${end}`,
  ),
  one(
    'RawSql that updates itself',
    `
        $this->forge->addField([
            'id' => ['type' => 'VARCHAR', 'constraint' => 128],
            'ip_address' => ['type' => 'VARCHAR', 'constraint' => 45],
            'timestamp' => ['type' => 'DATETIME', 'default' => new \\CodeIgniter\\Database\\RawSql('CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP')],
            'data' => ['type' => 'LONGBLOB', 'null' => true],
        ]);${end}`,
  ),
  one(
    'CURRENT_TIMESTAMP as a text, which is quoted',
    fields.replace(
      "'timestamp timestamp DEFAULT CURRENT_TIMESTAMP NOT NULL'",
      "'timestamp' => ['type' => 'TIMESTAMP', 'default' => 'CURRENT_TIMESTAMP']",
    ) + end,
  ),
  one(
    'columns one by one as texts',
    `
        $this->forge->addField('id VARCHAR(128) NOT NULL');
        $this->forge->addField('\`ip_address\` VARCHAR(45) NOT NULL');
        $this->forge->addField('timestamp TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP');
        $this->forge->addField("data BLOB NOT NULL");${end}`,
  ),
  one(
    'chained calls',
    `
        $this->forge
            ->addField([
                'id'         => ['type' => 'VARCHAR', 'constraint' => 128],
                'ip_address' => ['type' => 'VARCHAR', 'constraint' => 45],
                'data'       => ['type' => 'BLOB'],
            ])
            ->addField('timestamp TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP')
            ->addKey('id', true)
            ->addKey('timestamp')
            ->createTable('ci_sessions');`,
  ),
  one(
    'a text under a name',
    `
        $this->forge->addField([
            'id' => ['type' => 'VARCHAR', 'constraint' => 128],
            'ip_address' => ['type' => 'VARCHAR', 'constraint' => 45],
            'timestamp' => 'timestamp TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP',
            'data' => ['type' => 'BLOB'],
        ]);${end}`,
  ),
  one(
    'a counting id',
    `
        $this->forge->addField('id');
        $this->forge->addField([
            'ip_address' => ['type' => 'VARCHAR', 'constraint' => 45],
            'timestamp' => ['type' => 'BIGINT', 'unsigned' => true],
            'data' => ['type' => 'TEXT'],
        ]);
        $this->forge->addKey('timestamp');
        $this->forge->createTable('ci_sessions', true);`,
  ),
  one(
    'a BIGINT id that counts, with a unique column',
    `
        $this->forge->addField([
            'id' => ['type' => 'BIGINT', 'constraint' => 20, 'unsigned' => true, 'auto_increment' => true],
            'ip_address' => ['type' => 'VARCHAR', 'constraint' => 64, 'unique' => true],
            'timestamp' => ['type' => 'DATETIME'],
            'data' => ['type' => 'VARCHAR', 'constraint' => 255],
        ]);
        $this->forge->addPrimaryKey('id');
        $this->forge->createTable('ci_sessions');`,
  ),
  one(
    'unsigned as a text, which does not count',
    `
        $this->forge->addField([
            'id' => ['type' => 'VARCHAR', 'constraint' => 128],
            'ip_address' => ['type' => 'VARCHAR', 'constraint' => 45],
            'timestamp' => ['type' => 'INT', 'constraint' => 11, 'unsigned' => 'true', 'default' => '0'],
            'data' => ['type' => 'BLOB'],
        ]);${end}`,
  ),
];
