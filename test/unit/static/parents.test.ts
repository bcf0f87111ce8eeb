import { expect, test } from '@jest/globals';
import { foldProject } from '../../../src/static/check.ts';
import { resolved } from '../../../src/static/catalog/model.ts';
import { readProject } from '../../../src/static/project/project.ts';
import { checkoutOf } from '../../fakes/checkout.ts';
import { application } from '../../static/application.ts';

const folder = 'app/Database/Migrations';
const child = (parent: string, body: string): string =>
  `<?php namespace App\\Database\\Migrations; class A extends ${parent} { ${body} }`;
const makes = "public function up() { $this->make('things'); }";
const base = `<?php namespace App\\Database; abstract class Base extends \\CodeIgniter\\Database\\Migration {
  protected function make($name) { $this->forge->addField('id INT')->createTable($name); }
}`;

async function tables(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const { tree } = checkoutOf({ ...application(), ...files }, {});
  const { catalogs } = foldProject(await readProject(tree, false), 'MariaDB', () => false);
  return [...(catalogs.get('default')?.tables ?? [])].map(
    ([name, entry]) => `${name}${'why' in resolved(entry) ? '?' : ''}`,
  );
}

test('a base class of the checkout is read with the migration', async () => {
  const files = {
    'app/Database/Base.php': base,
    [`${folder}/2026-01-01-000000_A.php`]: child('\\App\\Database\\Base', makes),
  };
  expect(await tables(files)).toEqual(['things']);
});

test('what a migration says itself is stronger than its base class', async () => {
  const own = `${makes} protected function make($name) { $this->forge->addField('id INT')->createTable('own'); }`;
  const files = {
    'app/Database/Base.php': base,
    [`${folder}/2026-01-01-000000_A.php`]: child('\\App\\Database\\Base', own),
  };
  expect(await tables(files)).toEqual(['own']);
});

test.each([
  ['that is nowhere', {}],
  ['that is no PHP', { 'app/Database/Base.php': '<?php class {' }],
  ['that has another name', { 'app/Database/Base.php': base.replace('Base', 'Other') }],
  [
    'that extends itself',
    { 'app/Database/Base.php': base.replace('\\CodeIgniter\\Database\\Migration', 'Base') },
  ],
])('a base class %s leaves it unknown', async (_, files) => {
  const migration = {
    [`${folder}/2026-01-01-000000_A.php`]: child('\\App\\Database\\Base', makes),
  };
  expect(await tables({ ...files, ...migration })).toContain('ci_sessions?');
});

const migration = `${folder}/2026-01-01-000000_A.php`;
const plain = '\\CodeIgniter\\Database\\Migration';
const trait = `<?php namespace App\\Database; trait Makes {
  protected function make($name) { $this->forge->addField('id INT')->createTable($name); }
}`;

test('a trait of the checkout is read with the migration', async () => {
  const files = {
    'app/Database/Makes.php': trait,
    [migration]: child(plain, `use \\App\\Database\\Makes; ${makes}`),
  };
  expect(await tables(files)).toEqual(['things']);
});

test.each([
  ['that is nowhere', {}, 'use \\App\\Database\\Makes;'],
  [
    'under another name',
    { 'app/Database/Makes.php': trait },
    'use \\App\\Database\\Makes { make as build; }',
  ],
])('a trait %s leaves it unknown', async (_, files, use) => {
  const all = { ...files, [migration]: child(plain, `${use} ${makes}`) };
  expect(await tables(all)).toContain('ci_sessions?');
});

test('parent:: is the class above, also from a trait and from the class above', async () => {
  const made = (name: string): string =>
    `$this->forge->addField('id INT')->createTable('${name}');`;
  const files = {
    'app/Database/Top.php': `<?php namespace App\\Database; use Config\\Database as Given; class Top extends ${plain} { public function up() { Given::forge()->addField('id INT')->createTable('top'); } }`,
    'app/Database/Base.php': `<?php namespace App\\Database; class Base extends Top { public function up() { parent::up(); ${made('base')} } }`,
    'app/Database/Makes.php': `<?php namespace App\\Database; trait Makes { protected function above() { parent::up(); ${made('trait')} } }`,
    [migration]: child(
      '\\App\\Database\\Base',
      `use \\App\\Database\\Makes; public function up() { $this->above(); ${made('own')} }`,
    ),
  };
  expect(await tables(files)).toEqual(['top', 'base', 'trait', 'own']);
});

test.each([
  "config('Session')->savePath",
  'config(\\Config\\Session::class)->savePath',
  '(new \\Config\\Session())->savePath',
  "config('Shop')->tables['things']",
])('a setting of the application is read: %s', async (setting) => {
  const files = {
    'app/Config/Shop.php':
      "<?php namespace Config; class Shop { public $tables = ['things' => 'ci_sessions']; }",
    [migration]: child(
      plain,
      `public function up() { $this->forge->addField('id INT')->createTable(${setting}); }`,
    ),
  };
  expect(await tables(files)).toEqual(['ci_sessions']);
});
