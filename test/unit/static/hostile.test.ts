import { expect, test } from '@jest/globals';
import { resolved } from '../../../src/static/catalog/model.ts';
import { file } from '../../static/corpus/migration.ts';
import { foldFiles } from '../../static/folded.ts';

const create = `
        $this->forge->addField('id VARCHAR(128) NOT NULL')->createTable('ci_sessions');`;

function entryOf(up: string, members = ''): string | undefined {
  const { catalogs } = foldFiles([file('A', up, members)], '4.7.2 on MariaDB 10.11');
  const catalog = catalogs.get('default');
  if ((catalog?.unnamed.length ?? 0) > 0) return 'unnamed';
  const entry = catalog?.tables.get('ci_sessions');
  return entry !== undefined && 'why' in resolved(entry) ? 'unresolved' : entry?.kind;
}

// Each of these takes all memory or time when it is followed to the end.
test.each([
  [
    'a text that doubles',
    `$t = 'x'; for ($i = 0; $i < 1000; $i++) { $t .= $t; } $this->forge->addField('id INT')->createTable($t);`,
    'unnamed',
  ],
  [
    'an array that doubles',
    `$a = [1]; for ($i = 0; $i < 1000; $i++) { $a = array_merge($a, $a); } $this->forge->addField($a);${create}`,
    'unresolved',
  ],
  [
    'a replacement that multiplies',
    `$t = 'xx'; for ($i = 0; $i < 1000; $i++) { $t = str_replace('x', $t, $t); } $this->forge->addField('id INT')->createTable($t);`,
    'unnamed',
  ],
  ['a loop without end', `while (true) { $x = 1; }${create}`, 'unresolved'],
  [
    'loops in loops',
    `for ($i = 0; $i < 100000; $i++) { for ($j = 0; $j < 100000; $j++) { $x = $i; } }${create}`,
    'unresolved',
  ],
])('%s ends', (_, up, kind) => {
  expect(entryOf(up)).toBe(kind);
});

test('a method that calls itself twice ends', () => {
  const members = '    private function twice() { $this->twice(); $this->twice(); }';
  expect(entryOf(`        $this->twice();${create}`, members)).toBe('unresolved');
});

test('expressions nested deeper than the stack end', () => {
  const deep = Array.from({ length: 1500 }, () => "'x'").join(' . ');
  const methods = Array.from(
    { length: 18 },
    (_, at) => `    private function f${at}() { return $this->f${at + 1}() . ${deep}; }`,
  );
  const members = `${methods.join('\n')}\n    private function f18() { return 'y'; }`;
  expect(entryOf(`        $t = $this->f0();${create}`, members)).toBe('unresolved');
});

test('the prefix of the connection is put before names by Forge, and not by SQL', () => {
  const up = `
        $this->forge->addField('id INT NOT NULL')->createTable('a');
        $this->db->query('CREATE TABLE b (id INT NOT NULL)');
        $this->forge->addField('id INT NOT NULL')->createTable('c');
        $this->forge->dropTable('p_c');
        $this->db->query('CREATE TABLE ' . $this->db->prefixTable('d') . ' (id INT NOT NULL)');`;
  const groups = new Map([['default', { group: 'default', prefix: 'p_', driver: 'MySQLi' }]]);
  const { catalogs } = foldFiles([file('A', up)], '4.7.2 on MariaDB 10.11', groups);
  expect([...(catalogs.get('default')?.tables.keys() ?? [])]).toEqual(['p_a', 'b', 'p_d']);
});
