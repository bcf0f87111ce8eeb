import { expect, test } from '@jest/globals';
import { check } from '../../../src/commands/check.ts';
import { checkoutOf } from '../../fakes/checkout.ts';
import { checkConfig } from '../../static/check-config.ts';
import { application, migrationPath } from '../../static/application.ts';
import { file } from '../../static/corpus/migration.ts';

test('the report holds the tables that reading predicts', async () => {
  const up = `
        $this->forge->addField('id')->createTable('users');
        $this->forge->addField(['user_id' => ['type' => 'INT', 'constraint' => 9, 'null' => true], 'said' => ['type' => 'VARCHAR', 'constraint' => 20, 'default' => 'no']]);
        $this->forge->addForeignKey('user_id', 'users', 'id');
        $this->forge->createTable('notes');
        $this->forge->addField(['data' => ['type' => 'JSON', 'null' => true]])->createTable('shelves');
        $this->forge->addField(['length' => ['type' => 'VARCHAR', 'constraint' => getenv('X')]])->createTable('vague');`;
  const files = { ...application(), [migrationPath('2026-01-09-000000_A')]: file('A', up) };
  const report = await check({ ...checkConfig, base: null }, checkoutOf(files, {}), () => 0);
  expect(report.tables).toEqual([
    {
      group: 'default',
      name: 'notes',
      engine: 'InnoDB',
      columns: [
        { name: 'user_id', type: 'int', nullable: true, default: 'null', extra: '' },
        { name: 'said', type: 'varchar(20)', nullable: false, default: "'no'", extra: '' },
      ],
      indexes: [{ name: 'notes_user_id_foreign', unique: false, columns: ['user_id'] }],
      foreignKeys: [
        { name: 'notes_user_id_foreign', columns: ['user_id'], table: 'users', referenced: ['id'] },
      ],
    },
    {
      group: 'default',
      name: 'shelves',
      engine: 'InnoDB',
      columns: [
        {
          name: 'data',
          type: 'json',
          nullable: true,
          default: '',
          extra: '',
          depends: 'JSON is another type on MariaDB than on MySQL',
        },
      ],
      indexes: [],
      foreignKeys: [],
    },
    {
      group: 'default',
      name: 'users',
      engine: 'InnoDB',
      columns: [
        { name: 'id', type: 'int', nullable: false, default: 'none', extra: 'auto_increment' },
      ],
      indexes: [{ name: 'PRIMARY', unique: true, columns: ['id'] }],
      foreignKeys: [],
    },
    { group: 'default', name: 'vague', unresolved: 'getenv()' },
  ]);
});

test('a check that reads nothing predicts nothing', async () => {
  const report = await check(checkConfig, checkoutOf(application(), application()), () => 0);
  expect(report.tables).toBeUndefined();
});
