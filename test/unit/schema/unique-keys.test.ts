import { judges } from './faults.ts';

const unique = ['error unique-key-surplus'];

judges([
  {
    given: 'ip_address unique',
    table: { unique: [['ip_address']] },
    exact: unique,
    compatible: unique,
    says: 'the unique key unique_ip_address (ip_address): the second session with the same value',
    remedy: 'ALTER TABLE `ci_sessions`\n  DROP INDEX `unique_ip_address`;',
  },
  {
    given: 'timestamp unique, and in no other index',
    table: { indexes: [], unique: [['timestamp']] },
    exact: unique,
    compatible: unique,
    remedy: '  DROP INDEX `unique_timestamp`,\n  ADD INDEX (`timestamp`);',
  },
  {
    given: 'the beginning of data unique',
    table: { unique: [['data(20)']] },
    exact: unique,
    compatible: unique,
    says: '(data(20))',
  },
  {
    given: 'as much of id unique as an id has',
    table: { unique: [['id(43)']] },
    exact: [],
    compatible: [],
  },
  {
    given: 'less of id unique',
    table: { unique: [['id(42)']] },
    exact: unique,
    compatible: unique,
  },
  {
    given: 'id and timestamp together unique',
    table: { unique: [['timestamp', 'id']] },
    exact: [],
    compatible: [],
  },
  {
    given: 'id alone unique with matchIP',
    table: { primaryKey: ['id', 'ip_address'], unique: [['id']] },
    matchIP: true,
    exact: unique,
    compatible: unique,
  },
  {
    given: 'a further column unique that is NULL',
    table: { columns: { user_id: 'int' }, unique: [['ip_address', 'user_id']] },
    exact: ['notice column-surplus'],
    compatible: ['notice column-surplus'],
  },
  {
    given: 'a further column unique that counts',
    table: { columns: { no: 'int not null extra auto_increment' }, unique: [['no']] },
    exact: ['notice column-surplus'],
    compatible: ['notice column-surplus'],
  },
  {
    given: 'a further column unique that is computed',
    table: { columns: { net: 'varchar(9) extra VIRTUAL GENERATED' }, unique: [['net']] },
    exact: [...unique, 'notice column-surplus'],
    compatible: [...unique, 'notice column-surplus'],
  },
  {
    given: 'a further column unique with one default for all',
    table: { columns: { no: 'int not null default 0' }, unique: [['no']] },
    exact: [...unique, 'notice column-surplus'],
    compatible: [...unique, 'notice column-surplus'],
  },
  {
    given: 'a unique key that goes does not come back with its column',
    table: {
      columns: { timestamp: 'int not null default 0' },
      indexes: [['ip_address', 'timestamp']],
      unique: [['timestamp', 'ip_address']],
    },
    exact: ['error column-type', 'error column-default', ...unique],
    compatible: ['error column-type', ...unique, 'notice column-default'],
    remedy: `ALTER TABLE \`ci_sessions\`
  DROP INDEX \`ip_address_timestamp\`,
  DROP INDEX \`unique_timestamp_ip_address\`,
  DROP COLUMN \`timestamp\`,
  ADD COLUMN \`timestamp\` TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  ADD INDEX \`ip_address_timestamp\` (\`ip_address\`, \`timestamp\`),
  ADD INDEX (\`timestamp\`);`,
  },
  {
    given: 'a unique key that nobody sees in place of the primary one',
    table: { primaryKey: [], unique: [['id']], invisible: ['unique_id'] },
    exact: ['error primary-key'],
    compatible: ['error primary-key'],
  },
  {
    given: 'an index on timestamp that nobody sees',
    table: { invisible: ['timestamp'] },
    exact: ['warning timestamp-index-missing'],
    compatible: ['warning timestamp-index-missing'],
    says: 'does not use the index of ci_sessions that begins with timestamp (timestamp is invisible or ignored)',
    remedy: '  DROP INDEX `timestamp`,\n  ADD INDEX (`timestamp`);',
  },
  {
    given: 'an index on timestamp that nobody sees beside one that is used',
    table: { indexes: [['timestamp'], ['timestamp', 'id']], invisible: ['timestamp'] },
    exact: [],
    compatible: [],
  },
]);
