import { fields, one, right, unknown, type Written } from './migration.ts';

const end = `
        $this->forge->addKey('id', true);
        $this->forge->addKey('timestamp');
        $this->forge->createTable('ci_sessions');`;
const change = `$this->forge->addColumn('ci_sessions', ['extra INT NULL']);`;
const columns = `        $fields = [
            'id' => ['type' => 'VARCHAR', 'constraint' => 128],
            'ip_address' => ['type' => 'VARCHAR', 'constraint' => 45],
            'timestamp TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP',
            'data' => ['type' => 'BLOB'],
        ];`;

/** Ways to change a table that a reader easily overlooks. */
export const hidden: readonly Written[] = [
  one(
    'a constructor that sets the name',
    right.replace("'ci_sessions'", '$this->table'),
    `    protected $table = 'other';

    public function __construct(?\\CodeIgniter\\Database\\Forge $forge = null)
    {
        parent::__construct($forge);
        $this->table = 'ci_sessions';
    }
`,
  ),
  one(
    'unset',
    `${columns}
        unset($fields['data']);
        $this->forge->addField($fields);${end}`,
  ),
  unknown(
    one(
      'a function that changes its array',
      `${columns}
        array_push($fields, 'extra INT NULL');
        $this->forge->addField($fields);${end}`,
    ),
  ),
  unknown(
    one(
      'a method that changes its array',
      `${columns}
        $this->more($fields);
        $this->forge->addField($fields);${end}`,
      `    private function more(array &$fields): void
    {
        $fields[] = 'extra INT NULL';
    }
`,
    ),
  ),
  unknown(
    one(
      'a loop that changes its array',
      `${columns}
        foreach ($fields as &$field) {
            if (is_array($field)) {
                $field['null'] = true;
            }
        }
        unset($field);
        $this->forge->addField($fields);
        $this->forge->addKey('timestamp');
        $this->forge->createTable('ci_sessions');`,
    ),
  ),
  unknown(
    one(
      'a reference',
      `${columns}
        $other = &$fields;
        $other[] = 'extra INT NULL';
        $this->forge->addField($fields);${end}`,
    ),
  ),
  unknown(
    one(
      'a method whose name is a value',
      `${right}
        $method = 'add' . 'Column';
        $this->forge->{$method}('ci_sessions', ['extra INT NULL']);`,
    ),
  ),
  unknown(
    one(
      'a variable whose name is a value',
      `        $table = 'x';
        $name = 'table';
        $$name = 'ci_sessions';${fields}${end.replace("'ci_sessions'", '$table')}`,
    ),
  ),
  unknown(
    one(
      'a method that may return early with another value',
      `        $this->forge->addField($this->columns());
        $this->forge->addKey('timestamp');
        $this->forge->createTable('ci_sessions');`,
      `    private function columns(): array
    {
        if (PHP_VERSION_ID > 70000) {
            return ['id VARCHAR(40) NOT NULL', 'timestamp INT NOT NULL'];
        }

        return ['id VARCHAR(128) NOT NULL', 'timestamp TIMESTAMP NOT NULL'];
    }
`,
    ),
  ),
  unknown(
    one(
      'the connection handed to somebody',
      `${right}
        $work = static function ($forge) {
            $forge->addColumn('ci_sessions', ['extra INT NULL']);
        };
        $work($this->forge);`,
    ),
  ),
  unknown(
    one(
      'the connection of the driver',
      `${right}
        $this->db->connID->query('ALTER TABLE ci_sessions ADD COLUMN extra INT NULL');`,
    ),
  ),
  unknown(
    one(
      'a function as an argument',
      `${right}
        array_map(function ($name) {
            $this->forge->addColumn('ci_sessions', ["{$name} INT NULL"]);
        }, ['extra']);`,
    ),
  ),
  one(
    "the forge's own connection",
    `${right}
        $this->forge->getConnection()->query('ALTER TABLE ci_sessions ADD COLUMN extra INT NULL');`,
  ),
  one(
    'back at once when a query fails',
    `${right}
        if ($this->db->query('ALTER TABLE ci_sessions ADD COLUMN extra INT NULL') === false) {
            return;
        }
        ${change}`.replace('ci_sessions ADD COLUMN extra', 'ci_sessions ADD COLUMN first'),
  ),
  one(
    'static properties',
    `        self::$table .= '_sessions';
${right.replace("'ci_sessions'", 'self::$table')}`,
    `    private static $table = 'ci';
`,
  ),
  one(
    'a method that throws in a branch',
    `        if (PHP_VERSION_ID < 50000) {
            $this->refuse();
        }${right}`,
    `    private function refuse(): void
    {
        throw new \\RuntimeException('too old');
    }
`,
  ),
];
