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
  change: Readonly<Record<string, string>>,
  seconds: () => number = () => 0,
): Promise<Report> {
  const config = checkConfig;
  return check(config, checkoutOf({ ...base, ...change }, base), seconds);
}

function names({ findings }: Report): readonly string[] {
  return [...new Set(findings.map(({ name }) => name))];
}

test('a table has as many columns as InnoDB allows, and no more', async () => {
  const columns = (count: number): string =>
    `        for ($i = 0; $i < ${count}; $i++) { $this->forge->addColumn('ci_sessions', ["c$i INT NULL"]); }`;
  const most = await checked({ [fresh]: file('ChangeThings', columns(1013)) });
  expect(names(most)).not.toContain('migration-fails');
  const more = await checked({ [fresh]: file('ChangeThings', columns(1014)) });
  expect(more.findings.find(({ name }) => name === 'migration-fails')?.message).toContain(
    'Too many columns',
  );
});

test('what is not read within ten seconds is not known, and said to be so', async () => {
  let now = 0;
  const report = await checked({ [fresh]: file('ChangeThings', '') }, () => (now += 6));
  const [found] = report.findings.filter(({ name }) => name === 'session-table-unresolved');
  expect(found?.at?.file).toBe(fresh);
  expect(found?.message).toContain('reading took too long');
});

test('a settings file that is too large is not read', async () => {
  const report = await checked({ '.ci4-deploy.yml': `# ${'x'.repeat(256 * 1024)}\n` });
  expect(report.findings).toMatchObject([
    { name: 'settings-file', message: 'The file has more than 256 KiB, so it was not read.' },
  ]);
});

test('a key that stands twice in the settings file is named with its line', async () => {
  const text = 'check:\n  rules:\n    column-type: off\n    column-type: error\n';
  const report = await checked({ '.ci4-deploy.yml': text });
  expect(report.findings).toMatchObject([
    { name: 'settings-file', at: { line: 4 }, message: 'column-type stands twice in rules.' },
  ]);
});
