import { file, one, right, several, unknown, type Written } from './migration.ts';

const sql = `CREATE TABLE IF NOT EXISTS \`ci_sessions\` (
    \`id\` varchar(128) NOT NULL,
    \`ip_address\` varchar(45) NOT NULL,
    \`timestamp\` timestamp DEFAULT CURRENT_TIMESTAMP NOT NULL,
    \`data\` blob NOT NULL,
    KEY \`ci_sessions_timestamp\` (\`timestamp\`)
)`;

/** SQL of one's own. */
export const statements: readonly Written[] = [
  one(
    'the SQL of the user guide',
    `$this->db->query("${sql.replaceAll('`', '\\`').replaceAll('\\`', '`')};");
        $this->db->query('ALTER TABLE ci_sessions ADD PRIMARY KEY (id)');`,
  ),
  one(
    'a heredoc',
    `        $this->db->query(<<<SQL
            ${sql.replace('KEY `ci', 'PRIMARY KEY (id),\n    KEY `ci').replaceAll('\n', '\n            ')}
            ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE utf8mb4_general_ci COMMENT='it''s'
            SQL);`,
  ),
  one(
    'a nowdoc in a variable, and simpleQuery',
    `        $sql = <<<'SQL'
CREATE TABLE ci_sessions (
  id CHAR(40) PRIMARY KEY, -- the id
  ip_address VARCHAR(45) NOT NULL DEFAULT '0', # whose
  /* seconds */ timestamp INT(10) UNSIGNED DEFAULT 0 NOT NULL,
  data MEDIUMTEXT
)
SQL;
        $this->db->simpleQuery($sql);`,
  ),
  one(
    'SQL in pieces',
    `        $table = 'ci_sessions';
        $this->db->query('CREATE TABLE ' . $table . ' (id VARCHAR(128) NOT NULL, '
            . 'ip_address VARCHAR(45) NOT NULL, '
            . "data BLOB NOT NULL, PRIMARY KEY (\`id\`)) ENGINE = {$this->engine}");
        $this->db->query("ALTER TABLE {$table} ADD COLUMN timestamp TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, ADD INDEX (timestamp)");`,
    `    protected $engine = 'InnoDB';`,
  ),
  one(
    'CREATE INDEX afterwards',
    `${right.replace("        $this->forge->addKey('timestamp');\n", '')}
        $this->db->query('CREATE INDEX by_time ON ci_sessions (timestamp)');
        $this->db->query('CREATE UNIQUE INDEX by_address USING BTREE ON ci_sessions (ip_address(20), id)');
        $this->db->query('DROP INDEX by_address ON ci_sessions');`,
  ),
  several(
    'a table like another',
    right.replace('ci_sessions', 'blueprint'),
    `$this->db->query('CREATE TABLE ci_sessions LIKE blueprint');`,
  ),
  several(
    'many changes in one statement',
    right,
    `$this->db->query('ALTER TABLE \`ci_sessions\`
            MODIFY \`data\` MEDIUMBLOB NOT NULL,
            CHANGE COLUMN ip_address address VARCHAR(64) NULL AFTER \`data\`,
            ADD COLUMN (a INT, b TINYINT(1) DEFAULT 1),
            ADD UNIQUE KEY together (id, a),
            DROP KEY timestamp,
            ADD KEY (timestamp, id),
            ENGINE = InnoDB');`,
  ),
  several(
    'SET DEFAULT and RENAME COLUMN',
    right,
    `$this->db->query("ALTER TABLE ci_sessions ALTER COLUMN ip_address SET DEFAULT '0.0.0.0'");
        $this->db->query('ALTER TABLE ci_sessions RENAME COLUMN data TO payload');
        $this->db->query('ALTER TABLE ci_sessions RENAME INDEX timestamp TO by_time');`,
  ),
  several(
    'RENAME TABLE',
    right.replace('ci_sessions', 'a'),
    `$this->db->query('RENAME TABLE a TO b, b TO ci_sessions');`,
  ),
  several(
    'rows come and go',
    right,
    `$this->db->query("INSERT INTO ci_sessions (id, ip_address, data) VALUES ('x', '::1', '')");
        $this->db->table('ci_sessions')->truncate();
        $this->db->query('DELETE FROM ci_sessions WHERE timestamp < NOW()');`,
  ),
  one(
    'a statement that is wrong',
    `$this->db->query('CREATE TABLE ci_sessions (id VARCHAR(128) NOT NULL, id INT)');`,
  ),
  unknown(
    several(
      'CREATE TABLE ... SELECT',
      right.replace('ci_sessions', 'blueprint'),
      `$this->db->query('CREATE TABLE ci_sessions AS SELECT * FROM blueprint');`,
    ),
  ),
  unknown(
    one(
      'a computed column',
      right.replace(
        "'data'       => ['type' => 'BLOB', 'null' => false],",
        "'data'       => ['type' => 'BLOB', 'null' => false],\n            'length INT DEFAULT (1 + 1)',",
      ),
    ),
  ),
  unknown(
    several(
      'an executable comment',
      right,
      `$this->db->query('ALTER TABLE ci_sessions /*!50000 ADD COLUMN extra INT */');`,
    ),
  ),
  unknown(
    several(
      'values bound into the structure',
      right,
      `$this->db->query('ALTER TABLE ci_sessions ADD COLUMN extra INT DEFAULT ?', [3]);`,
    ),
  ),
  {
    name: 'a trigger',
    files: [
      file('A', right),
      file(
        'B',
        `$this->db->query('CREATE TRIGGER watch BEFORE INSERT ON ci_sessions FOR EACH ROW SET NEW.ip_address = NEW.ip_address');`,
      ),
    ],
  },
];
