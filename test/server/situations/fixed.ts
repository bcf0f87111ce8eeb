import { expect } from 'expect';
import type { Site } from '../../rig/kayart.ts';
import type { RunResult } from '../../rig/runner.ts';
import { commitOffered } from '../pasting.ts';
import { errorsOf, type Situation } from '../situation.ts';

/** Commits the migration that a finding printed, as it says, and deploys that. */
async function commitPrinted(site: Site, result: RunResult): Promise<RunResult> {
  expect(result.summary).toContain('<summary>');
  expect(result.log.join('\n')).not.toContain('<?php');
  return commitOffered(site, result);
}

async function fixes(site: Site, result: RunResult): Promise<void> {
  const fixed = await commitPrinted(site, result);
  expect([fixed.outputs['outcome'], errorsOf(fixed)]).toEqual(['deployed', []]);
  expect(fixed.outputs['migrations']).toContain('FixCiSessions');
  expect((await site.get('/login/berta')).status).toBe(200);
  expect(await site.sql("SELECT COUNT(*) FROM ci_sessions WHERE data LIKE '%berta%'")).toEqual([
    ['1'],
  ]);
}

/** A table that stands in the way of the fixture's migration, which makes one only where there is none. */
function inTheWay(name: string, errors: readonly string[], create: string): Situation {
  return {
    name: `${name}, put right by the migration that is printed`,
    prepare: async (site) => {
      await site.sql(create);
      return undefined;
    },
    outcome: 'rolled-back',
    errors,
    // The fixture's down() would drop a table that was there before, so its migration stays recorded.
    differs: ['ledger'],
    afterwards: fixes,
  };
}

/** A table with which sessions work, and that has what a warning is about. What is pasted takes all of it away. */
function warned(name: string, also: readonly string[], create: string): Situation {
  return {
    name: `${name}, put right by what is printed`,
    prepare: async (site) => {
      await site.sql(create);
      return undefined;
    },
    outcome: 'deployed',
    errors: [],
    also,
    pastes: 'all',
  };
}

const address = 'ip_address VARCHAR(45) NOT NULL';
const time = 'timestamp TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP';
const keyless = `CREATE TABLE ci_sessions (id VARCHAR(128) NOT NULL, ${address}, ${time}, data BLOB NOT NULL, KEY timestamp (timestamp));`;

/** Wrong tables whose printed migration makes them right, run by the real framework. */
export const fixed: readonly Situation[] = [
  inTheWay(
    'a number as date',
    ['column-type', 'column-default'],
    `CREATE TABLE ci_sessions (id VARCHAR(128) NOT NULL PRIMARY KEY, ${address},
      timestamp INT UNSIGNED NOT NULL DEFAULT 0, data BLOB NOT NULL, KEY timestamp (timestamp));
    INSERT INTO ci_sessions VALUES ('old', '::1', 4294967295, 'x');`,
  ),
  inTheWay('no primary key', ['primary-key'], keyless),
  inTheWay(
    'an id too short',
    ['column-type'],
    `CREATE TABLE ci_sessions (id VARCHAR(40) NOT NULL PRIMARY KEY, ${address}, ${time}, data BLOB NOT NULL, KEY timestamp (timestamp));`,
  ),
  inTheWay(
    'no primary key and a trigger',
    ['primary-key'],
    `${keyless} CREATE TRIGGER longer BEFORE INSERT ON ci_sessions FOR EACH ROW SET NEW.id = CONCAT(NEW.id, 'x');`,
  ),
  inTheWay(
    'columns and a foreign key that the handler cannot fill',
    ['column-nullable', 'column-generated', 'table-foreign-key'],
    `CREATE TABLE people (id VARCHAR(128) NOT NULL PRIMARY KEY);
    CREATE TABLE ci_sessions (id VARCHAR(128) NOT NULL PRIMARY KEY, ip_address VARCHAR(45), ${time},
      data BLOB AS (id) STORED, KEY timestamp (timestamp), FOREIGN KEY (id) REFERENCES people (id));`,
  ),
  warned(
    'a table with every oddity of InnoDB',
    [
      'column-on-update',
      'column-invisible',
      'table-row-format',
      'table-trigger',
      'table-check',
      'timestamp-index-missing',
    ],
    `CREATE TABLE ci_sessions (id VARCHAR(128) NOT NULL PRIMARY KEY, ip_address VARCHAR(45) NOT NULL,
      ${time} ON UPDATE CURRENT_TIMESTAMP INVISIBLE, data BLOB NOT NULL, CHECK (LENGTH(ip_address) < 40)) ROW_FORMAT=COMPRESSED;
    CREATE TRIGGER one BEFORE INSERT ON ci_sessions FOR EACH ROW SET NEW.data = NEW.data;`,
  ),
  warned(
    'a partitioned table of MyISAM',
    ['table-engine', 'table-partitioned'],
    `CREATE TABLE ci_sessions (id VARCHAR(128) NOT NULL PRIMARY KEY, ${address}, ${time}, data BLOB NOT NULL, KEY timestamp (timestamp))
      ENGINE=MyISAM PARTITION BY RANGE COLUMNS (id) (PARTITION all_ids VALUES LESS THAN ('zzzzz'));`,
  ),
  warned(
    'a table with every state of every session',
    ['table-versioned'],
    `CREATE TABLE ci_sessions (id VARCHAR(128) NOT NULL PRIMARY KEY, ${address}, ${time}, data BLOB NOT NULL, KEY timestamp (timestamp))
      WITH SYSTEM VERSIONING;`,
  ),
  inTheWay(
    'the table of CodeIgniter 2, moved aside',
    ['column-missing', 'column-surplus', 'primary-key'],
    `CREATE TABLE ci_sessions (session_id VARCHAR(40) NOT NULL PRIMARY KEY, ${address}, user_data TEXT NOT NULL);`,
  ),
  {
    name: 'a printed migration that the database refuses is not recorded, though DBDebug is off',
    prepare: async (site) => {
      await site.sql(`${keyless} INSERT INTO ci_sessions (id, ip_address, data)
        VALUES ('twice', '::1', 'x'), ('twice', '::1', 'y');`);
      await site.machine.exec([
        'sh',
        '-c',
        `echo 'database.default.DBDebug = false' >>${site.path}/.env`,
      ]);
      return undefined;
    },
    outcome: 'rolled-back',
    errors: ['primary-key'],
    differs: ['ledger'],
    async afterwards(site, result) {
      const again = await commitPrinted(site, result);
      expect([again.outputs['outcome'], errorsOf(again)]).toEqual([
        'rolled-back',
        ['migration-failed'],
      ]);
      expect(again.outputs['findings']).toContain('Duplicate entry');
      expect(await site.sql("SELECT class FROM migrations WHERE class LIKE '%Fix%'")).toEqual([]);
    },
  },
];
