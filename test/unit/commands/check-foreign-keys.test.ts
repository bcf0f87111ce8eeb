import { expect, test } from '@jest/globals';
import { check } from '../../../src/commands/check.ts';
import { checkoutOf } from '../../fakes/checkout.ts';
import { checkConfig } from '../../static/check-config.ts';
import { application, migrationPath } from '../../static/application.ts';
import { file, right } from '../../static/corpus/migration.ts';

const first = migrationPath('2026-01-09-000000_CreateNotes');
const second = migrationPath('2026-01-10-000000_CreateSessions');
const notes = `
        $this->forge->addField(['id' => ['type' => 'INT'], 'user_id' => ['type' => 'INT']]);
        $this->forge->addKey('id', true);
        $this->forge->addForeignKey('user_id', 'users', 'id');
        $this->forge->createTable('notes');`;
const users = `
        $this->forge->addField('id');
        $this->forge->createTable('users');`;

type Files = Readonly<Record<string, string>>;

async function said(files: Files): Promise<readonly string[]> {
  const all = { ...application(), ...files };
  const { findings } = await check({ ...checkConfig, base: null }, checkoutOf(all, {}), () => 0);
  return findings
    .filter(({ severity }) => severity !== 'notice')
    .map(({ severity, name, at, message }) => `${severity} ${name} ${at?.line ?? 0}: ${message}`);
}

const base = { [first]: file('CreateNotes', notes), [second]: file('CreateSessions', right) };

test('a foreign key to a table that nobody makes is an error at its line', async () => {
  const [only, ...others] = await said(base);
  expect(only).toMatch(/^error migration-fails 16: .*no table users, and no migration makes it/);
  expect(only).toContain('(errno: 150)');
  // The run stops there, so that the session table is not made.
  expect(others).toEqual([expect.stringMatching(/^warning session-table-unresolved/)]);
});

test('nor is one to a table that a later migration makes', async () => {
  const later = migrationPath('2026-01-11-000000_CreateUsers');
  const [only] = await said({ ...base, [later]: file('CreateUsers', users) });
  expect(only).toMatch(/^error migration-fails 16: .*no table users, as it is made later/);
});

test('a table that a package may bring is a warning, and what follows is read', async () => {
  const json = JSON.stringify({
    require: { 'codeigniter4/framework': '^4.7', 'codeigniter4/shield': '^1.0' },
  });
  const all = await said({ ...base, 'composer.json': json });
  expect(all).toEqual([
    expect.stringMatching(/^warning migration-fails 16: .*users.*codeigniter4\/shield/),
  ]);
});

test('so is one of an application whose tables come from elsewhere too', async () => {
  const elsewhere = `$this->forge->addColumn('people', ['age INT NULL']);`;
  const early = migrationPath('2026-01-08-000000_People');
  const all = await said({ ...base, [early]: file('People', elsewhere) });
  expect(all).toEqual([expect.stringMatching(/^warning migration-fails 16: .*users.*elsewhere/)]);
});

test('a table that is there once is no matter', async () => {
  const early = migrationPath('2026-01-08-000000_CreateUsers');
  expect(await said({ ...base, [early]: file('CreateUsers', users) })).toEqual([]);
});
