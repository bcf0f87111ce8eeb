import { onMariaDB, table, type, unique, unseen } from './database-specimen.ts';
import type { Specimen } from './database-specimen.ts';

/** Unique keys besides the primary one, and indexes that are not used. */
export const keys: readonly Specimen[] = [
  {
    name: 'ip_address unique',
    create: table({ keys: 'PRIMARY KEY (id), KEY (timestamp), UNIQUE (ip_address)' }),
    exact: [unique],
    compatible: [unique],
  },
  {
    name: 'timestamp unique, and in no other index',
    create: table({ keys: 'PRIMARY KEY (id), UNIQUE (timestamp)' }),
    exact: [unique],
    compatible: [unique],
  },
  {
    name: 'address and time together unique, on a table with a number as date',
    create: table({
      time: 'timestamp INT UNSIGNED NOT NULL',
      keys: 'PRIMARY KEY (id), KEY (timestamp), UNIQUE once (ip_address, timestamp)',
    }),
    exact: [type, 'error column-default', unique],
    compatible: [type, unique, 'notice column-default'],
  },
  {
    name: 'beginning of data unique',
    create: table({ keys: 'PRIMARY KEY (id), KEY (timestamp), UNIQUE (data(20))' }),
    exact: [unique],
    compatible: [unique],
  },
  {
    name: 'a part of id unique that is the cookie name only',
    create: table({ keys: 'PRIMARY KEY (id), KEY (timestamp), UNIQUE (id(11))' }),
    exact: [unique],
    compatible: [unique],
  },
  {
    name: 'a part of id unique that holds every id',
    create: table({ keys: 'PRIMARY KEY (id), KEY (timestamp), UNIQUE (id(100))' }),
    exact: [],
    compatible: [],
  },
  {
    name: 'id and timestamp together unique',
    create: table({ keys: 'PRIMARY KEY (id), KEY (timestamp), UNIQUE (timestamp, id)' }),
    exact: [],
    compatible: [],
  },
  {
    name: 'a further column unique that is NULL',
    create: table({
      keys: 'user_id INT, PRIMARY KEY (id), KEY (timestamp), UNIQUE (user_id)',
    }),
    exact: ['notice column-surplus'],
    compatible: ['notice column-surplus'],
  },
  {
    name: 'a further column unique with one default for all',
    create: table({
      keys: 'user_id INT NOT NULL DEFAULT 0, PRIMARY KEY (id), KEY (timestamp), UNIQUE (user_id)',
    }),
    exact: [unique, 'notice column-surplus'],
    compatible: [unique, 'notice column-surplus'],
  },
  {
    name: 'an expression unique',
    create: table({ keys: 'PRIMARY KEY (id), KEY (timestamp), UNIQUE u ((LOWER(ip_address)))' }),
    exact: [unique],
    compatible: [unique],
    refusedBy: onMariaDB('it has no indexes on expressions'),
  },
  {
    name: 'ip_address unique in an index nobody sees',
    create: table({ keys: `PRIMARY KEY (id), KEY (timestamp), UNIQUE u (ip_address) ${unseen}` }),
    exact: [unique],
    compatible: [unique],
  },
  {
    name: 'index on timestamp that the server does not use',
    create: table({ keys: `PRIMARY KEY (id), KEY hidden (timestamp) ${unseen}` }),
    exact: ['warning timestamp-index-missing'],
    compatible: ['warning timestamp-index-missing'],
  },
  {
    name: 'index on timestamp that the server does not use beside one that it does',
    create: table({
      keys: `PRIMARY KEY (id), KEY hidden (timestamp) ${unseen}, KEY seen (timestamp, id)`,
    }),
    exact: [],
    compatible: [],
  },
];
