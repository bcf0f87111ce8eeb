import { counted } from '../../count.ts';
import type { Application, Migration } from '../../app/application.ts';
import { ranSince } from '../../app/ledger.ts';
import { errorFinding, noticeFinding, warningFinding, type Finding } from '../../finding.ts';
import { readReleaseLog, type Release } from '../../plan/release-log.ts';
import type { Site } from '../../plan/site.ts';
import { inInputs } from '../../remedy.ts';
import type { LedgerRow } from '../../schema/database.ts';
import { query } from '../../server/round.ts';
import { ledgerDatabase } from './databases.ts';

/** The migrations that the live code has, where a rollback goes away from it; none elsewhere. */
export function liveMigrations({ config, facts }: Site): readonly Migration[] {
  return config.command === 'rollback' ? (facts.inspect?.live.migrations ?? []) : [];
}

/** What ran since, of one batch, and what its down() would drop. */
export interface BatchSince {
  readonly batch: number;
  readonly classes: readonly string[];
  /** Tables by their whole names. */
  readonly drops: readonly string[];
}

/** What becomes of the migrations that ran since a rollback's commit was live. */
export async function judgeSince(
  site: Site,
  application: Application,
  rows: readonly LedgerRow[],
  due: readonly Migration[],
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const later = liveMigrations(site);
  const ran = ranSince(rows, application.migrations, later);
  if (ran.length === 0) return [];
  if (site.config['undo-migrations'] !== 'always') return [theyStay(ran)];
  const planned = await plannedBatches(site, application, rows, signal);
  const why = due.length > 0 ? 'the old code has migrations that did not run' : planned;
  return typeof why === 'string' ? [cannotGo(ran, why)] : lossOf(site, application, why, signal);
}

/** The batches that a rollback takes from the ledger, the newest first; or why they have to stay. */
export async function plannedBatches(
  site: Site,
  application: Application,
  rows: readonly LedgerRow[],
  signal: AbortSignal,
): Promise<readonly BatchSince[] | string> {
  const later = liveMigrations(site);
  const ran = ranSince(rows, application.migrations, later);
  const made = await madeBy(site, signal);
  return batchesSince(rows, ran, later, made, application.ledgerDatabase.prefix);
}

/** Tables that migrations made, by their batch, as far as the release log knows. */
async function madeBy(
  { server, release }: Site,
  signal: AbortSignal,
): Promise<ReadonlyMap<number, readonly string[]>> {
  const { log } = await query(server, { log: release.list() }, signal);
  const known = readReleaseLog(log.stdout).releases.filter(isKnown);
  return new Map(known.map(({ batch, made }) => [batch, made]));
}

function isKnown(one: Release): one is Release & Required<Pick<Release, 'batch' | 'made'>> {
  return one.outcome === 'deployed' && one.batch !== undefined && one.made !== undefined;
}

/**
 * The batches to roll back, the newest first. Only whole ones, and none that would drop what it did not make.
 * @param ran the rows that are to go
 * @param made tables that each batch made
 * @returns why they have to stay, as the end of "cannot be rolled back: ..."
 */
export function batchesSince(
  rows: readonly LedgerRow[],
  ran: readonly LedgerRow[],
  later: readonly Migration[],
  made: ReadonlyMap<number, readonly string[]>,
  prefix: string,
): readonly BatchSince[] | string {
  const oldest = Math.min(...ran.map(({ batch }) => batch));
  const others = rows.filter((row) => row.batch >= oldest && !ran.includes(row));
  if (others.length > 0) {
    const names = others.map((row) => row.class).join(', ');
    return `their batches, or later ones, hold migrations that are not only of the live code (${names})`;
  }
  const numbers = [...new Set(ran.map(({ batch }) => batch))].toSorted((a, b) => b - a);
  const all = numbers.map((batch) => {
    const own = ran.filter((row) => row.batch === batch);
    return batchOf(batch, own, later, made.get(batch) ?? null, prefix);
  });
  return all.find((one) => typeof one === 'string') ?? all.filter((one) => typeof one === 'object');
}

function batchOf(
  batch: number,
  rows: readonly LedgerRow[],
  later: readonly Migration[],
  made: readonly string[] | null,
  prefix: string,
): BatchSince | string {
  const own = later.filter((migration) => ranSince(rows, [], [migration]).length > 0);
  const drops: string[] = [];
  for (const { class: name, down } of own) {
    if (down.empty) return `down() of ${name} (batch ${batch}) does nothing`;
    if (down.dropsUnknown)
      return `down() of ${name} (batch ${batch}) drops tables that only running it would name`;
    for (const table of down.drops) {
      const whole = [table, prefix + table].find((one) => made?.includes(one));
      if (whole === undefined) {
        const known = made === null ? 'nobody wrote down whether it made that' : 'it did not make';
        return `down() of ${name} (batch ${batch}) would drop ${table}, and ${known}`;
      }
      drops.push(whole);
    }
  }
  return { batch, classes: own.map(({ class: name }) => name), drops };
}

function namesOf(ran: readonly LedgerRow[]): string {
  return ran.map((row) => `${row.class} (batch ${row.batch})`).join(', ');
}

function theyStay(ran: readonly LedgerRow[]): Finding {
  return noticeFinding(
    'migrations-stay',
    `These migrations ran since this commit was live, and stay: ${namesOf(ran)}. The old code has no file for them, and is verified with the tables as they are.`,
    inInputs('Roll them back once the old code is live', 'undo-migrations: always'),
  );
}

function cannotGo(ran: readonly LedgerRow[], why: string): Finding {
  return errorFinding(
    'migrations-cannot-go',
    `The migrations since this commit was live (${namesOf(ran)}) cannot be rolled back: ${why}.`,
    inInputs('Go back and leave them', 'undo-migrations: auto'),
  );
}

async function lossOf(
  site: Site,
  application: Application,
  batches: readonly BatchSince[],
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const database = await ledgerDatabase(site, application, signal);
  const findings: Finding[] = [];
  for (const { batch, classes, drops } of batches) {
    const lost: string[] = [];
    for (const table of drops) {
      const rows = await database.rowCount(table);
      lost.push(rows === null ? table : `${table} (${counted(rows, 'row')})`);
    }
    if (lost.length === 0) continue;
    findings.push(
      warningFinding(
        'migrations-drop-tables',
        `Batch ${batch} (${classes.join(', ')}) is rolled back once the old code is live, and drops ${lost.join(', ')}.`,
      ),
    );
  }
  return findings;
}
