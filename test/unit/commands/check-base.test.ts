import { expect, test } from '@jest/globals';
import { check } from '../../../src/commands/check.ts';
import { checkoutOf } from '../../fakes/checkout.ts';
import { checkConfig } from '../../static/check-config.ts';
import { application, migrationPath } from '../../static/application.ts';
import { file, right } from '../../static/corpus/migration.ts';

const old = migrationPath('2026-01-09-000000_CreateSessions');
const base = { ...application(), [old]: file('CreateSessions', right) };

async function words(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const { findings } = await check(checkConfig, checkoutOf(files, base), () => 0);
  return findings.map(({ name, severity }) => `${severity} ${name}`);
}

const guarded = right.replace(
  '$this->forge->addField',
  "if ($this->db->tableExists('ci_sessions')) { return; }\n        $this->forge->addField",
);

test('a migration that was changed, and leaves a fresh database as before, is not changed', async () => {
  expect(guarded).not.toBe(right);
  expect(await words({ ...base, [old]: file('CreateSessions', guarded) })).toEqual([]);
  // What it puts into tables nobody compares here.
  const row = `${right}\n        $this->db->table('ci_sessions')->insert(['id' => 'x']);`;
  expect(await words({ ...base, [old]: file('CreateSessions', row) })).toEqual([
    'error migration-changed',
  ]);
});

test('a type that servers make differently is the same in both versions', async () => {
  const json = (type: string, guard: string): string =>
    file(
      'More',
      `${guard}        $this->forge->addField(['id INT NOT NULL', 'a ${type}'])->createTable('more');`,
    );
  const path = migrationPath('2026-01-10-000000_More');
  const before = { ...base, [path]: json('JSON', '') };
  const guard = "        if ($this->db->tableExists('more')) { return; }\n";
  const names = async (text: string): Promise<readonly string[]> => {
    const { findings } = await check(
      checkConfig,
      checkoutOf({ ...before, [path]: text }, before),
      () => 0,
    );
    return findings.map(({ name }) => name);
  };
  expect(await names(json('JSON', guard))).not.toContain('migration-changed');
  expect(await names(json('JSON NULL', guard))).not.toContain('migration-changed');
  expect(await names(json('JSON NOT NULL', guard))).toContain('migration-changed');
});

test('a down() that is corrected is no change: it is the one that runs', async () => {
  const fixed = (base[old] ?? '').replace('dropTable(', 'dropTable(/* gone */ ');
  const other = (base[old] ?? '').replace("'ci_sessions', true);", "'ci_sessions');");
  expect(other).not.toBe(base[old]);
  for (const text of [fixed, other]) expect(await words({ ...base, [old]: text })).toEqual([]);
});

test('what the base has already is counted, and shown on demand', async () => {
  const before = {
    ...base,
    [migrationPath('2026-01-10-000000_Broken')]: file(
      'Broken',
      "        $this->forge->dropColumn('ci_sessions', 'nowhere');",
    ),
  };
  const after = { ...before, [migrationPath('2026-01-11-000000_More')]: file('More', '') };
  const report = await check(checkConfig, checkoutOf(after, before), () => 0);
  expect(report.outcome).toBe('passed');
  const [counted] = report.findings.filter(({ name }) => name === 'base-has-findings');
  expect(counted?.message).toMatch(/^main has 1 finding already, 0 errors among them: /);
  expect(counted?.message).toContain('migration-fails');
  expect(report.findings.map(({ name }) => name)).not.toContain('migration-fails');
  const all = await check({ ...checkConfig, report: 'all' }, checkoutOf(after, before), () => 0);
  expect(all.findings.map(({ name }) => name)).toContain('migration-fails');
});

const database = (driver: string, constructor = ''): string =>
  `<?php namespace Config; class Database extends \\CodeIgniter\\Database\\Config { public string $defaultGroup = 'default'; public array $default = ['DBDriver' => ${driver}, 'DBPrefix' => '']; ${constructor} }`;
const broken = {
  ...base,
  [migrationPath('2026-01-10-000000_Broken')]: file(
    'Broken',
    "        $this->forge->dropColumn('ci_sessions', 'nowhere');",
  ),
};

test.each(["'Postgre'", "env('database.default.DBDriver', 'SQLite3')"])(
  'tables of a group whose driver is %s are not judged, and that is said',
  async (driver) => {
    const report = await check(
      { ...checkConfig, base: null },
      checkoutOf({ ...broken, 'app/Config/Database.php': database(driver) }, {}),
      () => 0,
    );
    const names = report.findings.map(({ name }) => name);
    expect(names).toContain('group-not-mysql');
    expect(names).not.toContain('migration-fails');
    expect(names.filter((name) => name.startsWith('session-table'))).toEqual([]);
  },
);

test('a driver that a constructor may choose counts as it is written, and that is said', async () => {
  const constructor = "public function __construct() { $this->default['DBDriver'] = getenv('D'); }";
  const files = { ...broken, 'app/Config/Database.php': database("'MySQLi'", constructor) };
  const report = await check({ ...checkConfig, base: null }, checkoutOf(files, {}), () => 0);
  expect(report.checked).toContain(
    'Only running tells the driver; as written, default uses MySQLi',
  );
  expect(report.findings.map(({ name }) => name)).toContain('migration-fails');
});
