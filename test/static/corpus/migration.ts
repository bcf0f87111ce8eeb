/** One way to write migrations of a session table `ci_sessions`. */
export interface Written {
  readonly name: string;
  /** Whole files in the order they run. */
  readonly files: readonly string[];
  /** Only running it tells what the table is like. */
  readonly unresolved?: true;
}

const head = `<?php

namespace App\\Database\\Migrations;

use CodeIgniter\\Database\\Migration;
use CodeIgniter\\Database\\RawSql;
`;

/** A file whose class has these members beside up() and down(). */
export function file(name: string, up: string, members = ''): string {
  return `${head}
class ${name} extends Migration
{
${members}
    public function up()
    {
${up}
    }

    public function down()
    {
        $this->forge->dropTable('ci_sessions', true);
    }
}
`;
}

/** One migration with this up(). */
export function one(name: string, up: string, members = ''): Written {
  return { name, files: [file('CreateSessions', up, members)] };
}

/** Several migrations, one after the other. */
export function several(name: string, ...ups: readonly string[]): Written {
  return { name, files: ups.map((up, at) => file(`Step${at + 1}`, up)) };
}

/** Only running it tells. */
export function unknown(written: Written): Written {
  return { ...written, unresolved: true };
}

/** The columns as the generator writes them. */
export const fields = `
        $this->forge->addField([
            'id'         => ['type' => 'VARCHAR', 'constraint' => 128, 'null' => false],
            'ip_address' => ['type' => 'VARCHAR', 'constraint' => 45, 'null' => false],
            'timestamp timestamp DEFAULT CURRENT_TIMESTAMP NOT NULL',
            'data'       => ['type' => 'BLOB', 'null' => false],
        ]);`;

/** The whole table as the generator writes it. */
export const right = `${fields}
        $this->forge->addKey('id', true);
        $this->forge->addKey('timestamp');
        $this->forge->createTable('ci_sessions', true);`;
