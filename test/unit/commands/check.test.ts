import { describe, expect, test } from '@jest/globals';
import { check } from '../../../src/commands/check.ts';
import type { CheckConfig } from '../../../src/config/check-config.ts';
import type { Report } from '../../../src/report/report.ts';
import { checkoutOf } from '../../fakes/checkout.ts';
import { checkConfig } from '../../static/check-config.ts';
import { application, migrationPath } from '../../static/application.ts';
import { file, right } from '../../static/corpus/migration.ts';
import { offeredMigration, pasted } from '../../fakes/remedies.ts';

const path = migrationPath('2026-01-09-000000_CreateSessions');

type Files = Readonly<Record<string, string>>;

async function checked(
  files: Files,
  base: Files = application(),
  more: Partial<CheckConfig> = {},
): Promise<Report> {
  return check({ ...checkConfig, ...more }, checkoutOf(files, base), () => 0.5);
}

function words({ findings }: Report): readonly string[] {
  return findings.map(
    ({ name, severity, at }) => `${severity} ${name} ${at?.file ?? ''}:${at?.line ?? ''}`,
  );
}

test("the generator's own migration is green, on every server", async () => {
  for (const name of ['MariaDB 10.11', 'MariaDB 11.8', 'MySQL 9.4']) {
    const [family, version = ''] = name.split(' ');
    const server = { name: family === 'MySQL' ? 'MySQL' : 'MariaDB', version } as const;
    const report = await checked(
      { ...application(), [path]: file('CreateSessions', right) },
      application(),
      { server },
    );
    expect(report.outcome).toBe('passed');
    expect(words(report)).toEqual([`notice session-table-conditional ${path}:22`]);
    expect(report.columns.every(({ ok }) => ok)).toBe(true);
  }
});

test('a fault of a new table has the line to write, the SQL for where it ran, and the whole migration', async () => {
  const up = right.replace("'BLOB'", "'TEXT'");
  const files = { ...application(), [path]: file('CreateSessions', up) };
  const server = { name: 'MariaDB', version: '10.11' } as const;
  const [first] = (await checked(files, application(), { server })).findings;
  expect(pasted(first)).toMatch(
    /^'data BLOB NOT NULL', .*\n-- MariaDB 10\.11: copies .*\nALTER TABLE `ci_sessions`/,
  );
  expect(offeredMigration(first)).toContain('class CreateSessionTable extends Migration');
});

test('a fault of a table that servers have gets SQL, its cost on the server, and a migration of its own', async () => {
  const base = {
    ...application(),
    [path]: file('CreateSessions', right.replace("'BLOB'", "'TEXT'")),
  };
  const server = { name: 'MySQL', version: '8.4' } as const;
  const [first] = (
    await checked({ ...base, 'app/Config/App.php': '' }, base, { server, report: 'all' })
  ).findings;
  expect(pasted(first)).toMatch(/^-- MySQL 8\.4: copies .*\nALTER TABLE `ci_sessions`/);
  expect(offeredMigration(first)).toContain('class FixCiSessions extends Migration');
});

test('a pull request without migrations ends green and says so', async () => {
  const report = await checked({ ...application(), 'README.md': 'new' });
  expect(report).toMatchObject({ outcome: 'passed', findings: [] });
  expect(report.checked).toBe(
    'No migration changes since main, nor anything that sessions depend on',
  );
});

test('without a base everything is looked at', async () => {
  const report = await checked({ ...application(), [path]: '<?php nonsense(' }, {}, { base: null });
  expect(words(report)).toEqual([
    `error migration-syntax ${path}:1`,
    `warning session-table-unresolved ${path}:1`,
  ]);
});

test('what only running tells is a warning at its line, and no verdict', async () => {
  const up = right.replace("'ci_sessions'", "getenv('TABLE')");
  const report = await checked({ ...application(), [path]: file('CreateSessions', up) });
  expect(words(report)).toEqual([`warning session-table-unresolved ${path}:22`]);
  expect(report).toMatchObject({ outcome: 'passed', columns: [] });
});

test('settings that only running tells are a warning, and no verdict', async () => {
  const report = await checked({ ...application({ savePath: 'TABLE' }), 'README.md': 'x' }, {});
  expect(words(report)).toEqual(['warning session-settings-unresolved app/Config/Session.php:13']);
});

test('sessions in files need no table', async () => {
  const files = application({ driver: 'FileHandler::class' });
  const report = await checked({
    ...files,
    [path]: file('CreateSessions', '        $this->forge->addField("id")->createTable("x");'),
  });
  expect(words(report)).toEqual([]);
});

test('a session table in the database of another group is an error', async () => {
  const up = file('CreateSessions', right, "    protected $DBGroup = 'archive';");
  const report = await checked({ ...application(), [path]: up });
  expect(words(report)).toEqual([`error session-table-in-other-group ${path}:22`]);
});

test('places are reported from the root of the repository', async () => {
  const files = { ...application(), [path]: file('CreateSessions', right) };
  const report = await checked(files, application(), { directory: 'sites/shop' });
  expect(report.findings[0]?.at?.file).toBe(`sites/shop/${path}`);
});

test('what cannot be checked is red, with what to do', async () => {
  const nothing = await check(checkConfig, checkoutOf({}), () => 0);
  expect(words(nothing)).toEqual(['error not-codeigniter :']);
  const shallow = await check(checkConfig, checkoutOf(application(), null), () => 0);
  expect(words(shallow)).toEqual(['error base-not-fetched :']);
  expect(pasted(shallow.findings[0])).toContain('fetch-depth: 0');
  const broken = {
    ...checkoutOf(application()),
    changesSince: async () => ({ problem: 'fatal: no' }),
  };
  expect(words(await check(checkConfig, broken, () => 0))).toEqual(['error base-not-readable :']);
  const mistyped = await checked({ ...application(), '.ci4-deploy.yml': 'check:\n  rulez: {}\n' });
  expect(words(mistyped)).toEqual(['error settings-file .ci4-deploy.yml:2']);
});

describe('exceptions', () => {
  const wrong = right.replace("'data'       =>", "%s'data'       =>").replace("'BLOB'", "'TEXT'");
  const written = (comment: string): Files => ({
    ...application(),
    [path]: file('CreateSessions', wrong.replace('%s', `${comment}\n            `)),
  });

  test('a comment above the line takes a finding out, with its reason', async () => {
    const report = await checked(
      written('// ci4-deploy-ignore column-type: only ASCII is ever kept here'),
    );
    expect(report.findings.map(({ name }) => name)).not.toContain('column-type');
  });

  test.each([
    ['without a reason', '// ci4-deploy-ignore column-type', 'it gives no reason'],
    [
      'with an unknown name',
      '# ci4-deploy-ignore column-typo: because',
      'there is no rule "column-typo"',
    ],
  ])('a comment %s ignores nothing and is an error', async (_, comment, why) => {
    const report = await checked(written(comment));
    expect(report.findings.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['column-type', 'ignore-comment']),
    );
    expect(report.findings.find(({ name }) => name === 'ignore-comment')?.message).toContain(why);
  });

  test.each([
    ['warning', 'passed'],
    ['off', 'passed'],
    ['error', 'failed'],
  ])('.ci4-deploy.yml makes it %s', async (severity, outcome) => {
    const settings = `check:\n  rules:\n    column-type: ${severity}\n`;
    const file = { '.ci4-deploy.yml': settings };
    const base = { ...application(), ...file };
    const report = await checked({ ...written('// no more'), ...file }, base);
    expect(report.outcome).toBe(outcome);
    const found = report.findings.find(({ name }) => name === 'column-type')?.severity;
    expect(found).toBe(severity === 'off' ? undefined : severity);
  });
});
