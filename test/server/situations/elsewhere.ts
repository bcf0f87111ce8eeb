import { expect } from '@jest/globals';
import type { Finding } from '../../../src/finding.ts';
import type { RunResult } from '../../rig/runner.ts';
import type { Situation } from '../situation.ts';

const file = 'app/Database/Migrations/2026-01-09-000000_CreateSessionTable.php';

function migrationThat(up: string, down: string): string {
  return `<?php

namespace App\\Database\\Migrations;

use CodeIgniter\\Database\\Migration;

class CreateSessionTable extends Migration
{
    public function up()
    {
        $this->db->query('${up}');
    }

    public function down()
    {
        $this->db->query('${down}');
    }
}
`;
}

function named(result: RunResult, name: string): Finding | undefined {
  const findings = JSON.parse(result.outputs['findings'] ?? '[]') as Finding[];
  return findings.find((finding) => finding.name === name);
}

/** Migrations that make the session table where the handler does not look. */
export const elsewhere: readonly Situation[] = [
  {
    name: 'the table is made under another case of its name',
    prepare: async (site) =>
      site.push(
        {
          [file]: migrationThat(
            'CREATE TABLE CI_Sessions (id VARCHAR(128) NOT NULL PRIMARY KEY)',
            'DROP TABLE CI_Sessions',
          ),
        },
        'Shout',
      ),
    outcome: 'rolled-back',
    errors: ['table-missing', 'table-name-case'],
    async afterwards(_site, result) {
      const remedy = 'RENAME TABLE `CI_Sessions` TO `ci_sessions`;';
      expect(named(result, 'table-name-case')).toMatchObject({ remedy });
    },
  },
  {
    name: 'the table is made in another database',
    prepare: async (site) => {
      await site.sql(`CREATE DATABASE other; GRANT ALL ON other.* TO kayart@localhost;
        GRANT ALL ON other.* TO kayart@'127.0.0.1';`);
      const make = 'CREATE TABLE other.ci_sessions (id VARCHAR(128) NOT NULL PRIMARY KEY)';
      return site.push(
        { [file]: migrationThat(make, 'DROP TABLE other.ci_sessions') },
        'Elsewhere',
      );
    },
    outcome: 'rolled-back',
    errors: ['table-missing'],
    async afterwards(site, result) {
      expect(named(result, 'table-in-other-schema')?.message).toContain(
        `in other, but the session handler asks for it in ${site.database.name}`,
      );
    },
  },
];
