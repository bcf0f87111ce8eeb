import { describe, expect, test } from '@jest/globals';
import { check } from '../../../src/commands/check.ts';
import type { CheckConfig } from '../../../src/config/check-config.ts';
import type { Report } from '../../../src/report/report.ts';
import { checkoutOf } from '../../fakes/checkout.ts';
import { checkConfig } from '../../static/check-config.ts';
import { application, migrationPath } from '../../static/application.ts';
import { file, right } from '../../static/corpus/migration.ts';

const path = migrationPath('2026-01-09-000000_CreateSessions');

type Files = Readonly<Record<string, string>>;

async function checked(
  files: Files,
  base: Files = application(),
  more: Partial<CheckConfig> = {},
): Promise<Report> {
  return check({ ...checkConfig, ...more }, checkoutOf(files, base), () => 0.5);
}

/** Errors with the text of the line they point at. */
function errors(report: Report, files: Files): readonly (readonly [string, string])[] {
  return report.findings
    .filter(({ severity }) => severity === 'error')
    .map(({ name, at }) => [
      name,
      (files[at?.file ?? ''] ?? '').split('\n')[(at?.line ?? 0) - 1]?.trim() ?? '',
    ]);
}

describe('what breaks an application is red at the line that makes it', () => {
  const id =
    "            'id'         => ['type' => 'VARCHAR', 'constraint' => 128, 'null' => false],";
  const stamp = "            'timestamp timestamp DEFAULT CURRENT_TIMESTAMP NOT NULL',";
  const data = "            'data'       => ['type' => 'BLOB', 'null' => false],";
  const key = "        $this->forge->addKey('id', true);";
  const faults: readonly (readonly [
    string,
    string,
    string,
    string,
    string,
    Readonly<Record<string, string>>?,
  ])[] = [
    [
      'an INT timestamp',
      stamp,
      "'timestamp' => ['type' => 'INT', 'constraint' => 10, 'unsigned' => true, 'default' => 0],",
      'column-type',
      '',
    ],
    ['a BIGINT timestamp', stamp, "'timestamp' => ['type' => 'BIGINT'],", 'column-type', ''],
    [
      'an id of 40 characters',
      id,
      "'id' => ['type' => 'VARCHAR', 'constraint' => 40],",
      'column-type',
      '',
    ],
    [
      'a counting id',
      id,
      "'id' => ['type' => 'BIGINT', 'auto_increment' => true],",
      'column-type',
      '',
    ],
    ['data as TEXT', data, "'data' => ['type' => 'TEXT'],", 'column-type', ''],
    [
      'data as VARCHAR(255)',
      data,
      "'data' => ['type' => 'VARCHAR', 'constraint' => 255],",
      'column-type',
      '',
    ],
    [
      'DATETIME',
      stamp,
      "'timestamp DATETIME DEFAULT CURRENT_TIMESTAMP NOT NULL',",
      'column-type',
      '',
    ],
    ['TIMESTAMP without a default', stamp, "'timestamp TIMESTAMP NOT NULL',", 'column-default', ''],
    [
      'a TIMESTAMP that may be NULL',
      stamp,
      "'timestamp TIMESTAMP NULL DEFAULT CURRENT_TIMESTAMP',",
      'column-nullable',
      '',
    ],
    ['no primary key', key, '', 'primary-key', "$this->forge->createTable('ci_sessions', true);"],
    [
      'a primary key with the address',
      key,
      "$this->forge->addKey(['id', 'ip_address'], true);",
      'primary-key',
      '',
    ],
    [
      'a primary key without the address, with matchIP',
      key,
      "$this->forge->addKey('id', true);",
      'primary-key',
      '',
      { matchIP: 'true' },
    ],
    [
      'one column too many',
      data,
      `${data}\n'extra INT NOT NULL',`,
      'column-surplus',
      "$this->forge->createTable('ci_sessions', true);",
    ],
    [
      'a column missing',
      data,
      '',
      'column-missing',
      "$this->forge->createTable('ci_sessions', true);",
    ],
    [
      'a savePath that no migration creates',
      '',
      '',
      'session-table-not-created',
      "public $savePath = 'sessions';",
      { savePath: "'sessions'" },
    ],
    [
      'the savePath of files',
      '',
      '',
      'session-table-not-created',
      "public $savePath = '/srv/session';",
      { savePath: "'/srv/session'" },
    ],
  ];
  test.each(
    faults.map(([what, from, to, name, at, settings = {}]) => ({
      what,
      from,
      to,
      name,
      at,
      settings,
    })),
  )('$what', async ({ from, to, name, at, settings }) => {
    const files = {
      ...application(settings),
      [path]: file('CreateSessions', right.replace(from, to)),
    };
    const report = await checked(files);
    expect(report.outcome).toBe('failed');
    expect(errors(report, files)[0]).toEqual([name, at === '' ? to.trim() : at]);
  });

  test('the layout of CodeIgniter 2', async () => {
    const up = `
        $this->forge->addField(['session_id VARCHAR(40) NOT NULL', 'last_activity INT NOT NULL', 'user_data TEXT NOT NULL']);
        $this->forge->addKey('session_id', true);
        $this->forge->createTable('ci_sessions');`;
    const report = await checked({ ...application(), [path]: file('CreateSessions', up) });
    expect(report.findings.filter(({ name }) => name === 'column-missing')).toHaveLength(4);
  });
});
