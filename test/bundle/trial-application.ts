import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { TestApplication } from '../php/application.ts';

/** Where the migration of these applications lies. */
export const migration = 'app/Database/Migrations/2026-01-09-000000_CreateCiSessionsTable.php';

/** A migration that is right on every release, from 4.1.3 on. */
const right = `<?php

namespace App\\Database\\Migrations;

use CodeIgniter\\Database\\Migration;

class CreateCiSessionsTable extends Migration
{
    protected $DBGroup = 'default';

    public function up()
    {
        $this->forge->addField([
            'id'         => ['type' => 'VARCHAR', 'constraint' => 128, 'null' => false],
            'ip_address' => ['type' => 'VARCHAR', 'constraint' => 45, 'null' => false],
            'timestamp'  => ['type' => 'TIMESTAMP DEFAULT CURRENT_TIMESTAMP', 'null' => false],
            'data'       => ['type' => 'BLOB', 'null' => false],
        ]);
        $this->forge->addKey('id', true);
        $this->forge->addKey('timestamp');
        $this->forge->createTable('ci_sessions', true);
    }

    public function down()
    {
        $this->forge->dropTable('ci_sessions', true);
    }
}
`;

/** An application with sessions in a table, and the migration that is right. */
export function sound(version: string, path: string): TestApplication {
  const application = withoutMigrations(version, path);
  application.write(migration, right);
  return application;
}

/** The same with the migration that its own generator writes. */
export function generated(version: string, path: string): TestApplication {
  const application = withoutMigrations(version, path);
  const cwd = application.root;
  spawnSync('php', ['spark', 'make:migration', '--session'], { cwd });
  const [made = ''] = application.files(folder).filter((name) => name.endsWith('.php'));
  const code = application.read(`${folder}/${made}`);
  application.remove(`${folder}/${made}`);
  application.write(migration, code);
  return application;
}

const folder = 'app/Database/Migrations';

function withoutMigrations(version: string, path: string): TestApplication {
  const application = new TestApplication({ version, path });
  application.ownFramework();
  application.sessionsInTable();
  for (const name of application.files(folder)) {
    if (name.endsWith('.php')) application.remove(`${folder}/${name}`);
  }
  return application;
}

/** Path and text of every file: whether anything was written. */
export function snapshot({ root }: TestApplication): readonly string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(root, name)).isFile() && !name.startsWith('system/'))
    .map((name) => `${name} ${readFileSync(join(root, name), 'utf8')}`);
}

/** Changes the migration.
 * @throws Error when there is nothing to change
 */
export const edit =
  (from: string | RegExp, to: string) =>
  (application: TestApplication): void => {
    const before = application.read(migration);
    const after = before.replace(from, () => to);
    if (after === before) throw new Error(`nothing to replace: ${String(from)}`);
    application.write(migration, after);
  };
/** Where up() begins. */
export const first = /public function up\(\)\s*\{/;
/** What down() does. */
export const drop = /\$this->forge->dropTable\(.*\);/;
