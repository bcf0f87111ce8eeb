import {
  createTable,
  fileOf,
  migration,
  migrationWith,
  nicolas,
  root,
  statements,
} from '../breakages.ts';
import { repairs } from '../pasting.ts';
import type { Situation } from '../situation.ts';

const account = 'kayart@localhost';

/** Database servers, accounts and tables as they are found. */
export const database: readonly Situation[] = [
  {
    name: 'rights by a role',
    prepare: async (site) =>
      statements(
        site,
        'CREATE ROLE deployers',
        'GRANT ALL ON kayart.* TO deployers',
        `REVOKE ALL ON kayart.* FROM ${account}`,
        `GRANT deployers TO ${account}`,
        `SET DEFAULT ROLE deployers FOR ${account}`,
      ),
    outcome: 'deployed',
    errors: [],
  },
  {
    name: 'the table was made by hand, rightly, before its migration',
    prepare: async (site) =>
      statements(
        site,
        'CREATE TABLE ci_sessions (id VARCHAR(128) NOT NULL PRIMARY KEY, ip_address VARCHAR(45) NOT NULL, timestamp TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, data BLOB NOT NULL, KEY (timestamp))',
      ),
    outcome: 'deployed',
    errors: [],
  },
  {
    name: 'clock of the database ten minutes ahead',
    prepare: async (site) =>
      statements(site, "SET GLOBAL init_connect = 'SET timestamp = UNIX_TIMESTAMP() + 600'"),
    outcome: 'deployed',
    errors: [],
    also: ['clock-skew'],
  },
  {
    name: 'read-only replica',
    prepare: async (site) => statements(site, 'SET GLOBAL read_only = ON'),
    outcome: 'refused',
    errors: ['database-read-only'],
    says: 'takes no writes',
  },
  {
    name: 'an account that may make no tables',
    prepare: async (site) =>
      statements(
        site,
        `REVOKE ALL ON kayart.* FROM ${account}`,
        `GRANT SELECT, INSERT, UPDATE, DELETE ON kayart.* TO ${account}`,
      ),
    outcome: 'refused',
    errors: ['database-rights-missing'],
    also: ['undo-rights-missing'],
    pastes: 'all',
    says: 'CREATE (CreateSessionTable)',
  },
  {
    name: 'an account that may not update and delete sessions',
    prepare: async (site) =>
      statements(
        site,
        `REVOKE ALL ON kayart.* FROM ${account}`,
        `GRANT SELECT, INSERT, CREATE, DROP ON kayart.* TO ${account}`,
      ),
    outcome: 'refused',
    errors: ['database-rights-missing'],
    says: 'UPDATE, DELETE (the session handler',
  },
  {
    name: 'a login of our own that may not see the table',
    prepare: async (site) =>
      statements(
        site,
        "CREATE USER reader@localhost IDENTIFIED BY 'reader-password'",
        'GRANT SELECT ON kayart.migrations TO reader@localhost',
      ),
    inputs: () => ({ 'db-user': 'reader', 'db-password': 'reader-password' }),
    outcome: 'rolled-back',
    errors: ['table-not-visible'],
    says: 'could not be checked',
  },
  {
    name: 'a view in place of the table',
    prepare: async (site) =>
      statements(
        site,
        'CREATE TABLE old_sessions (id VARCHAR(128) NOT NULL PRIMARY KEY, ip_address VARCHAR(45) NOT NULL, timestamp TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, data BLOB NOT NULL)',
        'CREATE VIEW ci_sessions AS SELECT * FROM old_sessions',
      ),
    outcome: 'rolled-back',
    errors: ['table-is-view'],
    also: ['migrations-not-rolled-back'],
    differs: ['ledger'],
  },
  {
    name: 'a table of CodeIgniter 3 under the same name',
    prepare: async (site) =>
      statements(
        site,
        'CREATE TABLE ci_sessions (id VARCHAR(40) NOT NULL, ip_address VARCHAR(45) NOT NULL, timestamp INT(10) UNSIGNED NOT NULL DEFAULT 0, data BLOB NOT NULL, KEY ci_sessions_timestamp (timestamp))',
      ),
    outcome: 'rolled-back',
    errors: ['column-type', 'column-default', 'primary-key'],
    also: ['migrations-not-rolled-back'],
    differs: ['ledger'],
    says: 'ci_sessions.id',
    afterwards: repairs,
  },
  {
    name: 'no primary key',
    prepare: async (site) =>
      site.push(
        {
          [migration]: migrationWith(
            "$this->db->query('CREATE TABLE ci_sessions (id VARCHAR(128) NOT NULL, ip_address VARCHAR(45) NOT NULL, timestamp TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, data BLOB NOT NULL, KEY (timestamp))');",
            "$this->forge->dropTable('ci_sessions');",
          ),
        },
        'The SQL of the user guide, half of it',
      ),
    fails: 'verify',
    outcome: 'rolled-back',
    errors: ['primary-key'],
    says: 'no primary key',
  },
  {
    name: 'a session of today that the table could not hold',
    prepare: async (site) =>
      nicolas(
        site,
        "head -c 100000 /dev/zero | tr '\\0' x >writable/session/ci_session0123456789abcdef0123456789abcdef",
      ),
    inputs: () => ({ 'preserve-sessions': 'off' }),
    outcome: 'rolled-back',
    errors: ['data-too-small'],
    says: '100,000 bytes',
  },
  {
    name: 'the table exists under a name in another case',
    prepare: async (site) =>
      site.push(
        {
          [migration]: migrationWith(
            createTable('CI_Sessions'),
            "$this->forge->dropTable('CI_Sessions');",
          ),
        },
        'Capitals',
      ),
    outcome: 'rolled-back',
    errors: ['table-missing', 'table-name-case'],
    says: 'ci_sessions',
  },
  {
    name: 'the table exists in another database',
    async prepare(site) {
      await statements(
        site,
        'CREATE DATABASE kayart_old',
        'CREATE TABLE kayart_old.ci_sessions (id INT)',
        `GRANT SELECT ON kayart_old.* TO ${account}`,
      );
      return site.push(
        {
          [migration]: migrationWith(
            "$this->forge->addField('id'); $this->forge->createTable('other');",
            "$this->forge->dropTable('other');",
          ),
        },
        'Another table',
      );
    },
    outcome: 'rolled-back',
    errors: ['table-missing'],
    also: ['table-in-other-schema'],
  },
  {
    name: 'unique key on the address of visitors',
    prepare: async (site) =>
      site.push(
        {
          [migration]: (await fileOf(site, migration)).replace(
            "addKey('timestamp')",
            "addUniqueKey('ip_address'); $this->forge->addKey('timestamp')",
          ),
        },
        'One session an address',
      ),
    outcome: 'rolled-back',
    errors: ['unique-key-surplus'],
    says: 'ip_address',
  },
  {
    name: 'database down',
    prepare: async (site) => root(site, 'systemctl stop mariadb.socket mariadb.service'),
    outcome: 'refused',
    errors: ['database-unreachable'],
    says: 'Nothing answers at',
  },
];
