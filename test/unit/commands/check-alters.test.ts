import { expect, test } from '@jest/globals';
import { check } from '../../../src/commands/check.ts';
import type { Report } from '../../../src/report/report.ts';
import { checkoutOf } from '../../fakes/checkout.ts';
import { checkConfig } from '../../static/check-config.ts';
import { application, migrationPath } from '../../static/application.ts';
import { file, right } from '../../static/corpus/migration.ts';

const old = migrationPath('2026-01-09-000000_CreateSessions');
const fresh = migrationPath('2026-02-01-120000_ChangeThings');
const base = { ...application(), [old]: file('CreateSessions', right) };

async function checked(
  files: Readonly<Record<string, string>>,
  server: { name: 'MariaDB' | 'MySQL'; version: string } | null = null,
): Promise<Report> {
  const config = { ...checkConfig, server } as const;
  return check(config, checkoutOf(files, base), () => 0);
}

/** All but what is said of the table of the base. */
function words({ findings }: Report): readonly string[] {
  return findings
    .filter(({ name }) => name !== 'session-table-conditional')
    .map(
      ({ name, severity, at }) =>
        `${severity} ${name} ${at?.file.split('/').at(-1) ?? ''}:${at?.line ?? ''}`,
    );
}

test.each([
  ["$this->forge->dropTable('users');", 'Users is dropped'],
  ["$this->forge->dropColumn('users', 'name');", 'The column name of users is dropped'],
  ["$this->forge->renameTable('users', 'people');", 'Users gets another name'],
  [
    "$this->forge->modifyColumn('users', ['name' => ['name' => 'label', 'type' => 'VARCHAR', 'constraint' => 20]]);",
    'The column name of users gets another name',
  ],
])('%s destroys', async (up, message) => {
  const users = migrationPath('2026-01-01-000000_Users');
  const before = {
    ...base,
    [users]: file(
      'Users',
      "        $this->forge->addField('id')->addField('name VARCHAR(20) NOT NULL')->createTable('users');",
    ),
  };
  const config = checkConfig;
  const report = await check(
    config,
    checkoutOf({ ...before, [fresh]: file('ChangeThings', `        ${up}`) }, before),
    () => 0,
  );
  const found = report.findings.find(({ name }) => name === 'migration-destructive');
  expect(found?.message).toContain(message);
  expect(found?.at).toEqual({ file: fresh, line: 13 });
});

test('a table that the pull request itself makes may be changed as it likes', async () => {
  const up =
    "        $this->forge->addField('id')->addField('x INT')->createTable('t');\n        $this->forge->dropColumn('t', 'x');";
  expect(words(await checked({ ...base, [fresh]: file('ChangeThings', up) }))).toEqual([]);
});

test.each([
  [null, 'every server but MariaDB 11.4 and newer copies the table'],
  [
    { name: 'MySQL', version: '8.0.36' } as const,
    'MySQL 8.0.36 copies the table for it (ALGORITHM=COPY)',
  ],
  [
    { name: 'MariaDB', version: '11.8' } as const,
    'MariaDB 11.8 copies the table for it, while writes go on',
  ],
])('a change that copies the table says so: %j', async (server, message) => {
  const up =
    "        $this->forge->modifyColumn('ci_sessions', ['data' => ['type' => 'MEDIUMBLOB', 'null' => false]]);";
  const report = await checked({ ...base, [fresh]: file('ChangeThings', up) }, server);
  expect(report.findings.find(({ name }) => name === 'migration-copies-table')?.message).toContain(
    message,
  );
});

test('numbers do not become dates by MODIFY', async () => {
  const int = right.replace(
    "'timestamp timestamp DEFAULT CURRENT_TIMESTAMP NOT NULL'",
    "'timestamp' => ['type' => 'INT']",
  );
  const before = { ...base, [old]: file('CreateSessions', int) };
  const up =
    "        $this->forge->modifyColumn('ci_sessions', ['timestamp' => ['type' => 'TIMESTAMP', 'default' => new RawSql('CURRENT_TIMESTAMP'), 'null' => false]]);";
  const config = checkConfig;
  const report = await check(
    config,
    checkoutOf({ ...before, [fresh]: file('ChangeThings', up) }, before),
    () => 0,
  );
  expect(words(report)).toContain(
    'error session-timestamp-converted 2026-02-01-120000_ChangeThings.php:13',
  );
});

test.each([
  ['', ['migration-copies-table']],
  ['$this->db->disableForeignKeyChecks(); ', []],
])('a foreign key copies the table where it is checked: %j', async (before, wanted) => {
  const users = migrationPath('2026-01-01-000000_Users');
  const made = `        $this->db->query('CREATE TABLE users (id INT NOT NULL PRIMARY KEY, boss INT NOT NULL)');`;
  const all = { ...base, [users]: file('Users', made) };
  const key = `$this->db->query('ALTER TABLE users ADD FOREIGN KEY (boss) REFERENCES users (id)');`;
  const files = { ...all, [fresh]: file('ChangeThings', `        ${before}${key}`) };
  const server = { name: 'MySQL', version: '8.4' } as const;
  const report = await check({ ...checkConfig, server }, checkoutOf(files, all), () => 0);
  const names = report.findings.map(({ name }) => name);
  expect(names.filter((name) => name !== 'session-table-conditional')).toEqual(wanted);
});
