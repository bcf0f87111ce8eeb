import { expect, test } from '@jest/globals';
import { resolved } from '../../../src/static/catalog/model.ts';
import { file } from '../../static/corpus/migration.ts';
import { foldFiles } from '../../static/folded.ts';

const tables = `
        $this->db->query('CREATE TABLE users (id INT NOT NULL, name VARCHAR(20))');
        $this->db->query('CREATE TABLE ci_sessions (id VARCHAR(128) NOT NULL PRIMARY KEY)');
        $x = getenv('X');`;

/** Tables that are not known to their last column after this, and the columns of all. */
function after(up: string): { readonly unknown: readonly string[]; readonly users: string } {
  const { catalogs } = foldFiles([file('A', tables + up)], '4.7.2 on MariaDB 10.11');
  const all = [...(catalogs.get('default')?.tables ?? [])];
  const users = catalogs.get('default')?.tables.get('users');
  return {
    unknown: all.filter(([, entry]) => 'why' in resolved(entry)).map(([name]) => name),
    users: users?.kind === 'table' ? users.table.columns.map(({ name }) => name).join(' ') : '',
  };
}

// An expression that only running tells blinds no more than it can reach.
test.each<{ up: string; unknown: readonly string[]; users?: string }>([
  { up: `$this->db->query('SHOW TABLES LIKE ' . $this->db->escape($x));`, unknown: [] },
  { up: `$this->db->query("DELETE FROM users WHERE name = '$x'");`, unknown: [] },
  { up: `$this->db->query('INSERT INTO users VALUES (?, ?)', [1, $x]);`, unknown: [] },
  { up: `$this->db->query(sprintf('UPDATE users SET name = %s', $x));`, unknown: [] },
  {
    up: `if ($x) { $this->db->query('INSERT INTO ci_sessions SELECT * FROM users'); }`,
    unknown: [],
  },
  {
    up: `foreach ($x as $key) { $this->db->query("ALTER TABLE users DROP FOREIGN KEY \`$key\`"); }`,
    unknown: [],
  },
  {
    up: '$this->db->query("ALTER TABLE users ADD COLUMN age INT DEFAULT " . $this->db->escape($x));',
    unknown: ['users'],
    users: 'id name age',
  },
  { up: `$this->db->query("ALTER TABLE users ADD COLUMN $x");`, unknown: ['users'] },
  { up: `if ($x) { $this->forge->addColumn('users', ['age INT']); }`, unknown: ['users'] },
  {
    up: `$this->forge->addColumn('users', ['age' => ['type' => 'INT', 'default' => $x]]);`,
    unknown: ['users'],
    users: 'id name age',
  },
  { up: `$this->db->query("CREATE INDEX a ON users ($x)");`, unknown: ['users'] },
  {
    up: `$this->db->query("ALTER TABLE $x ADD COLUMN age INT");`,
    unknown: ['users', 'ci_sessions'],
  },
  {
    up: `if (! in_array('age', $this->db->getFieldNames('users'), true)) { $this->forge->addColumn('users', ['age INT']); }`,
    unknown: [],
    users: 'id name age',
  },
  {
    up: `foreach ($this->db->getFieldData('users') as $field) { if ($field->name === 'age') { return; } } $this->forge->addColumn('users', ['age INT']);`,
    unknown: [],
    users: 'id name age',
  },
  {
    up: `if (in_array('name', array_column($this->db->getFieldData('users'), 'name'))) { $this->forge->dropColumn('users', 'name'); }`,
    unknown: [],
    users: 'id',
  },
  { up: `$this->db->query($x);`, unknown: ['users', 'ci_sessions'], users: '' },
  {
    up: `$this->db->query("ALTER TABLE users ADD COLUMN age JSONB");`,
    unknown: ['users'],
    users: 'id name age',
  },
  {
    up: `$this->db->query("CREATE TABLE more (id INT, \`a\` TEXT, FULLTEXT KEY f (a))");`,
    unknown: [],
  },
])('$up', ({ up, unknown, users }) => {
  const found = after(up);
  expect(found.unknown).toEqual(unknown);
  if (users !== undefined) expect(found.users).toBe(users);
});

test('nothing is refused of a table that is in doubt', () => {
  const { failures } = foldFiles(
    [
      file(
        'A',
        `${tables} if ($x) { $this->forge->addColumn('users', ['age INT']); } $this->forge->dropColumn('users', 'age');`,
      ),
    ],
    '4.7.2 on MariaDB 10.11',
  );
  expect(failures).toEqual([]);
});

test('a table is there for a guard, whatever may have changed in it', () => {
  const up = `
        if ($x) { $this->forge->addColumn('users', ['age INT']); }
        if (! $this->db->tableExists('users')) { $this->db->query('DROP TABLE ci_sessions'); }`;
  expect(after(up).unknown).toEqual(['users']);
});

test.each([
  [`strpos('MySQLi', 'Postgre') === false`, true],
  [`str_contains('abc', 'b')`, true],
  [`in_array('a', ['b', 'c'], true)`, false],
  [`array_key_exists('a', ['a' => 1])`, true],
])('%s is known', (condition, holds) => {
  const up = `if (${condition}) { $this->db->query('DROP TABLE users'); }`;
  expect(after(up).users === '').toBe(holds);
});
