import { isError, noticeFinding, type Finding } from '../finding.ts';
import { quoted } from '../schema/remedy.ts';
import { migrate, type TrialContext } from './attempt.ts';
import { makerOf, verifyTried } from './table.ts';

/** The session table as CodeIgniter 3's user guide has it. */
function ci3Table(name: string): string {
  return `CREATE TABLE ${quoted(name)} (
    id varchar(128) NOT NULL, ip_address varchar(45) NOT NULL, timestamp int(10) unsigned DEFAULT 0 NOT NULL,
    data blob NOT NULL, PRIMARY KEY (id), KEY ci_sessions_timestamp (timestamp))`;
}

/** What migrations do over a session table of CodeIgniter 3 that is there already, in a word for the report. */
export interface OverCi3 {
  readonly result: string;
  readonly findings: readonly Finding[];
}

/** Migrates over such a table: who moved from CodeIgniter 3 has one. */
export async function migrateOverCi3(trial: TrialContext): Promise<OverCi3> {
  const { application, scratch, match, before } = trial;
  const name = application.session.forgeTable;
  if (!application.session.inDatabase || name === null) return skipped('no session table');
  if (before.some((one) => one.name === name)) return skipped(`${name} was there before`);
  await scratch.execute(ci3Table(name));
  const findings = await migrate(trial);
  if (findings.some(isError)) return { result: 'stops, and says so', findings: [] };
  const { findings: wrong } = await verifyTried(application, scratch.database, match);
  if (!wrong.some(isError)) return { result: 'becomes right', findings: [] };
  const maker = makerOf(application);
  const survives = noticeFinding(
    'old-table-survives',
    `Over a session table ${name} of CodeIgniter 3 these migrations run through, and the old table stays (${wrong
      .filter(isError)
      .map(({ name: rule }) => rule)
      .join(
        ', ',
      )}): IF NOT EXISTS hides it. A server that came from CodeIgniter 3 would count as migrated; a deploy compares the live table and stops.`,
    `In up(), before createTable(): $this->forge->dropTable('${application.session.savePath}', true);   (old sessions are lost), or leave out the second argument of createTable() so that it stops`,
  );
  const at = maker === undefined ? {} : { at: { file: maker.path, line: maker.line } };
  // The generator of CodeIgniter writes it so, and most servers have no such table.
  const reported: Finding = { ...survives, ...at };
  return { result: 'left as it was, unnoticed', findings: [reported] };
}

function skipped(why: string): OverCi3 {
  return { result: `not tried: ${why}`, findings: [] };
}
