import { askCanary, readCanary, type CanaryAnswered } from '../app/ask.ts';
import type { Application } from '../app/application.ts';
import { hasRow } from '../app/ledger.ts';
import type { EarlyProof } from '../plan/facts.ts';
import type { Site } from '../plan/site.ts';
import type { Step } from '../plan/step.ts';
import { inNextDeploy, isError, remedies, type Finding } from '../finding.ts';
import { dataTooSmall } from '../schema/capacity.ts';
import { compareColumns, type ColumnComparison } from '../schema/column-comparison.ts';
import { prefixed, tableElsewhere } from '../schema/elsewhere.ts';
import { expected, type Expectation } from '../schema/expected.ts';
import { judgeTable, tableMissing, tableNotVisible } from '../schema/judge.ts';
import type { Match } from '../schema/rule.ts';
import type { Table } from '../schema/table.ts';
import { query } from '../server/round.ts';
import { judgeCanary } from '../app/canary.ts';
import { verifyDescribed } from './database/described.ts';
import { ledgerDatabase, loginOf, sessionDatabase } from './database/databases.ts';

/** The table and the handler of the new code, before anything goes live. */
export const verify: Step<'verify', 'inspect' | 'stage'> = {
  name: 'verify',
  title: 'Verify: the table, and a session through the handler',
  needs: ['inspect', 'stage'],
  changesSite: false,
  on: 'once per database',
  async run(site, signal) {
    const { application, described, largestSession, early } = site.facts.stage;
    const ran = migrated(site);
    const asked = ran ? {} : early;
    const where = { tree: site.release.staged, largestSession, migrated: ran, ...asked };
    const columns = await verifySessions(site, application, where, signal);
    await verifyDescribed(site, application, described, where.migrated, signal);
    return { columns };
  },
  undo: 'nothing to undo',
};

/** What the session table is verified for. */
interface Verified {
  /** The root of the application on the server. */
  readonly tree: string;
  /** Bytes of the largest session that the table will have to hold. */
  readonly largestSession: number;
  /** This run migrated, and rolls it back when something is wrong. */
  readonly migrated: boolean;
  /** The table, where it was asked already and is the same now. */
  readonly table?: EarlyProof['table'];
  /** A session that goes through the handler while the table is as it is now, where one does. */
  readonly canary?: CanaryAnswered | Promise<CanaryAnswered> | null;
}

/** Whether this run changed the ledger. */
function migrated({ facts }: Site): boolean {
  return (facts.migrate?.classes.length ?? 0) > 0;
}

/**
 * Compares the session table and the handler of an application with what they need; findings go to the site.
 * @returns the columns as they are; none where the sessions are elsewhere
 */
export async function verifySessions(
  site: Site,
  application: Application,
  { tree, largestSession, migrated: ran, ...early }: Verified,
  signal: AbortSignal,
): Promise<readonly ColumnComparison[]> {
  const { session } = application;
  if (!session.inDatabase || session.table === null) {
    site.find(notInDatabase(session.driver));
    site.notVerified('The session table: the application keeps its sessions elsewhere.');
    return [];
  }
  const table = early.table ?? (await tableNow(site, application, session.table, signal));
  const wanted = expected(session);
  const { 'session-table-match': match } = site.config;
  const findings =
    typeof table === 'string'
      ? await judgeUnseen(site, application, wanted, table, signal)
      : [...judgeTable(wanted, table, match), ...judgeRoom(table, largestSession, match)];
  site.find(...(ran ? findings.map(inNextDeploy) : findings));
  if (!findings.some(isError)) {
    const known = await early.canary;
    const answer = known?.ok === true ? known : await canaryNow(site, tree, signal);
    site.find(...judgeCanary(answer, session));
  }
  const columns = compareColumns(wanted, table, match);
  const right = columns.filter(({ ok }) => ok).length;
  site.did(`${right} of ${columns.length} columns of the session table are right.`);
  return columns;
}

async function tableNow(
  site: Site,
  application: Application,
  name: string,
  signal: AbortSignal,
): Promise<Table | 'absent' | 'not visible'> {
  const database = await sessionDatabase(site, application, signal);
  return database.table(name);
}

/** One session through the handler of the application in that tree. */
export async function canaryNow(
  { config, run, server }: Site,
  tree: string,
  signal: AbortSignal,
): Promise<CanaryAnswered> {
  const question = { canary: askCanary(config.php, tree, run.nonce) };
  const { canary } = await query(server, question, signal);
  return readCanary(canary, run.nonce);
}

function judgeRoom(table: Table, largestSession: number, match: Match): readonly Finding[] {
  const tooSmall = dataTooSmall(table, largestSession, match);
  return tooSmall === null ? [] : [tooSmall];
}

/** A table that is not there, or not for us to see: where else it could be. */
async function judgeUnseen(
  site: Site,
  application: Application,
  wanted: Expectation,
  table: 'absent' | 'not visible',
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  if (table === 'not visible') return [tableNotVisible(wanted)];
  const database = await sessionDatabase(site, application, signal);
  const like = await database.namesLike(wanted.table);
  const own = loginOf(application.sessionDatabase, site.config).database;
  const elsewhere = tableElsewhere(wanted, own, like);
  const missing = tableMissing(wanted, await ledgerSaysItRan(site, application, signal));
  const [renamed] = elsewhere.filter(({ name }) => name === 'table-name-case');
  // One that is created beside it would be in the way of its new name.
  const part = remedies('Part of the remedy of table-name-case.');
  return [
    renamed === undefined ? missing : { ...missing, remedies: part },
    ...elsewhere,
    ...prefixed(application),
  ];
}

/** Whether a migration that looks like the one for this table has a row in the ledger. */
async function ledgerSaysItRan(
  site: Site,
  application: Application,
  signal: AbortSignal,
): Promise<boolean> {
  const database = await ledgerDatabase(site, application, signal);
  const rows = await database.ledger(application.ledger.table);
  return application.migrations.some(
    (migration) => /session/i.test(migration.class) && hasRow(rows, migration),
  );
}

function notInDatabase(driver: string): Finding {
  return {
    name: 'sessions-not-in-database',
    severity: 'notice',
    message: `The session handler is ${driver}, not DatabaseHandler: the session table was not checked.`,
    remedies: remedies('Nothing to do, unless this commit was meant to move the sessions.'),
  };
}
