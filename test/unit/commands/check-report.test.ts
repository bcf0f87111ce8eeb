import { describe, expect, test } from '@jest/globals';
import { checkReport, sarifNotWritten, withError } from '../../../src/commands/check-report.ts';
import { check } from '../../../src/commands/check.ts';
import type { DescribedTable } from '../../../src/config/settings-tables.ts';
import { errorFinding, warningFinding } from '../../../src/finding.ts';
import type { Tried } from '../../../src/trial/trial.ts';
import { checkoutOf } from '../../fakes/checkout.ts';
import { application, migrationPath } from '../../static/application.ts';
import { checkConfig } from '../../static/check-config.ts';
import { file, right } from '../../static/corpus/migration.ts';

const at = { file: 'app/A.php', line: 3 };
const warning = { ...warningFinding('migration-destructive', 'a', 'b'), at };
const error = errorFinding('migration-fails', 'c', 'd');
const path = migrationPath('2026-01-09-000000_CreateSessions');

describe('the report of a check', () => {
  test('has nothing of a server', () => {
    expect(checkReport({ findings: [warning], columns: [] }, 'Read', '.', 2)).toEqual({
      ...{ outcome: 'passed', command: 'check', hosts: [], commit: '' },
      ...{ migrations: [], batch: null },
      ...{
        columns: [],
        findings: [warning],
        unverified: [],
        rollbackNotes: [],
        ready: [],
        visitors: null,
      },
      ...{ roundTrips: 0, checked: 'Read', seconds: 2 },
    });
  });

  test('is failed with an error, and says places from the root of the repository', () => {
    const { outcome, findings } = checkReport(
      { findings: [warning, error], columns: [] },
      'Read',
      'shop',
      2,
    );
    expect(outcome).toBe('failed');
    expect(findings).toEqual([error, { ...warning, at: { file: 'shop/app/A.php', line: 3 } }]);
  });

  test('fails when its file could not be written', () => {
    const report = checkReport({ findings: [warning], columns: [] }, 'Read', '.', 2);
    const unwritten = sarifNotWritten('it is a link');
    expect(withError(report, unwritten)).toEqual({
      ...report,
      outcome: 'failed',
      findings: [unwritten, warning],
    });
    expect(unwritten).toMatchObject({
      ...{ name: 'sarif-not-written', severity: 'error', message: 'sarif-file: it is a link.' },
      remedies: [[{ what: expect.stringContaining('sarif-file') }]],
    });
  });
});

describe('a check that runs the migrations too', () => {
  const files = { ...application(), [path]: file('CreateSessions', right) };
  const database = { name: 'shop', product: 'MySQL', phases: [], columns: [], seconds: 1 };

  async function ran(findings: Tried['findings'], settings = ''): Promise<unknown[]> {
    const given: (readonly DescribedTable[])[] = [];
    const run = async (tables: readonly DescribedTable[]): Promise<readonly Tried[]> => {
      given.push(tables);
      return Promise.resolve([{ database, findings, judged: true, migrated: true }]);
    };
    const all = settings === '' ? files : { ...files, '.ci4-deploy.yml': settings };
    const report = await check(checkConfig, checkoutOf(all, application()), () => 1, run);
    return [report, given];
  }

  test('has the databases, and what was found there', async () => {
    const failed = errorFinding('rollback-failed', 'down() fails', 'x');
    const [report] = await ran([failed]);
    expect(report).toMatchObject({
      outcome: 'failed',
      databases: [database],
      findings: [{ name: 'rollback-failed' }, { name: 'session-table-conditional' }],
    });
  });

  test('has none where none was given', async () => {
    const report = await check(checkConfig, checkoutOf(files, application()), () => 1);
    expect(report).not.toHaveProperty('databases');
  });

  test('hands the described tables on', async () => {
    const settings = 'tables:\n  orders:\n    columns:\n      id: int not null\n';
    const [, given] = await ran([], settings);
    expect(given).toMatchObject([[{ name: 'orders' }]]);
  });

  test('a failure that nobody foresaw is thrown', async () => {
    const run = async (): Promise<never> => Promise.reject(new Error('odd'));
    const checking = check(checkConfig, checkoutOf(files, application()), () => 1, run);
    await expect(checking).rejects.toThrow('odd');
  });

  test('a comment silences what is found in a file that is no migration, too', async () => {
    const place = { file: 'app/Config/Database.php', line: 2 };
    const found = { ...warningFinding('migration-copies-table', 'a', 'b'), at: place };
    const names = async (comment: string): Promise<readonly string[]> => {
      const own = { ...files, [place.file]: `<?php ${comment}\n$x = 1;\n` };
      const run = async (): Promise<readonly Tried[]> =>
        Promise.resolve([{ database, findings: [found], judged: true, migrated: true }]);
      const report = await check(checkConfig, checkoutOf(own, application()), () => 1, run);
      return report.findings.map(({ name }) => name);
    };
    expect(await names('')).toContain('migration-copies-table');
    const silenced = await names('// ci4-deploy-ignore migration-copies-table: known');
    expect(silenced).not.toContain('migration-copies-table');
  });
});
