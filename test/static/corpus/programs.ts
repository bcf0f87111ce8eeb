import { fields, one, right, unknown, type Written } from './migration.ts';

const end = `
        $this->forge->addKey('id', true);
        $this->forge->addKey('timestamp');`;

/** Loops, variables, conditions and methods. */
export const programs: readonly Written[] = [
  one(
    'a constant for the name',
    right.replace("'ci_sessions'", 'self::TABLE'),
    `    private const TABLE = 'ci_sessions';`,
  ),
  one(
    'a property for the name',
    right.replace("'ci_sessions'", '$this->table'),
    `    protected string $table = 'ci_sessions';`,
  ),
  one(
    'properties in an array',
    right.replace("'ci_sessions'", "$this->tables['sessions']"),
    `    private array $tables = ['users' => 'users', 'sessions' => 'ci_' . 'sessions'];`,
  ),
  one(
    'an array of columns in a variable',
    `
        $fields = [
            'id' => ['type' => 'VARCHAR', 'constraint' => 128],
            'data' => ['type' => 'BLOB'],
        ];
        $fields['ip_address'] = ['type' => 'VARCHAR'];
        $fields['ip_address']['constraint'] = 45;
        $fields[] = 'timestamp TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP';
        $this->forge->addField($fields);${end}
        $this->forge->createTable('ci_sessions');`,
  ),
  one(
    'a loop over tables',
    `
        foreach (['users', 'ci_sessions'] as $table) {${fields}${end}
            $this->forge->createTable($table);
        }`,
  ),
  one(
    'a loop over columns',
    `
        foreach (['id' => 128, 'ip_address' => 45] as $name => $length) {
            $this->forge->addField([$name => ['type' => 'VARCHAR', 'constraint' => $length]]);
        }
        $this->forge->addField("timestamp TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP");
        $this->forge->addField(['data' => ['type' => 'BLOB']]);${end}
        $this->forge->createTable('ci_sessions');`,
  ),
  one(
    'a counting loop',
    `${fields}
        for ($i = 1; $i <= 3; $i++) {
            $this->forge->addField(["extra_{$i}" => ['type' => 'INT', 'null' => true]]);
        }${end}
        $this->forge->createTable('ci_sessions');`,
  ),
  one(
    'methods of its own',
    `        $this->createSessions('ci_sessions');`,
    `    private function createSessions(string $name, bool $maybe = true): void
    {
${fields}${end}
        $this->forge->createTable($name, $maybe);
    }`,
  ),
  one(
    'columns from a method',
    `        $this->forge->addField($this->columns());${end}
        $this->forge->createTable('ci_sessions');`,
    `    private function columns(): array
    {
        $text = ['type' => 'VARCHAR', 'null' => false];

        return array_merge([
            'id' => $text + ['constraint' => 128],
            'ip_address' => [...$text, 'constraint' => 45],
            'timestamp TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP',
        ], ['data' => ['type' => 'BLOB']]);
    }`,
  ),
  one(
    'only if it is not there',
    `
        if (! $this->db->tableExists('ci_sessions')) {${right}
        }
        if (! $this->db->fieldExists('data', 'ci_sessions')) {
            $this->forge->addColumn('ci_sessions', ['data' => ['type' => 'BLOB']]);
        }`,
  ),
  one(
    'back at once if it is there',
    `
        if ($this->db->tableExists('ci_sessions')) {
            return;
        }${right}`,
  ),
  one(
    'by the driver',
    `${fields.replace("'type' => 'BLOB'", "'type' => $this->db->DBDriver === 'Postgre' ? 'BYTEA' : 'BLOB'")}${end}
        switch ($this->db->DBDriver) {
            case 'MySQLi':
                $this->forge->createTable('ci_sessions', true, ['ENGINE' => 'InnoDB']);
                break;
            default:
                $this->forge->createTable('ci_sessions', true);
        }`,
  ),
  one(
    'a forge of its own',
    `        $forge = \\Config\\Database::forge();
        $db = \\Config\\Database::connect();
        $forge->addField('id VARCHAR(128) NOT NULL');
        $forge->addField(['ip_address' => ['type' => 'VARCHAR', 'constraint' => 45], 'data' => ['type' => 'BLOB']]);
        $forge->addKey('id', true);
        $forge->createTable('ci_sessions');
        $db->query('ALTER TABLE ' . $db->prefixTable('ci_sessions') . ' ADD timestamp TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, ADD KEY (timestamp)');`,
  ),
  one(
    'an error that is caught',
    `${right}
        try {
            $this->forge->dropColumn('ci_sessions', 'nowhere');
        } catch (\\Throwable $e) {
            $this->forge->addColumn('ci_sessions', ['caught' => ['type' => 'INT', 'null' => true]]);
        }`,
  ),
  one(
    'sprintf and other functions',
    `
        $this->db->query(sprintf('CREATE TABLE %s (%s, PRIMARY KEY (id))', strtolower('CI_SESSIONS'), implode(', ', [
            'id VARCHAR(128) NOT NULL',
            'ip_address VARCHAR(45) NOT NULL',
            'timestamp TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP',
            'data BLOB NOT NULL',
        ])));`,
  ),
  one(
    'an exception',
    `${right}
        throw new \\RuntimeException('not yet');`,
  ),
  unknown(
    one(
      'the name from the environment',
      right.replace("'ci_sessions'", "env('session.table', 'ci_sessions')"),
    ),
  ),
  unknown(
    one(
      'the name from the configuration',
      right.replace("'ci_sessions'", "config('App')->sessionTable ?? 'ci_sessions'"),
    ),
  ),
  unknown(
    one(
      'a length that only running tells',
      fields.replace("'constraint' => 128", "'constraint' => (int) (getenv('ID_LENGTH') ?: 128)") +
        `${end}
        $this->forge->createTable('ci_sessions');`,
    ),
  ),
  unknown(
    one(
      'a condition that only running tells',
      `${right}
        if (ENVIRONMENT === 'production') {
            $this->forge->addColumn('ci_sessions', ['extra' => ['type' => 'INT', 'null' => true]]);
        }`,
    ),
  ),
  unknown(
    one(
      'a loop that only running tells',
      `${right}
        foreach (explode(',', 'ci_sessions,users') as $table) {
            $this->db->query("ALTER TABLE {$table} ADD COLUMN IF NOT EXISTS extra INT");
        }`,
    ),
  ),
  unknown(
    one(
      'a function in between',
      `${right}
        $change = function () {
            $this->forge->addColumn('ci_sessions', ['extra' => ['type' => 'INT', 'null' => true]]);
        };
        $change();`,
    ),
  ),
  one(
    'the connection to another place',
    `${right}
        $prefix = $this->db->getPrefix();
        $this->db->disableForeignKeyChecks();
        $this->forge->addColumn($prefix . 'ci_sessions', ['extra INT NULL']);
        $this->db->enableForeignKeyChecks();`,
  ),
  one(
    'an array that is copied before it grows',
    `
        $first = [];
        $first['id'] = ['type' => 'VARCHAR', 'constraint' => 128];
        $second = $first;
        $second['extra'] = ['type' => 'INT'];
        $first['data'] = ['type' => 'BLOB'];
        $this->forge->addField($first)->addKey('id', true)->createTable('ci_sessions');
        $this->forge->addField($second)->createTable('others');`,
  ),
  one(
    'an array of the class that is copied before it grows',
    `
        $this->fields['id'] = ['type' => 'VARCHAR', 'constraint' => 128];
        $copy = $this->fields;
        $copy[] = 'extra INT';
        $this->fields[] = 'data BLOB';
        foreach ($this->fields as $name => $one) {
            $this->fields['more'] = ['type' => 'INT'];
        }
        $this->forge->addField($this->fields)->addKey('id', true)->createTable('ci_sessions');`,
    '    private $fields = [];',
  ),
  one(
    'an array that grows where only running tells',
    `
        $fields = [];
        $fields['id'] = ['type' => 'VARCHAR', 'constraint' => 128];
        $kept = $fields;
        if (getenv('NOBODY_SETS_THIS') === 'yes') {
            $fields['extra'] = ['type' => 'INT'];
        }
        $this->forge->addField($kept)->addKey('id', true)->createTable('ci_sessions');`,
  ),
];
