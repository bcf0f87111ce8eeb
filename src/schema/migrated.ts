import { inRepository } from '../remedy.ts';
import type { Migration } from '../app/application.ts';
import { key } from '../app/ledger.ts';
import type { MigrateFault } from '../app/migrate-output.ts';
import { type Finding, remedies } from '../finding.ts';
import type { LedgerRow } from './database.ts';

/**
 * Compares what ran with what had to run. `php spark migrate` ends with 0 when it fails, so its status and texts can
 * prove failure, not success.
 * @param rows what the ledger has got
 * @param fault what spark itself said went wrong
 */
export function judgeMigrated(
  due: readonly Migration[],
  rows: readonly LedgerRow[],
  fault: MigrateFault | null,
): readonly Finding[] {
  const done = new Set(rows.map((row) => key(row.version, row.class)));
  const left = due.filter((migration) => !done.has(key(migration.version, migration.class)));
  const wanted = new Set(due.map((migration) => key(migration.version, migration.class)));
  const surplus = rows.filter((row) => !wanted.has(key(row.version, row.class)));
  const findings: Finding[] = [];
  if (fault !== null) findings.push(failed(left[0] ?? due[0], fault));
  else if (left.length > 0) findings.push(silent(left));
  if (surplus.length > 0) findings.push(unexpected(surplus));
  return findings;
}

function failed(migration: Migration | undefined, fault: MigrateFault): Finding {
  const inMigration = fault.at?.file.includes('Database/Migrations/') === true ? fault.at : null;
  const at = inMigration ?? (migration ? { file: migration.path, line: migration.line } : null);
  const where = at === null ? '' : ` (${at.file}:${at.line})`;
  return {
    name: 'migration-failed',
    severity: 'error',
    message: `The migration ${migration?.class ?? ''} failed: ${fault.message}${where}`,
    remedies: remedies(inRepository('Correct the migration and push again.')),
    ...(at === null ? {} : { at }),
  };
}

function silent(left: readonly Migration[]): Finding {
  const [first] = left;
  return {
    name: 'migration-not-run',
    severity: 'error',
    message: `php spark migrate said nothing was wrong, but the ledger has no row for: ${left.map((one) => one.class).join(', ')}.`,
    remedies: remedies(
      inRepository(
        'See whether app/Config/Migrations.php enables migrations',
        'public $enabled = true;',
      ),
    ),
    ...(first ? { at: { file: first.path, line: first.line } } : {}),
  };
}

function unexpected(surplus: readonly LedgerRow[]): Finding {
  return {
    name: 'migration-unexpected',
    severity: 'error',
    message: `The ledger got rows that are not of this commit: ${surplus.map((row) => row.class).join(', ')}. Somebody else migrated at the same time.`,
    remedies: remedies('Run the deploy again when the other one is over.'),
  };
}
