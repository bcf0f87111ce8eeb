import { expect, test } from '@jest/globals';
import { check } from '../../../src/commands/check.ts';
import { checkoutOf } from '../../fakes/checkout.ts';
import { application, migrationPath } from '../../static/application.ts';
import { file } from '../../static/corpus/migration.ts';

const path = migrationPath('2026-02-01-000000_CreateOrders');
const settings = `tables:
  orders:
    columns:
      id: int(9) unsigned NOT NULL AUTO_INCREMENT
      sum: decimal(10,2) NOT NULL
    primary key: id
`;
const columns =
  "$this->forge->addField(['id' => ['type' => 'INT', 'unsigned' => true, 'auto_increment' => true], 'sum' => ['type' => 'DECIMAL', 'constraint' => '10,2']]); $this->forge->addKey('id', true);";
const right = `${columns} $this->forge->createTable('orders');`;

/** Names and lines of what a check says of `.ci4-deploy.yml` with this `up()`. */
async function reported(up: string, text = settings): Promise<readonly string[]> {
  const files = {
    ...application(),
    [path]: file('CreateOrders', up),
    '.ci4-deploy.yml': text,
  };
  const { findings } = await check(
    {
      base: null,
      directory: '.',
      match: 'proposed',
      namespaces: 'app',
      server: null,
      sarifFile: null,
      report: 'changes',
    },
    checkoutOf(files, application()),
    () => 0,
  );
  return findings
    .filter(({ at }) => at?.file === '.ci4-deploy.yml')
    .map(({ name, severity, at }) => `${severity} ${name}:${at?.line ?? ''}`);
}

test.each([
  ['as described', right, []],
  ['another type', right.replace("'10,2'", "'12,2'"), ['error described-column:5']],
  ['no key', right.replace("addKey('id', true)", "addUniqueKey('id')"), ['error described-key:6']],
  [
    'altered later',
    `${right} $this->forge->modifyColumn('orders', ['sum' => ['type' => 'INT']]);`,
    ['error described-column:5'],
  ],
  ['never made', `${columns} $this->forge->createTable('others');`, ['error described-table:2']],
  [
    'a name nobody knows',
    `${columns} $this->forge->createTable($this->name());`,
    ['warning described-table-unresolved:2'],
  ],
  [
    'a type nobody knows',
    right.replace("'INT'", '$this->type()'),
    ['warning described-table-unresolved:2'],
  ],
] as const)(
  'a described table with %s is compared with the migrations',
  async (_, up, expected) => {
    expect(await reported(up)).toEqual(expected);
  },
);

test('what differs between servers waits for db-version', async () => {
  const json = settings.replace('decimal(10,2) NOT NULL', 'json');
  expect(await reported(right, json)).toEqual(['warning described-table-unresolved:2']);
});

test('a description that is no table is reported at its line', async () => {
  expect(await reported(right, settings.replace('decimal(10,2)', 'decimul'))).toEqual([
    'error settings-file:5',
  ]);
});

test('the severity can be set', async () => {
  const off = `${settings}check:\n  rules:\n    described-column: notice\n`;
  expect(await reported(right.replace("'10,2'", "'12,2'"), off)).toEqual([
    'notice described-column:5',
  ]);
});
