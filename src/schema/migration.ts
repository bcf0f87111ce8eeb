import { inClone, type Instruction } from '../remedy.ts';

/**
 * Commits statements as a migration of CodeIgniter. It runs on 4.1 and newer.
 *
 * A failing statement is thrown, because with DBDebug off the framework would record the migration as done (seen on 4.1.3 to 4.7.2).
 * The rollback is empty: the old shape is the one that broke the sessions, and dropping the table would end them all.
 *
 * @param table the table they are about, after which the class is named
 * @param statements SQL, each with its semicolon, in the order to run them
 */
export function commitMigration(table: string, statements: readonly string[]): Instruction {
  const name = className(table);
  return commitFile(name, written(name, statements));
}

/** Commits a file of a migration, dated now. */
export function commitFile(name: string, php: string): Instruction {
  const file = `"app/Database/Migrations/$(date -u +%Y-%m-%d-%H%M%S)_${name}.php"`;
  const lines = inClone(
    'Commit a migration that does it',
    `cat >${file} <<'PHP'\n${php}PHP`,
    'git add app/Database/Migrations',
    `git commit -m ${name} && git push`,
  );
  return { ...lines, long: true };
}

function written(name: string, statements: readonly string[]): string {
  return `<?php

namespace App\\Database\\Migrations;

use CodeIgniter\\Database\\Migration;

class ${name} extends Migration
{
    // If the sessions have a DBGroup of their own, name it here:
    // protected $DBGroup = '...';

    public function up()
    {
${statements.map((sql) => `        $this->must(${literal(sql.replace(/;$/, ''))});`).join('\n')}
    }

    public function down()
    {
        // Empty on purpose: the old shape of the table is the one that broke the sessions.
    }

    private function must(string $sql): void
    {
        // With DBDebug off a query that fails is only false, and the migration would count as done.
        if ($this->db->query($sql) === false) {
            throw new \\RuntimeException($this->db->error()['message']);
        }
    }
}
`;
}

/** `app_ci_sessions` makes `FixAppCiSessions`. */
function className(table: string): string {
  const words = table.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  return `Fix${words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')}`;
}

function literal(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
