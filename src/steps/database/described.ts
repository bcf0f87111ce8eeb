import type { Application } from '../../app/application.ts';
import { readSettingsFile, settingsFile } from '../../config/settings-file.ts';
import type { DescribedTable } from '../../config/settings-tables.ts';
import { inNextDeploy } from '../../finding.ts';
import type { VerifyFacts } from '../../plan/facts.ts';
import type { Site } from '../../plan/site.ts';
import type { Table } from '../../schema/table.ts';
import { shell, type Command, type Output } from '../../server/command.ts';
import { misdescribed } from '../../described/folded.ts';
import { describe } from '../../described/print.ts';
import { familyOf, judgeTables } from '../../described/live.ts';
import { ruleNames } from '../../static/judge/names.ts';
import { ledgerDatabase } from './databases.ts';

const read = `# read the settings of the repository
[ ! -e "$1" ] || cat "$1"`;

/** Asks for the settings that lie in the tree at `root`. */
export function askSettings(root: string): Command {
  return shell(read, [settingsFile], { cwd: root, shown: 'command' });
}

/** The tables that the settings describe; what is wrong with them becomes findings. */
export function readDescribed(site: Site, { stdout }: Output): readonly DescribedTable[] {
  const settings = readSettingsFile(stdout, ruleNames);
  if ('tables' in settings) return settings.tables;
  site.find(...settings.map(misdescribed));
  return [];
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
  await verifyDescribed(site, live, readDescribed(site, settings), false, signal);
  if (!site.config['print-tables']) return {};
  const printed = await printTables(site, live, signal);
  site.log.say(`What ${settingsFile} says of these tables as they are:\n${printed}`);
  return { printed };
}

/** What `tables` of the settings must say for the tables as they are: all but those of sessions and migrations. */
async function printTables(
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
  return describe(tables, own.prefix, familyOf(database));
}
