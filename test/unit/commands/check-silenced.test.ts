import { describe, expect, test } from '@jest/globals';
import { check } from '../../../src/commands/check.ts';
import type { Report } from '../../../src/report/report.ts';
import { checkoutOf } from '../../fakes/checkout.ts';
import { checkConfig } from '../../static/check-config.ts';
import { application, migrationPath } from '../../static/application.ts';
import { file, right } from '../../static/corpus/migration.ts';

const old = migrationPath('2026-01-09-000000_CreateSessions');
const fresh = migrationPath('2026-02-01-120000_ChangeThings');
const base = { ...application(), [old]: file('CreateSessions', right) };
const drop = "        $this->forge->dropColumn('ci_sessions', 'ip_address');";
const wrong = { ...base, [fresh]: file('ChangeThings', drop) };

type Files = Readonly<Record<string, string>>;

async function checked(before: Files, files: Files, compared = true): Promise<Report> {
  const config = { ...checkConfig, base: compared ? 'main' : null } as const;
  return check(config, checkoutOf(files, before), () => 0);
}

const rules = (text: string): Files => ({ '.ci4-deploy.yml': `check:\n  rules:\n${text}` });

function names({ findings }: Report, ...among: readonly string[]): readonly string[] {
  const chosen = findings.filter(({ name }) => among.includes(name));
  return chosen.map(({ name, severity }) => `${severity} ${name}`);
}

describe('a rule in .ci4-deploy.yml', () => {
  test.each(['off', 'notice', 'warning'])('that the pull request sets to %s', async (level) => {
    const report = await checked(base, { ...wrong, ...rules(`    column-missing: ${level}\n`) });
    expect(report.outcome).toBe('failed');
    expect(names(report, 'column-missing', 'rule-lowered')).toEqual([
      'error column-missing',
      'warning rule-lowered',
    ]);
    const [shown] = report.findings.filter(({ name }) => name === 'rule-lowered');
    expect(shown?.at).toEqual({ file: '.ci4-deploy.yml', line: 3 });
  });

  test('that the base has already, or that the pull request makes stricter, counts', async () => {
    const kept = rules('    column-missing: warning\n');
    const report = await checked({ ...base, ...kept }, { ...wrong, ...kept });
    expect(names(report, 'column-missing', 'rule-lowered')).toEqual(['warning column-missing']);
    const stricter = await checked(
      { ...base, ...kept },
      { ...wrong, ...rules('    column-missing: error\n') },
    );
    expect(names(stricter, 'column-missing', 'rule-lowered')).toEqual(['error column-missing']);
  });

  test('counts as it stands where nothing is compared with a base', async () => {
    const report = await checked(base, { ...wrong, ...rules('    column-missing: off\n') }, false);
    expect(names(report, 'column-missing', 'rule-lowered')).toEqual([]);
  });

  test('of a base whose file cannot be read sets nothing', async () => {
    const report = await checked(
      { ...base, '.ci4-deploy.yml': 'check: [' },
      { ...wrong, ...rules('    column-missing: off\n') },
    );
    expect(names(report, 'column-missing')).toEqual(['error column-missing']);
  });
});

describe('a comment that ignores a finding', () => {
  const comment = '        // ci4-deploy-ignore migration-destructive: nobody reads the address';
  const silent = { ...base, [fresh]: file('ChangeThings', `${comment}\n${drop}`) };

  test('of the pull request takes it out, and is shown', async () => {
    const report = await checked(base, silent);
    expect(names(report, 'migration-destructive', 'finding-ignored')).toEqual([
      'warning finding-ignored',
    ]);
    const [shown] = report.findings.filter(({ name }) => name === 'finding-ignored');
    expect(shown?.message).toContain('nobody reads the address');
    expect(shown?.at?.file).toBe(fresh);
  });

  test('of the base is as it was', async () => {
    const report = await checked(silent, { ...silent, 'app/Config/App.php': '<?php // newer' });
    expect(names(report, 'migration-destructive', 'finding-ignored')).toEqual([]);
  });
});

test('a described table that the pull request takes out is shown', async () => {
  const described = 'tables:\n  orders:\n    columns:\n      id: int NOT NULL\n';
  const report = await checked(
    { ...base, '.ci4-deploy.yml': described },
    { ...base, '.ci4-deploy.yml': 'check:\n  rules: {}\n' },
  );
  expect(names(report, 'described-table-left-out')).toEqual(['warning described-table-left-out']);
});
