import { expect, test } from '@jest/globals';
import { check } from '../../../src/commands/check.ts';
import type { Report } from '../../../src/report/report.ts';
import { checkoutOf } from '../../fakes/checkout.ts';
import { pasted } from '../../fakes/remedies.ts';
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

const something = "        $this->forge->addColumn('ci_sessions', ['extra INT NULL']);";

test('what the base created only if it was not there is not said again', async () => {
  const { findings } = await checked({ ...base, [fresh]: file('ChangeThings', something) });
  expect(findings.map(({ name }) => name)).toEqual(['column-surplus']);
});

test('a new migration that is in order is green', async () => {
  expect(words(await checked({ ...base, [fresh]: file('ChangeThings', something) }))).toEqual([
    'notice column-surplus 2026-01-09-000000_CreateSessions.php:22',
  ]);
});

test.each([
  [
    '2026-02-01_ChangeThings',
    'ChangeThings',
    'error migration-file-ignored 2026-02-01_ChangeThings.php:1',
  ],
  ['ChangeThings', 'ChangeThings', 'error migration-file-ignored ChangeThings.php:1'],
  [
    '2026-02-01-120000_Other',
    'ChangeThings',
    'notice migration-class-name 2026-02-01-120000_Other.php:8',
  ],
  [
    '2026-02-01-120000_CreateSessions',
    'CreateSessions',
    'error migration-class-duplicate 2026-02-01-120000_CreateSessions.php:8',
  ],
  [
    '2026-01-09-000000_ChangeThings',
    'ChangeThings',
    'warning migration-version-duplicate 2026-01-09-000000_ChangeThings.php:8',
  ],
  [
    '2025-12-31-000000_ChangeThings',
    'ChangeThings',
    'warning migration-older-than-base 2025-12-31-000000_ChangeThings.php:8',
  ],
])('%s with the class %s', async (name, own, said) => {
  expect(words(await checked({ ...base, [migrationPath(name)]: file(own, '        //') }))).toEqual(
    [said],
  );
});

test('a file in a subfolder runs too', async () => {
  const path = 'app/Database/Migrations/deep/2026-02-01-120000_Deep.php';
  const report = await checked({
    ...base,
    [path]: file('Deep', "        $this->forge->dropTable('ci_sessions');"),
  });
  expect(words(report)).toContain('error session-table-not-created Session.php:13');
});

test('a migration that the base has may not change but in its comments', async () => {
  const changed = file('CreateSessions', right.replace("'BLOB'", "'MEDIUMBLOB'"));
  expect(words(await checked({ ...base, [old]: changed }))).toContain(
    'error migration-changed 2026-01-09-000000_CreateSessions.php:18',
  );
  const commented = file('CreateSessions', `        // the sessions\n${right}`);
  expect(words(await checked({ ...base, [old]: commented }))).toEqual([]);
});

test('a migration that the base has may not go, but may get another name behind its date', async () => {
  const { [old]: text = '', ...without } = base;
  expect(words(await checked(without))).toContain(
    'error migration-deleted 2026-01-09-000000_CreateSessions.php:1',
  );
  const renamed = { ...without, [migrationPath('2026-01-09-000000_MakeSessions')]: text };
  expect(words(await checked(renamed))).toEqual([
    'notice migration-class-name 2026-01-09-000000_MakeSessions.php:8',
  ]);
});

test.each([
  ['a comment', '        // nothing'],
  ['return', '        return;'],
])('a down() with %s alone is a warning', async (_, body) => {
  const text = file('ChangeThings', '        //').replace(
    "        $this->forge->dropTable('ci_sessions', true);",
    body,
  );
  expect(words(await checked({ ...base, [fresh]: text }))).toEqual([
    'notice migration-down-empty 2026-02-01-120000_ChangeThings.php:16',
  ]);
});

test('a statement that fails on an empty database is an error, in an old migration a warning', async () => {
  const wrong = "        $this->forge->dropColumn('ci_sessions', 'nowhere');";
  expect(words(await checked({ ...base, [fresh]: file('ChangeThings', wrong) }))).toContain(
    'error migration-fails 2026-02-01-120000_ChangeThings.php:13',
  );
});

test('a file without a class, and one that is no PHP, stop the run', async () => {
  expect(words(await checked({ ...base, [fresh]: '<?php\n\nreturn [];\n' }))).toEqual([
    'error migration-class-missing 2026-02-01-120000_ChangeThings.php:1',
  ]);
  expect(words(await checked({ ...base, [fresh]: '<?php\n\nclass { }\n' }))).toEqual([
    'error migration-syntax 2026-02-01-120000_ChangeThings.php:3',
  ]);
});

test('an exception that up() throws is an error', async () => {
  const text = file('ChangeThings', "        throw new \\Exception('no');");
  expect(words(await checked({ ...base, [fresh]: text }))).toEqual([
    'error migration-fails 2026-02-01-120000_ChangeThings.php:13',
  ]);
});

test('a namespace that cannot be found is said', async () => {
  const autoload = "<?php class Autoload { public $psr4 = ['Gone' => SOMEWHERE]; }";
  const config = { ...checkConfig, base: null, namespaces: 'all' } as const;
  const report = await check(
    config,
    checkoutOf({ ...base, 'app/Config/Autoload.php': autoload }),
    () => 0,
  );
  expect(words(report)).toContain('warning namespace-unresolved Autoload.php:1');
});

test('a fault of many files is said once, with the places', async () => {
  const empty = (name: string): string =>
    file(name, '        //').replace("        $this->forge->dropTable('ci_sessions', true);", '');
  const second = migrationPath('2026-02-02-120000_More');
  const report = await checked({
    ...base,
    [fresh]: empty('ChangeThings'),
    [second]: empty('More'),
  });
  expect(words(report)).toEqual([
    'notice migration-down-empty 2026-02-01-120000_ChangeThings.php:16',
  ]);
  expect(report.findings[0]?.message).toContain(`The same in 1 more file: ${second}:16.`);
});

test('an old migration that is changed is not judged like a new one', async () => {
  const empty = file('CreateSessions', right).replace(
    "        $this->forge->dropTable('ci_sessions', true);",
    '',
  );
  const before = { ...application(), [old]: empty };
  const after = { ...before, [old]: empty.replace("'BLOB'", "'MEDIUMBLOB'") };
  const config = { ...checkConfig, match: 'compatible' } as const;
  const report = await check(config, checkoutOf(after, before), () => 0);
  expect(report.findings.map(({ name }) => name)).toEqual(['migration-changed', 'column-type']);
});

test('what the runner passes over is judged only where it is a migration', async () => {
  const folder = 'app/Database/Migrations/';
  const report = await checked({
    ...base,
    [`${folder}BaseMigration.php`]:
      '<?php namespace App\\Database\\Migrations; abstract class BaseMigration extends \\CodeIgniter\\Database\\Migration { protected function money(): array { return []; } }',
    [`${folder}Columns.php`]: '<?php namespace App\\Database\\Migrations; trait Columns {}',
    [`${folder}helpers.php`]: '<?php function money() { return []; }',
    [`${folder}2026-02-01-120000_Change things.php`]: file('ChangeThings', something),
  });
  expect(words(report)).toEqual([
    'error migration-file-ignored 2026-02-01-120000_Change things.php:1',
  ]);
  const [finding] = report.findings.filter(({ name }) => name === 'migration-file-ignored');
  expect(finding?.message).toContain('behind the date');
  expect(pasted(finding)).toBe(
    `git mv -- '${folder}2026-02-01-120000_Change things.php' '${folder}'2026-02-01-120000_Change_things.php`,
  );
});

test.each([
  [
    'a type that is returned',
    (text: string) => text.replace('function up()', 'function up(): void'),
  ],
  ['strict types', (text: string) => text.replace('<?php', '<?php declare(strict_types=1);')],
  ['arrays in the old way', (text: string) => text.replaceAll('[', 'array(').replaceAll(']', ')')],
  ['comments behind code', (text: string) => text.replace(/;\n/g, '; // so\n')],
  ['quotes', (text: string) => text.replaceAll("'", '"')],
  ['blanks', (text: string) => text.replaceAll('\n', '\n\n').replaceAll('    ', '\t')],
])('another style is no change: %s', async (_, changed) => {
  const text = file('CreateSessions', right);
  expect(changed(text)).not.toBe(text);
  const report = await checked({ ...base, [old]: changed(text) });
  expect(report.findings.map(({ name }) => name)).not.toContain('migration-changed');
});

test('migrations that do not run here are not judged: of tests, of modules, of packages', async () => {
  const elsewhere = [
    'tests/_support/Database/Migrations/2020-02-22-222222_Example.php',
    'modules/Shop/Database/Migrations/2027-02-22-222222_Shop.php',
  ];
  const before = {
    ...base,
    ...Object.fromEntries(elsewhere.map((one) => [one, file('X', something)])),
  };
  const after = { ...base, [fresh]: file('ChangeThings', something) };
  const report = await check(checkConfig, checkoutOf(after, before), () => 0);
  expect(words(report).filter((one) => !one.includes('column-surplus'))).toEqual([]);
});

test('where the application lies in a folder, lines for a clone go there first', async () => {
  const config = { ...checkConfig, directory: 'shop' };
  const report = await check(config, checkoutOf({ ...application() }, base), () => 0);
  const [finding] = report.findings.filter(({ name }) => name === 'migration-deleted');
  expect(pasted(finding)).toMatch(
    /^cd "\$\(git rev-parse --show-toplevel\)"\/'shop'\ngit checkout /,
  );
});

test.each([
  ['that the migration catches', '\\Throwable $e', '', []],
  ['that it throws again', '\\Throwable $e', 'throw $e;', ['migration-fails']],
  ['that it waits for in vain', '\\JsonException $e', '', ['migration-fails']],
])('a failure %s', async (_, type, rescue, names) => {
  const body = `        try { $this->forge->dropColumn('ci_sessions', 'nowhere'); } catch (${type}) { ${rescue} }`;
  const report = await checked({ ...base, [fresh]: file('ChangeThings', body) });
  const found = report.findings.map(({ name }) => name);
  expect(found.filter((name) => name === 'migration-fails')).toEqual(names);
});

test('PHP takes two classes whose names differ in their case for one', async () => {
  const second = migrationPath('2026-02-02-120000_Changethings');
  const report = await checked({
    ...base,
    [fresh]: file('ChangeThings', something),
    [second]: file('Changethings', '        $this->forge->addField("id")->createTable("x");'),
  });
  expect(report.findings.map(({ name }) => name)).toContain('migration-class-duplicate');
});
