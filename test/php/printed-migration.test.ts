import { execFileSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import { commitMigration } from '../../src/schema/migration.ts';
import { offeredMigration } from '../fakes/remedies.ts';

function migration(table: string, statements: readonly string[]): string {
  return offeredMigration({ remedies: [[commitMigration(table, statements)]] });
}

/** What PHP runs: the statements that the migration gives its connection. */
function statementsRun(text: string, name: string): unknown {
  const stub = `namespace CodeIgniter\\Database { class Migration { public $db; } }
namespace {
  eval(substr(file_get_contents('php://stdin'), 5));
  $db = new class {
    public $asked = [];
    public function query($sql) { $this->asked[] = $sql; return $sql !== 'NO'; }
    public function error() { return ['message' => 'said no']; }
  };
  $one = new \\App\\Database\\Migrations\\${name}();
  $one->db = $db;
  try { $one->up(); } catch (\\RuntimeException $e) { $db->asked[] = $e->getMessage(); }
  $one->down();
  echo json_encode($db->asked);
}`;
  return JSON.parse(
    execFileSync('php', ['-r', stub], { input: text, encoding: 'utf8' }),
  ) as unknown;
}

test('each statement is put to the database as it is, whatever is in it', () => {
  const odd = "ALTER TABLE `it's \\\\ $x`\n  ADD INDEX (`a``b`)";
  const text = migration('app_ci_sessions', [`${odd};`, 'SELECT 2;']);
  expect(statementsRun(text, 'FixAppCiSessions')).toEqual([odd, 'SELECT 2']);
});

test('a statement that the database refuses ends it', () => {
  const text = migration('ci_sessions', ['NO;', 'SELECT 2;']);
  expect(statementsRun(text, 'FixCiSessions')).toEqual(['NO', 'said no']);
});
