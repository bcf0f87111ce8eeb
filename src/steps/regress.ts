import { quoted } from '../schema/remedy.ts';
import { inDatabase } from '../remedy.ts';
import { freshPhp } from '../app/ask.ts';
import { askApplication, readApplication } from '../app/ask.ts';
import type { Application } from '../app/application.ts';
import { readMigrateOutput } from '../app/migrate-output.ts';
import { hasRow, withoutFile } from '../app/ledger.ts';
import { warningFinding, type Finding, remedies } from '../finding.ts';
import type { Site } from '../plan/site.ts';
import type { Undo } from '../plan/step.ts';
import type { Database, LedgerRow } from '../schema/database.ts';
import { command } from '../server/command.ts';
import { query, perform } from '../server/round.ts';
import { confirmOldWithNewTables } from './confirm-old.ts';
import { lockedLedger } from './database/ledger-lock.ts';
import { whyMigrationsStay } from '../app/rollback-policy.ts';

/** Rolls exactly the batches of this deploy back, or says why they stay. Proved by the ledger and the tables. */
export const regress: Undo<'migrate'> = async (site, signal) => {
  const { batchBefore } = site.journal.now;
  if (batchBefore === null) return undefined;
  await perform(site.server, [site.release.useReserve()], signal);
  const application = await staged(site, signal);
  const database = await lockedLedger(site, application, signal);
  const rows = await newer(database, application, batchBefore);
  const reason = rows.length === 0 ? null : reasonAgainst(site, application, rows);
  const stays =
    rows.length === 0
      ? null
      : (reason ?? (await rollBack(site, application, database, batchBefore, signal)));
  if (stays !== null) {
    kept(site, stays);
    await confirmOldWithNewTables(site, signal);
  }
  await compareTables(site, application, database, stays !== null);
  await site.journal.note({ batchBefore: null });
  const undone = rows.map((row) => row.class);
  return stays === null ? { classes: [], batch: null, undone } : undefined;
};

async function newer(
  database: Database,
  application: Application,
  batch: number,
): Promise<readonly LedgerRow[]> {
  const rows = await database.ledger(application.ledger.table);
  return rows.filter((row) => row.batch > batch);
}

/** Only migrations that reached the ledger would be rolled back, so only their down() counts. */
function reasonAgainst(
  { config, journal }: Site,
  { migrations, ledgerDatabase: { prefix } }: Application,
  rows: readonly LedgerRow[],
): string | null {
  const ran = migrations.filter((migration) => hasRow(rows, migration));
  const others = withoutFile(rows, migrations);
  if (others.length > 0) {
    const names = others.map((row) => row.class).join(', ');
    return `its batches hold migrations that are not of this commit (${names}), which would be rolled back with them`;
  }
  return whyMigrationsStay(ran, journal.now.tables, prefix, config['undo-migrations']);
}

/** Null when the batches are gone, else why they are not. */
async function rollBack(
  site: Site,
  application: Application,
  database: Database,
  batch: number,
  signal: AbortSignal,
): Promise<string | null> {
  const back = [...freshPhp, 'spark', 'migrate:rollback', '-b', String(batch), '-f', '--no-header'];
  const rollback = command(site.config.php, back, {
    cwd: site.release.staged,
    survives: true,
  });
  const { ran } = await query(site.server, { ran: rollback }, signal);
  // Its exit status is 0 whatever happened (CodeIgniter 4.1 to 4.7).
  const left = await newer(database, application, batch);
  if (left.length > 0) {
    const fault = readMigrateOutput(ran, site.release.staged);
    const names = left.map((row) => row.class).join(', ');
    return `rolling them back failed at ${names}: ${fault?.message ?? 'php spark migrate:rollback said nothing'}`;
  }
  site.rolledBack(`The migrations of this deploy were rolled back to batch ${batch}.`);
  return null;
}

/** The application whose migrations ran; asked again when another process rolls them back. */
async function staged(site: Site, signal: AbortSignal): Promise<Application> {
  const known = site.facts.stage?.application;
  if (known !== undefined) return known;
  const { nonce } = site.run;
  const tree = site.release.staged;
  const question = { reported: askApplication(site.config.php, tree, nonce) };
  const reported = readApplication((await query(site.server, question, signal)).reported, nonce);
  if (!reported.ok)
    throw new Error(`the staged application does not answer: ${reported.failure.message}`);
  return reported.application;
}

function kept(site: Site, reason: string): void {
  site.rolledBack(`The migrations of this deploy stay: ${reason}.`);
  site.find({
    name: 'migrations-not-rolled-back',
    severity: 'warning',
    message: `The migrations that ran stay in the database, because ${reason}.`,
    remedies: remedies('Look at the tables they made; the code that is live is the old one.'),
  });
}

/**
 * The previous tables against those of now. DDL of MySQL is rolled back by nobody. A migration that failed half-way
 * leaves what it had made, and a down() may drop what up() had found.
 * @throws Error when tables that were there before are gone
 */
async function compareTables(
  site: Site,
  { ledger }: Application,
  database: Database,
  stays: boolean,
): Promise<void> {
  const now = await database.tableNames();
  const before = new Set([...site.journal.now.tables, ledger.table, ledger.lockTable]);
  const left = now.filter((name) => !before.has(name));
  if (left.length > 0) site.find(stays ? tablesStay(left) : tablesLeft(left));
  const gone = site.journal.now.tables.filter((name) => !now.includes(name));
  if (gone.length > 0) {
    throw new Error(`tables that were there before this deploy are gone: ${gone.join(', ')}`);
  }
}

/** To drop the table of a migration that is in the ledger would make the next deploy miss it. */
function tablesStay(left: readonly string[]): Finding {
  return warningFinding(
    'tables-left',
    `This deploy made tables that stay with its migrations: ${left.join(', ')}. The old code does not know them.`,
    'Leave them: the ledger has their migrations, so the next deploy does not make them again.',
  );
}

function tablesLeft(left: readonly string[]): Finding {
  return warningFinding(
    'tables-left',
    `This deploy made tables that are still there: ${left.join(', ')}. The old code does not know them.`,
    inDatabase(
      'When they hold nothing that you need',
      ...left.map((name) => `DROP TABLE ${quoted(name)};`),
    ),
  );
}
