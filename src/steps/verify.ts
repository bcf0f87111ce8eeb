import { askCanary, readCanary } from '../app/ask.ts';
import type { Application } from '../app/application.ts';
import { hasRow } from '../app/ledger.ts';
import type { Site } from '../plan/site.ts';
import type { Step } from '../plan/step.ts';
import type { Finding } from '../finding.ts';
import { isError } from '../finding.ts';
import { dataTooSmall } from '../schema/capacity.ts';
import { compareColumns } from '../schema/column-comparison.ts';
import { tableElsewhere } from '../schema/elsewhere.ts';
import { expected } from '../schema/expected.ts';
import { judgeTable, tableMissing, tableNotVisible } from '../schema/rules.ts';
import { ask } from '../server/round.ts';
import { judgeCanary } from './database/canary.ts';
import { verifyDescribed } from './database/described.ts';
import { ledgerDatabase, loginOf, sessionDatabase } from './database/databases.ts';
import { stageOf } from './tree/paths.ts';
import { stagedApplication } from './stage.ts';

/** The table and the handler of the new code, before anything goes live. */
export const verify: Step = {
  name: 'verify',
  title: 'Verify: the table, and a session through the handler',
  async run(site, signal) {
    const application = stagedApplication(site);
    await verifySessions(site, application, stageOf(site.journal.now.stateDir), signal);
    await verifyDescribed(site, application, site.learned.described ?? [], signal);
    site.stopAtErrors();
  },
  undo: 'nothing to undo',
};

/** Holds the session table and the handler of the application at `root` against what they need; findings go to the site. */
export async function verifySessions(
  site: Site,
  application: Application,
  root: string,
  signal: AbortSignal,
): Promise<void> {
  const { session } = application;
  if (!session.inDatabase || session.table === null) {
    site.find(notInDatabase(session.driver));
    site.learned.unverified.push(
      'The session table: the application keeps its sessions elsewhere.',
    );
    return;
  }
  const findings = await verifyTable(site, application, session.table, signal);
  site.find(...findings);
  if (findings.some(isError)) return;
  const question = { canary: askCanary(site.config.php, root, site.run.nonce) };
  const { canary } = await ask(site.server, question, signal);
  site.find(...judgeCanary(readCanary(canary, site.run.nonce), session));
}

async function verifyTable(
  site: Site,
  application: Application,
  name: string,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const database = await sessionDatabase(site, application, signal);
  const table = await database.table(name);
  const wanted = expected(application.session);
  site.learned.columns = compareColumns(wanted, table, site.config['session-table-match']);
  if (table === 'absent') {
    return [
      tableMissing(wanted, await ledgerSaysItRan(site, application, signal)),
      ...tableElsewhere(
        wanted,
        loginOf(application.sessionDatabase, site.config).database,
        await database.namesLike(name),
      ),
      ...prefixed(application),
    ];
  }
  if (table === 'not visible') return [tableNotVisible(wanted)];
  const tooSmall = dataTooSmall(table, site.learned.largestSession ?? 0);
  return [
    ...judgeTable(wanted, table, site.config['session-table-match']),
    ...(tooSmall === null ? [] : [tooSmall]),
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

/** The query builder leaves a name alone that begins with the prefix, Forge does not: the two then mean different tables. */
export function prefixed({
  session,
  sessionDatabase: { prefix },
}: Application): readonly Finding[] {
  if (session.table === session.forgeTable || session.forgeTable === null) return [];
  return [
    {
      name: 'prefix-doubled',
      severity: 'error',
      message: `A migration creates ${session.forgeTable}, but the session handler reads ${session.table ?? ''}: the name already begins with the prefix ${prefix}.`,
      remedy: `Give the session table a name that does not begin with ${prefix}.`,
    },
  ];
}

function notInDatabase(driver: string): Finding {
  return {
    name: 'sessions-not-in-database',
    severity: 'notice',
    message: `The session handler is ${driver}, not DatabaseHandler: the session table was not checked.`,
    remedy: 'Nothing to do, unless this commit was meant to move the sessions.',
  };
}
