import { createHash } from 'node:crypto';
import type { Application } from '../../app/application.ts';
import { errorFinding, type Finding } from '../../finding.ts';
import type { LockedLedger } from '../../plan/facts.ts';
import type { Site } from '../../plan/site.ts';
import { Stopped } from '../../plan/results.ts';
import type { Database } from '../../schema/database.ts';
import { ledgerDatabase, loginOf } from './databases.ts';

/**
 * The database of the ledger, which no other deploy migrates until this run is over. Another clone, or another
 * repository, may use the same one, and its lock in its own git directory says nothing to us. Waits as long as input
 * lock-wait says.
 * @throws Stopped when another deploy has it, with the finding recorded
 */
export async function lockedLedger(
  site: Site,
  application: Application,
  signal: AbortSignal,
): Promise<Database> {
  const { database, connection } = await held(site, application, signal);
  await writeDown(site, connection);
  return database;
}

/**
 * The same, and the rows of the ledger under that lock.
 * @param early what {@link tryLedger} returned: it counts as long as its connection is there
 * @throws what {@link lockedLedger} throws
 */
export async function lockedRows(
  site: Site,
  application: Application,
  early: LockedLedger | null,
  signal: AbortSignal,
): Promise<LockedLedger> {
  if (early !== null) {
    const there = await ledgerDatabase(site, application, signal);
    if (there === early.database) return early;
  }
  const { connection, ...ledger } = await held(site, application, signal);
  await writeDown(site, connection);
  return ledger;
}

/**
 * Tries once. Where another deploy has the lock, it is waited for when it is needed. A plan needs none, and of hosts that
 * share a database the first one migrates.
 */
export async function tryLedger(
  site: Site,
  application: Application,
  signal: AbortSignal,
): Promise<LockedLedger | null> {
  const { now } = site.journal;
  if (!site.isFirst || now.onlyPlans === true) return null;
  const database = await ledgerDatabase(site, application, signal);
  if (database.connection !== now.ledgerConnection) return null;
  const { database: schema } = loginOf(application.ledgerDatabase, site.config);
  const [connection, ledger] = await Promise.all([
    database.hold(lockName(schema)),
    ledgerOf(database, application),
  ]);
  return connection === database.connection ? ledger : null;
}

/** A lock whose runner is gone is taken away by this number: it is known before the lock is taken, mostly. */
async function writeDown({ journal }: Site, ledgerConnection: number): Promise<void> {
  if (journal.now.ledgerConnection !== ledgerConnection) await journal.note({ ledgerConnection });
}

/** A database whose lock is ours. */
interface Held extends LockedLedger {
  /** The number of our connection, which holds it. */
  readonly connection: number;
}

async function ledgerOf(database: Database, { ledger }: Application): Promise<LockedLedger> {
  const [rows, tables] = await Promise.all([database.ledger(ledger.table), database.tableNames()]);
  return { database, rows, tables };
}

async function held(site: Site, application: Application, signal: AbortSignal): Promise<Held> {
  const { database: schema } = loginOf(application.ledgerDatabase, site.config);
  const name = lockName(schema);
  for (let left = site.config['lock-wait']; ; left -= 1) {
    const database = await ledgerDatabase(site, application, signal);
    // At the same moment: the lock first, and the rows in the same round trip.
    const [connection, ledger] = await Promise.all([
      database.hold(name),
      ledgerOf(database, application),
    ]);
    if (connection !== null) return { ...ledger, connection };
    const after = await heldAfterUs(site, database, name, signal);
    if (after !== null) return { ...(await ledgerOf(database, application)), connection: after };
    if (left <= 0) break;
    await site.run.pause(1000, signal);
  }
  site.find(databaseLocked(schema));
  throw new Stopped('another deploy migrates this database');
}

/**
 * The lock may be held by an earlier connection of the very deploy that is finished here. A runner that vanished without
 * a word keeps it for hours, as nobody on the server notices. Such a connection is ended.
 * @returns the number of our connection; null when another deploy holds the lock
 */
async function heldAfterUs(
  site: Site,
  database: Database,
  name: string,
  signal: AbortSignal,
): Promise<number | null> {
  const { ledgerConnection } = site.journal.now;
  // Our own is written down before it holds anything.
  if (ledgerConnection === null || ledgerConnection === database.connection) return null;
  await database.endHolder(name, ledgerConnection);
  for (let tries = 10; tries > 0; tries -= 1) {
    const connection = await database.hold(name);
    if (connection !== null) return connection;
    await site.run.pause(200, signal);
  }
  return null;
}

/** The whole name of a schema may be longer than a lock's may be. */
function lockName(schema: string): string {
  return `ci4-deploy ${createHash('sha256').update(schema).digest('hex').slice(0, 40)}`;
}

function databaseLocked(schema: string): Finding {
  return errorFinding(
    'database-locked',
    `Another deploy that uses the database ${schema} is not over; it runs in another clone or for another repository. Two at once would roll back each other's migrations.`,
    'Run this one again when the other is over; input lock-wait: 10m waits by itself.',
  );
}
