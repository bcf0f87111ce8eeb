import type { TestApplication } from '../php/application.ts';
import { drop, edit, first } from './trial-application.ts';

/** One fault of an application or a database, and what a check says of it. */
export interface Row {
  readonly name: string;
  readonly change?: (application: TestApplication) => void;
  /** Instead of all databases; `url` is the first of them. */
  readonly inputs?: (url: string) => Readonly<Record<string, string>>;
  /** `severity name`, and the line of the migration where it has one. */
  readonly found: readonly string[];
  readonly says?: RegExp;
}

export const rows: readonly Row[] = [
  {
    name: 'a migration that throws',
    change: edit(
      first,
      "public function up()\n    {\n        throw new \\RuntimeException('broken');",
    ),
    found: ['error migration-failed 13'],
    says: /MariaDB 10.* and MySQL 9.* and MariaDB 11.*RuntimeException: broken/,
  },
  {
    name: 'a timestamp that is a number: said once, by reading, at its line',
    change: edit(/'timestamp' {2}=> .*,/, "'timestamp' => ['type' => 'INT', 'unsigned' => true],"),
    found: [
      'error column-type 16',
      'error column-default 16',
      'notice session-table-conditional 21',
    ],
  },
  {
    name: 'a table that the settings describe otherwise: said once',
    change: (application) => {
      const columns = 'data: longblob NOT NULL';
      application.write(
        '.ci4-deploy.yml',
        `tables: { ci_sessions: { columns: { ${columns} } } }\n`,
      );
    },
    found: ['error described-column', 'notice old-table-survives 21'],
    says: /ci_sessions\.data is blob not null; described is longblob not null/,
  },
  {
    name: 'a down() that does nothing: reading has said it',
    change: edit(drop, ''),
    found: ['notice migration-down-empty 24', 'notice old-table-survives 21'],
  },
  {
    name: 'a down() that drops another table',
    change: edit(drop, "$this->forge->dropTable('ci_session', true);"),
    found: ['warning rollback-incomplete 11', 'notice old-table-survives 21'],
    says: /still has table ci_sessions/,
  },
  {
    name: 'a down() that throws',
    change: edit(drop, "throw new \\RuntimeException('no rollback');"),
    found: ['error rollback-failed 26', 'notice old-table-survives 21'],
    says: /RuntimeException: no rollback/,
  },
  {
    name: 'what reading called a failure and running does not: withdrawn, and said so',
    change: (application) => {
      const make = "Config\\Database::forge()->addField('id')->createTable('users', true);";
      application.write('app/Common.php', `<?php function make_users() { ${make} }`);
      const own = `make_users();
        $this->forge->addField(['id' => ['type' => 'INT', 'constraint' => 9]]);
        $this->forge->addForeignKey('id', 'users', 'id');
        $this->forge->createTable('things');`;
      edit(first, `public function up()\n    {\n        ${own}`)(application);
      edit(
        drop,
        `$this->forge->dropTable('things'); $this->forge->dropTable('users'); $this->forge->dropTable('ci_sessions', true);`,
      )(application);
    },
    found: ['notice old-table-survives 25', 'notice refuted-by-running 15'],
    says: /had said migration-fails/,
  },
  {
    name: 'SQL that only MariaDB knows',
    change: edit(
      /\$this->forge->createTable\(.*\);/,
      "$this->db->query('CREATE OR REPLACE TABLE ci_sessions (id VARCHAR(128) NOT NULL PRIMARY KEY, ip_address VARCHAR(45) NOT NULL, timestamp TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, data BLOB NOT NULL, KEY (timestamp))');",
    ),
    found: ['error migration-failed 11'],
    says: /^On MySQL 9[^ ]*: .*SQL syntax/,
  },
  {
    name: 'a .env of the checkout that names another database, and a prefix that holds',
    change: (application) => {
      application.env({
        'database.default.hostname': 'db.invalid',
        'database.default.database': 'shop',
        'database.default.DSN': 'MySQLi://shop:shop@db.invalid:3306/shop',
        'database.default.DBPrefix': 'pre_',
      });
    },
    found: ['notice old-table-survives 21'],
    says: /session table pre_ci_sessions/,
  },
  {
    name: 'a constant of the checkout that names another database',
    change: (application) => {
      application.write(
        'app/Config/Database.php',
        application
          .read('app/Config/Database.php')
          .replace(
            'parent::__construct();',
            "parent::__construct();\n        $this->default['database'] = 'mysql';",
          ),
      );
    },
    inputs: (url) => ({ databases: url }),
    found: ['error database-elsewhere', 'notice session-table-conditional 21'],
    says: /leads to mysql at .*Nothing was migrated/,
  },
  {
    name: 'a wrong password',
    inputs: (url) => ({ databases: url.replace('throw', 'thrown') }),
    found: ['error database-refused', 'notice session-table-conditional 21'],
    says: /refuses us \(1045\)/,
  },
  {
    name: 'a database that is not there',
    inputs: (url) => ({ databases: url.replace('ci4_check', 'nowhere') }),
    found: ['error database-refused', 'notice session-table-conditional 21'],
    says: /no database|does not exist/,
  },
  {
    name: 'no server at the address',
    inputs: () => ({ databases: 'mysql://check:x@127.0.0.1:9/ci4_check' }),
    found: ['error database-unreachable', 'notice session-table-conditional 21'],
    says: /Nothing answers at 127\.0\.0\.1:9/,
  },
  {
    name: 'no PHP',
    inputs: () => ({ php: 'php0.0' }),
    found: ['error php-missing', 'notice session-table-conditional 21'],
  },
  {
    name: 'no packages',
    change: (application) => {
      const file = 'app/Config/Paths.php';
      const text = application
        .read(file)
        .replace('/../../system', '/../../vendor/codeigniter4/framework/system');
      application.write(file, text);
    },
    found: ['error vendor-missing', 'notice session-table-conditional 21'],
    says: /composer install/,
  },
];
