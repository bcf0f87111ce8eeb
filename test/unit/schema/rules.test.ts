import { describe, expect, test } from '@jest/globals';
import { expected } from '../../../src/schema/expected.ts';
import { judgeTable, tableMissing, tableNotVisible } from '../../../src/schema/judge.ts';
import { everyRule } from '../../../src/schema/rules/all.ts';
import { table } from './faults.ts';
import { session } from './session.ts';
import { remedyText } from '../../../src/remedy.ts';
import { offeredMigration, pasted } from '../../fakes/remedies.ts';

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
  expect(pasted(first)).toBe(
    `ALTER TABLE \`ci_sessions\`
  MODIFY \`id\` VARCHAR(128) NOT NULL,
  DROP COLUMN \`timestamp\`,
  ADD COLUMN \`timestamp\` TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  ADD INDEX (\`timestamp\`),
  MODIFY \`data\` BLOB NOT NULL,
  ADD PRIMARY KEY (\`id\`);`,
  );
  expect(new Set(rest.map(pasted))).toEqual(new Set(['Part of the remedy of column-type.']));
});

test('every rule has a name of its own, in kebab-case', () => {
  const names = everyRule.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).toMatch(/^[a-z]+(-[a-z]+)+$/);
});

describe('a table that is not there', () => {
  const wanted = expected({ ...session, table: 'app_`x' });

  test('asks for a migration when none ran', () => {
    const found = tableMissing(wanted, false);
    expect(found).toMatchObject({ name: 'table-missing', severity: 'error' });
    expect(offeredMigration(found)).toContain('class FixAppX extends Migration');
    expect(remedyText(found.remedies ?? [])).toContain('CREATE TABLE `app_``x` (');
    expect(`${found.message}${pasted(found)}`).not.toContain('refresh');
  });

  test('warns of migrate:refresh when one ran, and never proposes it', () => {
    const found = tableMissing(wanted, true);
    expect(found.message).toMatch(/migrate:refresh is no way out: .* drops every table/);
    expect(pasted(found)).toMatch(/^CREATE TABLE `app_``x` \([^]*PRIMARY KEY \(`id`\)/);
    expect(pasted(found)).not.toContain('refresh');
  });

  test('or that may not be read', () => {
    const found = tableNotVisible(wanted);
    expect(found).toMatchObject({ name: 'table-not-visible', severity: 'error' });
    expect(pasted(found)).toContain('GRANT SELECT');
  });
});
