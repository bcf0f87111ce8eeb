import { one, several, type Written } from './migration.ts';

const make = "$this->forge->addField(['id' => ['type' => 'INT']]);";
const sessions = "$this->db->query('CREATE TABLE ci_sessions (id INT, data BLOB)');";
const extra = (name: string): string =>
  `$this->forge->addColumn('ci_sessions', ['${name}' => ['type' => 'INT', 'null' => true]]);`;
const unless = (question: string, name: string): string =>
  `if (! $this->db->${question}) { ${extra(name)} }`;

/** Guards, which get the answers that the framework keeps. */
export const kept: readonly Written[] = [
  one(
    'a table of query() that tableExists() does not see',
    `${sessions} ${unless("tableExists('ci_sessions')", 'unseen')}`,
  ),
  one(
    'a table of query() that is asked of the server',
    `${sessions} ${unless("tableExists('ci_sessions', false)", 'unseen')} ${unless("tableExists('ci_sessions')", 'again')}`,
  ),
  one(
    'a table of Forge',
    `${make} $this->forge->createTable('ci_sessions'); ${unless("tableExists('ci_sessions')", 'unseen')}`,
  ),
  several(
    'a table that was dropped by query()',
    `${make} $this->forge->createTable('users'); ${sessions}`,
    `$this->db->query('DROP TABLE users'); if ($this->db->tableExists('users')) { ${extra('still')} }`,
  ),
  one(
    'a table that was dropped by Forge',
    `${sessions} ${make} $this->forge->createTable('users'); $this->forge->dropTable('users'); if ($this->db->tableExists('users')) { ${extra('still')} }`,
  ),
  one(
    'a table that got another name',
    `${make} $this->forge->createTable('old_sessions'); $this->forge->renameTable('old_sessions', 'ci_sessions'); ${unless("tableExists('ci_sessions')", 'unseen')} ${unless("tableExists('old_sessions')", 'gone')}`,
  ),
  one(
    'a column that is asked for twice',
    `${sessions} ${unless("fieldExists('one', 'ci_sessions')", 'one')} if ($this->db->fieldExists('one', 'ci_sessions')) { ${extra('two')} }`,
  ),
  several(
    'a column that is asked for twice, in two migrations',
    `${sessions} ${unless("fieldExists('one', 'ci_sessions')", 'one')}`,
    `if ($this->db->fieldExists('one', 'ci_sessions')) { ${extra('two')} }`,
  ),
  one(
    'a column that is asked for after the answers are forgotten',
    `${sessions} ${unless("fieldExists('one', 'ci_sessions')", 'one')} $this->db->resetDataCache(); if ($this->db->fieldExists('one', 'ci_sessions')) { ${extra('two')} }`,
  ),
  one(
    'columns by their names, twice',
    `${sessions} $before = $this->db->getFieldNames('ci_sessions'); ${extra('one')} if (in_array('one', $this->db->getFieldNames('ci_sessions'), true)) { ${extra('two')} }`,
  ),
  one(
    'columns with their types, which are not kept',
    `${sessions} $before = $this->db->getFieldData('ci_sessions'); ${extra('one')} if (in_array('one', array_column($this->db->getFieldData('ci_sessions'), 'name'), true)) { ${extra('two')} }`,
  ),
  one(
    'a table that Forge makes unless it is there',
    `${sessions} ${make} $this->forge->createTable('ci_sessions', true); ${unless("tableExists('ci_sessions')", 'unseen')}`,
  ),
];
