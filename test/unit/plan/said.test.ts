import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { readSaid } from '../../../src/run-plan.ts';
import { checkoutOf } from '../../fakes/checkout.ts';

const path = 'app/Database/Migrations/2026-01-01-000000_A.php';
const text = `<?php
namespace App\\Database\\Migrations;
class A extends \\CodeIgniter\\Database\\Migration {
  public function up() { $this->forge->addField('id'); $this->forge->createTable('notes'); $this->db->query($x); }
  public function down() {}
}`;

const files = { spark: '', 'app/Config/App.php': '<?php', [path]: text };

function idOf(contents: string, how = 'sha1'): string {
  return createHash(how)
    .update(`blob ${Buffer.byteLength(contents)}\0${contents}`)
    .digest('hex');
}

async function read(id: string, tree: Record<string, string> = files): Promise<unknown> {
  const wanted = new Map([[path, id]]);
  const said = await readSaid(checkoutOf(tree).tree, wanted, 'MariaDB 10.11', false, () => 0);
  return said.get(path);
}

test.each(['sha1', 'sha256'])(
  'SQL of a migration with the contents of the commit (%s)',
  async (how) => {
    const found = await read(idOf(text, how));
    expect(found).toMatchObject({ unread: '', statements: [{ doubt: null }, { sql: null }] });
    expect(JSON.stringify(found)).toMatch(/CREATE TABLE `notes`/);
  },
);

test('other contents than the commit has are not read', async () => {
  const found = await read(idOf('<?php'));
  expect(found).toMatchObject({ statements: null });
  expect(JSON.stringify(found)).toContain('other contents');
});

test('without a checkout nothing is read', async () => {
  const found = await read(idOf(text), {});
  expect(found).toMatchObject({ statements: null });
  expect(JSON.stringify(found)).toContain('no checkout');
});
