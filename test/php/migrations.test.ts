import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Application, Down, Migration } from '../../src/app/application.ts';
import { TestApplication } from './application.ts';
import { releases } from './releases.ts';

const folder = 'app/Database/Migrations';
const harmless: Down = { empty: false, drops: [], dropsUnknown: false };
const unknown: Down = { ...harmless, dropsUnknown: true };

/** Bodies of down() and what they would do. */
const downs: readonly (readonly [string, Down])[] = [
  ['', { ...harmless, empty: true }],
  ['// nothing\n /* to do */ # here\n', { ...harmless, empty: true }],
  ['return;', { ...harmless, empty: true }],
  ['if (true) { return; }', harmless],
  [`$this->forge->dropTable('ci_sessions');`, { ...harmless, drops: ['ci_sessions'] }],
  [`$this->forge->dropTable("ci_sessions", true);`, { ...harmless, drops: ['ci_sessions'] }],
  [
    `$this->forge->dropTable('a')->dropTable('b'); $f = \\Config\\Database::forge(); $f->DropTable('c');`,
    { ...harmless, drops: ['a', 'b', 'c'] },
  ],
  [`$this->forge->renameTable('new', 'old');`, { ...harmless, drops: ['new'] }],
  [`$this->forge->dropTable($this->table);`, unknown],
  [`$this->forge->dropTable('ci_' . $name);`, unknown],
  [`$this->forge->dropTable("ci_{$name}", true);`, unknown],
  [`foreach (['a', 'b'] as $t) { $this->forge->dropTable($t, true); }`, unknown],
  [`array_map([$this->forge, 'dropTable'], ['a', 'b']);`, unknown],
  [`$this->forge->dropColumn('users', 'age');`, harmless],
  [`$this->db->query('DROP TABLE ci_sessions');`, { ...harmless, drops: ['ci_sessions'] }],
  [
    '$this->db->query("DROP TABLE IF EXISTS `shop`.`a`, `b`; DROP TABLE c");',
    { ...harmless, drops: ['a', 'b', 'c'] },
  ],
  ['$this->db->query("drop table {$table}");', unknown],
  ['$this->db->query("drop table ci_{$x}");', unknown],
  [`$this->db->query('DROP TABLE ' . $table);`, unknown],
  [`$this->db->query('DROP TABLE app_' . $table);`, unknown],
  [
    '$this->db->query(<<<SQL\n  DROP TABLE ci_sessions\nSQL\n);',
    { ...harmless, drops: ['ci_sessions'] },
  ],
  [`$this->db->query('ALTER TABLE a RENAME TO b');`, { ...harmless, drops: ['a'] }],
  [`$this->db->query('ALTER TABLE a RENAME COLUMN x TO y');`, harmless],
  [`$this->db->query('RENAME TABLE a TO b');`, { ...harmless, drops: ['a'] }],
  [`$this->db->query('DROP DATABASE shop');`, unknown],
  [`$this->db->query($sql);`, unknown],
  [`$this->dropAll();`, unknown],
  [`parent::down();`, unknown],
  [
    `$this->db->disableForeignKeyChecks(); $this->forge->dropTable('a');`,
    { ...harmless, drops: ['a'] },
  ],
];

/** Statements in up() and the rights they need. */
const needs: readonly (readonly [string, readonly string[]])[] = [
  [`$this->forge->addField('id')->createTable('a', true);`, ['CREATE']],
  [`$this->forge->addColumn('a', []); $this->forge->dropTable('b');`, ['ALTER', 'DROP']],
  [`$this->db->query('ALTER TABLE a ADD b INT');`, ['ALTER']],
  ['$this->db->query("create unique index i on {$t} (a)");', ['INDEX']],
  [
    '$this->db->query(<<<SQL\n  CREATE TABLE a (b INT REFERENCES c (d))\nSQL\n);',
    ['CREATE', 'REFERENCES'],
  ],
  [`$this->db->table('a')->insertBatch([]);`, ['INSERT']],
  [`$this->db->query('select 1');`, []],
];

describe.each(releases())('CodeIgniter $version', (release) => {
  let app: TestApplication;
  let reported: Application;

  beforeAll(() => {
    app = new TestApplication(release);
    downs.forEach(([body], i) => {
      const name = `D${String(i)}`;
      app.write(
        `${folder}/2026-01-09-${String(i).padStart(6, '0')}_${name}.php`,
        migration(name, body),
      );
    });
    needs.forEach(([body], i) => {
      const name = `N${String(i)}`;
      const file = `${folder}/2026-01-10-${String(i).padStart(6, '0')}_${name}.php`;
      app.write(file, migration(name, '', body));
    });
    app.write(`${folder}/2026-02-01-000000_Broken.php`, broken);
    app.write(`${folder}/2026-02-02-000000_Heir.php`, heir);
    app.write(`${folder}/2026-02-03_NoTime.php`, migration('NoTime', ''));
    app.write('modules/Shop/Database/Migrations/2020-01-01-000000_Shop.php', shop);
    const autoload = app.read('app/Config/Autoload.php');
    app.write(
      'app/Config/Autoload.php',
      autoload.replace(/(public \$psr4 = \[)/, `$1 'Shop' => ROOTPATH . 'modules/Shop',`),
    );
    reported = app.application();
  });
  afterAll(() => {
    app[Symbol.dispose]();
  });

  function named(name: string): Migration {
    const found = reported.migrations.find((one) => one.class.endsWith(`\\${name}`));
    if (found === undefined) throw new Error(`no migration ${name}`);
    return found;
  }

  test.each(downs.map(([body, down], i) => ({ body, down, name: `D${String(i)}` })))(
    'down() { $body }',
    ({ name, down }) => {
      expect(named(name).down).toEqual(down);
    },
  );

  test('are listed for all namespaces in the order they would run', () => {
    const versions = reported.migrations.map((one) => one.version + one.class);
    expect(versions).toEqual([...versions].sort());
    expect(reported.migrations).toHaveLength(downs.length + needs.length + 3);
    expect(reported.migrations[0]).toEqual({
      namespace: 'Shop',
      version: '20200101000000',
      class: 'Shop\\Database\\Migrations\\Shop',
      path: 'modules/Shop/Database/Migrations/2020-01-01-000000_Shop.php',
      line: 5,
      needs: { up: [], down: ['DROP'] },
      down: { ...harmless, drops: ['shop'] },
    });
  });

  test('carry version, class, path and line', () => {
    expect(named('D4')).toMatchObject({
      namespace: 'App',
      version: '20260109000004',
      class: 'App\\Database\\Migrations\\D4',
      path: `${folder}/2026-01-09-000004_D4.php`,
      line: 8,
    });
  });

  test.each(needs.map(([body, rights], i) => ({ body, rights, name: `N${String(i)}` })))(
    'rights of $body',
    ({ rights, name }) => {
      expect(named(name).needs).toEqual({ up: rights, down: [] });
    },
  );

  test('a broken file breaks nothing', () => {
    expect(named('Broken')).toMatchObject({ line: 4, down: unknown });
  });

  test('a down() that is inherited is not known', () => {
    expect(named('Heir')).toMatchObject({ line: 1, down: unknown });
  });
});

function migration(name: string, down: string, up = ''): string {
  return `<?php
namespace App\\Database\\Migrations;

use CodeIgniter\\Database\\Migration;

class ${name} extends Migration
{
    public function up()
    {
        $x = "{$this->a} \${b} {";
        ${up}
    }

    public function down()
    {
        ${down}
    }

    private function dropAll()
    {
        $this->forge->dropTable('not_looked_at');
    }
}
`;
}

const broken = `<?php
namespace App\\Database\\Migrations;
class Broken extends \\CodeIgniter\\Database\\Migration {
  public function up() { $this->forge->; }
`;

const heir = `<?php
namespace App\\Database\\Migrations;
class Heir extends Base {}
`;

const shop = `<?php
namespace Shop\\Database\\Migrations;
class Shop extends \\CodeIgniter\\Database\\Migration
{
    public function up(): void {}
    public function down(): void { $this->forge->dropTable('shop'); }
}
`;
