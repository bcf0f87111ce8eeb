import { describe, expect, test } from '@jest/globals';
import { check } from '../../../src/commands/check.ts';
import type { Report } from '../../../src/report/report.ts';
import { checkoutOf } from '../../fakes/checkout.ts';
import { checkConfig } from '../../static/check-config.ts';
import { application, migrationPath } from '../../static/application.ts';
import { file, right } from '../../static/corpus/migration.ts';

const sessions = migrationPath('2026-01-09-000000_CreateSessions');
const more = migrationPath('2026-01-10-000000_More');
const inModule = 'shop/Database/Migrations/2026-01-09-000000_CreateSessions.php';
const psr4 = "['App' => APPPATH, 'Shop' => ROOTPATH . 'shop']";
const modules = {
  ...application(),
  'app/Config/Autoload.php': `<?php namespace Config; class Autoload { public $psr4 = ${psr4}; }`,
};

type Files = Readonly<Record<string, string>>;

async function checked(files: Files, namespaces: 'app' | 'all' = 'app'): Promise<Report> {
  return check({ ...checkConfig, base: null, namespaces }, checkoutOf(files, {}), () => 0);
}

describe('a check says what it read', () => {
  const own = { [sessions]: file('CreateSessions', right) };

  test.each<[string, Files, string]>([
    [
      'one migration',
      { ...application(), ...own },
      'Read 1 migration for CodeIgniter 4.7.2 (composer.lock), compared with no base',
    ],
    [
      'several',
      { ...application(), ...own, [more]: file('More', '') },
      'Read 2 migrations for CodeIgniter 4.7.2 (composer.lock), compared with no base',
    ],
    [
      'without a release',
      { ...application(), ...own, 'composer.lock': '' },
      'Read 1 migration for CodeIgniter 4.7.2 (no release is named, the newest known), compared with no base',
    ],
    [
      'with further namespaces',
      { ...modules, ...own, [inModule]: '' },
      'Read 1 migration for CodeIgniter 4.7.2 (composer.lock), compared with no base. Not read: 1 of 1 further namespace, which input namespaces: all reads',
    ],
  ])('%s', async (_, files, words) => {
    expect((await checked(files)).checked).toBe(words);
  });

  test('compared with its base', async () => {
    const before = { ...application(), ...own };
    const after = { ...before, [more]: file('More', '') };
    const { checked: words } = await check(checkConfig, checkoutOf(after, before), () => 0);
    expect(words).toBe(
      'Read 2 migrations for CodeIgniter 4.7.2 (composer.lock), compared with main',
    );
  });
});

test('a session table that a namespace may create which is not read is not called missing', async () => {
  const files = { ...modules, [inModule]: file('CreateSessions', right) };
  const report = await checked(files);
  expect(report.findings.map(({ severity, name }) => `${severity} ${name}`)).toEqual([
    'warning session-table-unresolved',
  ]);
  expect(report.findings[0]?.message).toContain('input namespaces: all reads them');
  const all = await checked(files, 'all');
  expect(all.outcome).toBe('passed');
});

test('what is missing may come from a namespace that is not read: no error', async () => {
  const drop = file('More', "        $this->forge->dropColumn('ci_sessions', 'extra');");
  const own = { [sessions]: file('CreateSessions', right), [more]: drop };
  const said = async (files: Files): Promise<string | undefined> =>
    (await checked(files)).findings.find(({ name }) => name === 'migration-fails')?.severity;
  expect(await said({ ...application(), ...own })).toBe('error');
  expect(await said({ ...modules, ...own, [inModule.replace('Create', 'Add')]: '' })).toBe(
    'warning',
  );
});

test('a number among the columns is passed over, as Forge does it', async () => {
  const slipped = right.replace(
    '$this->forge->addField([',
    "$this->forge->addField(['default' => 1,",
  );
  expect(slipped).not.toBe(right);
  const report = await checked({ ...application(), [sessions]: file('CreateSessions', slipped) });
  expect(report.outcome).toBe('passed');
});

test('namespaces that only running tells are said', async () => {
  const unknown = "public function __construct() { $this->psr4 = getenv('X'); }";
  const files = {
    ...application(),
    [sessions]: file('CreateSessions', right),
    'app/Config/Autoload.php': `<?php namespace Config; class Autoload { public $psr4 = []; ${unknown} }`,
  };
  const said = ({ findings }: Report): readonly string[] => findings.map(({ message }) => message);
  expect(said(await checked(files, 'all')).join()).toContain('migrations of App alone were read');
  expect(said(await checked(files)).join()).not.toContain('migrations of App alone were read');
});

test('of a release whose handler writes numbers nothing is said', async () => {
  const number = right.replace(
    "'timestamp timestamp DEFAULT CURRENT_TIMESTAMP NOT NULL'",
    "'timestamp' => ['type' => 'INT']",
  );
  const files = { ...application({}, '4.1.1'), [sessions]: file('CreateSessions', number) };
  files['app/Config/App.php'] =
    `<?php namespace Config; class App { public $sessionDriver = 'CodeIgniter\\Session\\Handlers\\DatabaseHandler'; public $sessionSavePath = 'ci_sessions'; }`;
  const report = await checked(files);
  expect(report.findings.map(({ name }) => name)).toEqual(['session-table-unresolved']);
  expect(report.findings[0]?.message).toContain('CodeIgniter 4.1.1 writes the time');
});
