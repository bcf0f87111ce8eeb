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

const said = ({ findings }: Report): readonly string[] =>
  findings.map(({ severity, name, message }) => `${severity} ${name}: ${message}`);

test('code that is nested too deeply is not read, and is no syntax error', async () => {
  const parts = Array.from({ length: 10_000 }, (_, at) => `'${at}'`).join(' . ');
  const report = await checked({ [fresh]: file('ChangeThings', `$text = ${parts};`) });
  expect(said(report)).toEqual([
    expect.stringMatching(/^warning session-table-unresolved: .*nested too deeply/),
    expect.stringMatching(/^warning file-not-read: .*nested too deeply/),
  ]);
});

test('an array that grows in a loop is followed', async () => {
  const loop = `$all = [];
        for ($i = 0; $i < 9000; $i++) { $all[] = $i; }
        $this->forge->addColumn('ci_sessions', ['c' . $all[8999] . ' INT NULL']);`;
  const report = await checked({ [fresh]: file('ChangeThings', loop) });
  expect(names(report)).not.toContain('session-table-unresolved');
  expect(names(report)).not.toContain('migration-fails');
});

test('a loop that copies arrays ends, and is said to be too long', async () => {
  const loop = '$all = []; for ($i = 0; $i < 9000; $i++) { $all = array_merge($all, [$i]); }';
  const report = await checked({ [fresh]: file('ChangeThings', loop) });
  expect(said(report).join()).toContain('a very long program');
});

test('several migrations that are written otherwise and do the same are looked at together', async () => {
  const [one, two] = ['Notes', 'Orders'].map((name, at) => {
    const path = migrationPath(`2026-01-1${at}-000000_${name}`);
    const made = (length: string): string =>
      file(
        name,
        `$this->forge->addField("id VARCHAR(" . ${length} . ")")->createTable('${name}');`,
      );
    return { path, made };
  });
  const both = (length: string): Readonly<Record<string, string>> => ({
    ...base,
    [one?.path ?? '']: one?.made(length) ?? '',
    [two?.path ?? '']: two?.made(length) ?? '',
  });
  const changed = async (after: Readonly<Record<string, string>>): Promise<readonly string[]> =>
    names(await check(checkConfig, checkoutOf(after, both('10')), () => 0));
  expect(await changed(both('(5 + 5)'))).toEqual([]);
  expect(await changed(both('11'))).toEqual(['migration-changed']);
  const mixed = { ...both('(5 + 5)'), [two?.path ?? '']: two?.made('11') ?? '' };
  const { findings } = await check(checkConfig, checkoutOf(mixed, both('10')), () => 0);
  expect(findings.map(({ at }) => at?.file)).toEqual([two?.path]);
});
