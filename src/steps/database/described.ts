import type { Application } from '../../app/application.ts';
import { noCommands, type OwnCommands } from '../../config/settings-commands.ts';
import { settingsFile } from '../../config/settings-path.ts';
import type { DescribedTable } from '../../config/settings-tables.ts';
import { inNextDeploy } from '../../finding.ts';
import type { VerifyFacts } from '../../plan/facts.ts';
import type { Site } from '../../plan/site.ts';
import type { Table } from '../../schema/table.ts';
import { shell, type Command, type Output } from '../../server/command.ts';
import { ledgerDatabase } from './databases.ts';

const read = `# read the settings of the repository
[ ! -e "$1" ] || cat "$1"`;

/** Asks for the settings that lie in the tree at `root`. */
export function askSettings(root: string): Command {
  return shell(read, [settingsFile], { cwd: root, shown: 'command' });
}

/** The tables that the settings describe, and the commands; what is wrong with them becomes findings. */
export async function readSettings(
  site: Site,
  { stdout }: Output,
): Promise<{ readonly tables: readonly DescribedTable[]; readonly commands: OwnCommands }> {
  // Few repositories have settings: without them nothing is loaded to read any.
  if (stdout === '') return { tables: [], commands: noCommands };
  const { readLive } = await import('../../described/live.ts');
  const { tables, commands, findings } = readLive(stdout);
  site.find(...findings);
  return { tables, commands };
}

/**
 * Compares the tables of the application's own database with their descriptions; findings go to the site.
 * @param migrated this run changed them, and rolls that back when something is wrong
 */
export async function verifyDescribed(
  site: Site,
  application: Application,
  tables: readonly DescribedTable[],
  migrated: boolean,
  signal: AbortSignal,
): Promise<void> {
  if (tables.length === 0) return;
  const { judgeTables } = await import('../../described/live.ts');
  const database = await ledgerDatabase(site, application, signal);
  const findings = await judgeTables(database, application, tables);
  site.find(...(migrated ? findings.map(inNextDeploy) : findings));
  site.log.say(`Compared with ${settingsFile}: ${tables.map(({ name }) => name).join(', ')}`);
}

/**
 * The same for what is live.
 * @returns what the settings would have to be, where input print-tables asks for it
 */
export async function verifyLiveTables(
  site: Site<'inspect'>,
  signal: AbortSignal,
): Promise<Pick<VerifyFacts, 'printed'>> {
  const { settings, live } = site.facts.inspect;
  const { tables } = await readSettings(site, settings);
  await verifyDescribed(site, live, tables, false, signal);
  if (!site.config['print-tables']) return {};
  const printed = await describeLive(site, live, signal);
  site.log.say(`What ${settingsFile} says of these tables as they are:\n${printed}`);
  return { printed };
}

/** What `tables` of the settings must say for the tables as they are: all but those of sessions and migrations. */
async function describeLive(
  site: Site,
  application: Application,
  signal: AbortSignal,
): Promise<string> {
  const { ledger, ledgerDatabase: own, session } = application;
  const database = await ledgerDatabase(site, application, signal);
  const others = [ledger.table, ledger.lockTable, session.table];
  const tables: Table[] = [];
  for (const name of await database.tableNames()) {
    if (others.includes(name) || !name.startsWith(own.prefix)) continue;
    const table = await database.table(name);
    if (typeof table === 'object') tables.push(table);
  }
  const { printTables } = await import('../../described/live.ts');
  return printTables(tables, own.prefix, database);
}
