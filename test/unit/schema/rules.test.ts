import { describe, expect, test } from '@jest/globals';
import { expected } from '../../../src/schema/expected.ts';
import type { Finding } from '../../../src/finding.ts';
import { dataTooSmall } from '../../../src/schema/capacity.ts';
import { tableMissing, tableNotVisible, type Absence } from '../../../src/schema/missing.ts';
import { judgeTable, rules } from '../../../src/schema/rules.ts';
import { table } from './faults.ts';
import { session } from './session.ts';

test('one ALTER TABLE puts right all of it, and the others say where it stands', () => {
  const columns = {
    id: 'varchar(40) not null',
    timestamp: 'int(10) unsigned not null default 0',
    data: 'text not null',
  };
  const judged = judgeTable(
    expected(session),
    table({ columns, primaryKey: [], indexes: [] }),
    'exact',
  );
  const [first, ...rest] = judged;
  expect(first?.remedy).toBe(
    `ALTER TABLE \`ci_sessions\`
  MODIFY \`id\` VARCHAR(128) NOT NULL,
  DROP COLUMN \`timestamp\`,
  ADD COLUMN \`timestamp\` TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  ADD INDEX (\`timestamp\`),
  MODIFY \`data\` BLOB NOT NULL,
  ADD PRIMARY KEY (\`id\`);`,
  );
  expect(new Set(rest.map(({ remedy }) => remedy))).toEqual(
    new Set(['Part of the remedy of column-type.']),
  );
});

test('every rule has a name of its own, in kebab-case', () => {
  const names = rules.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).toMatch(/^[a-z]+(-[a-z]+)+$/);
});

describe('a table that is not there', () => {
  const wanted = expected({ ...session, table: 'app_`x' });

  const nowhere = { ledgerSaysItRan: false, alike: [], schema: 'shop', prefix: 'app_' };
  const first = (absence: Partial<Absence> = {}): Finding => {
    const [found] = tableMissing(wanted, { ...nowhere, ...absence });
    if (found === undefined) throw new Error('nothing found');
    return found;
  };

  test('asks for a migration when none ran, and writes it', () => {
    const found = first();
    expect(found).toMatchObject({ name: 'table-missing', severity: 'error' });
    expect(found.remedy).toContain('make:migration');
    expect(found.remedy).toContain('CREATE TABLE `app_``x` (');
    expect(found.migration).toContain("createTable('`x');");
    expect(`${found.message}${found.remedy ?? ''}`).not.toContain('refresh');
  });

  test('warns of migrate:refresh when one ran, and never proposes it', () => {
    const found = first({ ledgerSaysItRan: true });
    expect(found.message).toMatch(/migrate:refresh is no way out: .* drops every table/);
    expect(found.remedy).toMatch(/^CREATE TABLE `app_``x` \([^]*PRIMARY KEY \(`id`\)/);
    expect(found.remedy).not.toContain('refresh');
  });

  test('or is written otherwise', () => {
    const found = first({ alike: [{ schema: 'shop', name: 'App_`X' }] });
    expect(found.name).toBe('table-name-case');
    expect(found.remedy).toContain('RENAME TABLE `App_``X` TO `app_``x`;');
    expect(found.migration).toContain('RENAME TABLE');
  });

  test('or lies in another schema', () => {
    const alike = [{ schema: 'old', name: 'app_`x' }];
    const names = tableMissing(wanted, { ...nowhere, alike }).map(({ name }) => name);
    expect(names).toEqual(['table-missing', 'table-in-other-schema']);
  });

  test('or that may not be read', () => {
    const found = tableNotVisible(wanted);
    expect(found).toMatchObject({ name: 'table-not-visible', severity: 'error' });
    expect(found.remedy).toContain('GRANT SELECT');
  });
});

describe('room for the largest session of today', () => {
  const wanted = expected(session);
  test.each([
    [0, 'blob', []],
    [30_000, 'blob', []],
    [40_000, 'blob', ['warning data-too-small']],
    [65_535, 'blob', ['warning data-too-small']],
    [65_536, 'blob', ['error data-too-small']],
    [900_000, 'mediumblob', []],
  ])('%i bytes in %s', (bytes, type, names) => {
    const found = dataTooSmall(wanted, table({ columns: { data: `${type} not null` } }), bytes);
    expect(found.map((one) => `${one.severity} ${one.name}`)).toEqual(names);
  });
});
