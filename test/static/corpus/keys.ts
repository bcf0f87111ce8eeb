import { fields, one, unknown, type Written } from './migration.ts';

const create = `
        $this->forge->createTable('ci_sessions');`;

/** Keys in all the ways Forge takes them. */
export const keys: readonly Written[] = [
  one(
    'addPrimaryKey and addUniqueKey',
    `${fields}
        $this->forge->addPrimaryKey('id');
        $this->forge->addUniqueKey(['ip_address', 'id']);
        $this->forge->addKey('timestamp');${create}`,
  ),
  one(
    'two primary keys',
    `${fields}
        $this->forge->addKey('id', true);
        $this->forge->addKey('ip_address', true);
        $this->forge->addKey('timestamp');${create}`,
  ),
  one('no key at all', fields + create),
  one(
    'a key over a column that is not there',
    `${fields}
        $this->forge->addKey('id', true);
        $this->forge->addKey('last_activity');${create}`,
  ),
  one(
    'a primary key over a column that is not there',
    `${fields}
        $this->forge->addKey('session_id', true);
        $this->forge->addKey('timestamp');${create}`,
  ),
  one(
    'a key over several, one of them not there',
    `${fields}
        $this->forge->addKey(['timestamp', 'nowhere']);
        $this->forge->addKey('id', true);${create}`,
  ),
  one(
    'the same key twice',
    `${fields}
        $this->forge->addKey('id', true);
        $this->forge->addKey('timestamp');
        $this->forge->addKey('timestamp');${create}`,
  ),
  one(
    'a key with a name',
    `${fields}
        $this->forge->addKey('id', true);
        $this->forge->addKey('timestamp', false, false, 'sessions_time');${create}`,
  ),
  one(
    'a unique key by addKey',
    `${fields}
        $this->forge->addKey('id', true)->addKey('ip_address', false, true)->addKey('timestamp');${create}`,
  ),
  one(
    'named arguments',
    `${fields}
        $this->forge->addKey(key: 'id', primary: true);
        $this->forge->addKey(key: 'timestamp');
        $this->forge->createTable(table: 'ci_sessions');`,
  ),
  one(
    'a key over a raw text with a blank in front',
    `
        $this->forge->addField(' id VARCHAR(128) NOT NULL');
        $this->forge->addField(['ip_address' => ['type' => 'VARCHAR', 'constraint' => 45], 'data' => ['type' => 'BLOB']]);
        $this->forge->addKey('id', true);${create}`,
  ),
  one(
    'a primary key inside of a text',
    `
        $this->forge->addField('id VARCHAR(128) NOT NULL PRIMARY KEY');
        $this->forge->addField('ip_address VARCHAR(45) NOT NULL UNIQUE');
        $this->forge->addField('timestamp TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP');
        $this->forge->addField('data BLOB NOT NULL');
        $this->forge->addKey('timestamp');${create}`,
  ),
  unknown(
    one(
      'a key over BLOB',
      `${fields}
        $this->forge->addKey('data');${create}`,
    ),
  ),
  one(
    'keys afterwards',
    `${fields}${create}
        $this->forge->addKey('id', true);
        $this->forge->addKey('timestamp');
        $this->forge->processIndexes('ci_sessions');`,
  ),
  unknown(
    one(
      'a unique key over BLOB',
      `${fields}
        $this->forge->addUniqueKey('data');${create}`,
    ),
  ),
];
