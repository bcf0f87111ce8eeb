import { one, type Written } from './migration.ts';
import { child, parent, sql } from './owner.ts';

const made = sql(parent, child, 'ALTER TABLE ci_sessions ADD KEY by_address (ip_address)');
const extra = (name: string): string =>
  `$this->db->query('ALTER TABLE ci_sessions ADD ${name} INT');`;

/** A column that is added where this is true, and another one where it is not. */
function asked(name: string, ...conditions: readonly string[]): Written {
  const all = conditions.map(
    (condition, at) => `if (${condition}) { ${extra(`yes${at}`)} } else { ${extra(`no${at}`)} }`,
  );
  return one(name, `${made}\n        ${all.join('\n        ')}`);
}

const column = (name: string): string =>
  `"SELECT COUNT(*) AS total FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'ci_sessions' AND COLUMN_NAME = '${name}'"`;

/** Guards that ask the server in SQL. */
export const questions: readonly Written[] = [
  asked(
    'columns that are counted',
    `$this->db->query(${column('user_id')})->getRow()->total > 0`,
    `(int) ($this->db->query(${column('nowhere')})->getRowArray()['total'] ?? 0) > 0`,
  ),
  asked(
    'columns with bound values',
    `$this->db->query('SELECT COLUMN_NAME FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = ? AND COLUMN_NAME = ?', ['ci_sessions', 'data'])->getNumRows() > 0`,
    `$this->db->query('SELECT 1 FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = ? AND column_name = ? LIMIT 1', ['ci_sessions', 'nowhere'])->getRow() !== null`,
  ),
  asked(
    'SHOW COLUMNS',
    '$this->db->query("SHOW COLUMNS FROM `ci_sessions` LIKE \'user_id\'")->getNumRows() > 0',
    "count($this->db->query('SHOW COLUMNS FROM ci_sessions WHERE Field = \\'nowhere\\'')->getResultArray()) > 0",
    "in_array('data', array_column($this->db->query('DESCRIBE ci_sessions')->getResultArray(), 'Field'), true)",
  ),
  asked(
    'SHOW INDEX',
    '$this->db->query("SHOW INDEX FROM ci_sessions WHERE Key_name = \'by_address\'")->getNumRows() > 0',
    "in_array('nothing', array_column($this->db->query('SHOW INDEX FROM ci_sessions')->getResultArray(), 'Key_name'), true)",
  ),
  asked(
    'indexes',
    "$this->db->query(\"SELECT COUNT(*) FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name = 'ci_sessions' AND index_name = 'by_address'\")->getRowArray()['COUNT(*)'] > 0",
  ),
  asked(
    'foreign keys',
    "$this->db->query(\"SELECT CONSTRAINT_NAME FROM information_schema.KEY_COLUMN_USAGE WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'ci_sessions' AND COLUMN_NAME = 'user_id' AND REFERENCED_TABLE_NAME IS NOT NULL\")->getRow() !== null",
    "$this->db->query(\"SELECT CONSTRAINT_NAME FROM information_schema.REFERENTIAL_CONSTRAINTS WHERE CONSTRAINT_SCHEMA = DATABASE() AND TABLE_NAME = 'ci_sessions' AND CONSTRAINT_NAME = 'nobody'\")->getNumRows() > 0",
  ),
  asked(
    'tables',
    '$this->db->query("SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = \'users\'")->getNumRows() > 0',
    '$this->db->query("SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = \'nowhere\'")->getNumRows() > 0',
  ),
];
