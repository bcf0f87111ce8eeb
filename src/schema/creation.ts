import type { Expectation } from './expected.ts';

/** The class of the migration that makes the table. */
export const creationName = 'CreateSessionTable';

/** The migration that makes the table, as the framework's own generator would write it, but without IF NOT EXISTS. */
export function creation({ table, columns, primaryKey }: Expectation, prefix: string): string {
  const name = JSON.stringify(table.startsWith(prefix) ? table.slice(prefix.length) : table);
  const fields = columns.map((column) => `            '${column.name} ${column.sql}',`);
  const keys = primaryKey.map((column) => `'${column}'`).join(', ');
  const up = [
    '        $this->forge->addField([',
    ...fields,
    '        ]);',
    `        $this->forge->addKey([${keys}], true);`,
    "        $this->forge->addKey('timestamp');",
    `        $this->forge->createTable(${name.replaceAll('"', "'")});`,
  ];
  const down = `        $this->forge->dropTable(${name.replaceAll('"', "'")});`;
  return migration(creationName, up.join('\n'), down);
}

function migration(name: string, up: string, down: string): string {
  return `<?php

namespace App\\Database\\Migrations;

use CodeIgniter\\Database\\Migration;

class ${name} extends Migration
{
    public function up()
    {
${up}
    }

    public function down()
    {
${down}
    }
}
`;
}
