import { counted } from '../count.ts';
import { pending } from '../app/ledger.ts';
import { noCommands, type Moment } from '../config/settings-commands.ts';
import type { Migration } from '../app/application.ts';
import type { PlanFacts, PlannedMigration, StageFacts } from '../plan/facts.ts';
import type { Site } from '../plan/site.ts';
import type { Step } from '../plan/step.ts';
import { command, nothing, printed, shell, type Command } from '../server/command.ts';
import { query } from '../server/round.ts';
import { Prices, type ReadStatement } from './database/costs.ts';
import { ledgerDatabase } from './database/databases.ts';
import { scopeOf } from './database/due.ts';
import { cleanupCommands } from './finish.ts';
import { entries } from './inspect/topics/words.ts';
import { commandsOf as ownCommands } from './own/own.ts';
import { spark } from './migrate.ts';
import { switchCommands } from './switch.ts';

/** What a migration would say, or why that was not read. */
export interface ReadMigration extends Pick<PlannedMigration, 'unread'> {
  readonly statements: readonly ReadStatement[] | null;
}

/** Reads what migrations would say, by their paths with the ids that git has for their contents. */
export type ReadMigrations = (
  wanted: ReadonlyMap<string, string>,
  product: string,
) => Promise<ReadonlyMap<string, ReadMigration>>;

const blobs = `# contents of the migrations
commit=$1 && shift
git ls-tree -z "$commit" -- "$@"`;

/** Says what a deploy of the staged commit would do. It changes nothing. */
export function foretell(read: ReadMigrations): Step<'plan', 'inspect' | 'stage'> {
  return {
    name: 'plan',
    title: 'Plan: what a deploy would do',
    needs: ['inspect', 'stage'],
    changesSite: false,
    on: 'every host',
    run: async (site, signal) => planOf(site, read, signal),
    undo: 'nothing to undo',
  };
}

async function planOf(
  site: Site<'inspect' | 'stage'>,
  read: ReadMigrations,
  signal: AbortSignal,
): Promise<PlanFacts> {
  const { inspect, stage } = site.facts;
  const { commit, previous } = site.journal.now;
  const range = ['log', '--format=%h %s', '--max-count=200', `${previous}..${commit}`];
  const question = command('git', range, { cwd: site.config.path, shown: 'command' });
  const { log } = await query(site.server, { log: question }, signal);
  site.notVerified(
    'What only a deploy shows: the migrations as they run, the tables after them, and the pages of the new code.',
  );
  const due = await dueMigrations(site, signal);
  return {
    alreadyLive: inspect.alreadyLive,
    commits: entries(log.stdout, '\n'),
    files: inspect.changed,
    migrations: await readDue(site, due, read, signal),
    sessions: sessionsOf(stage),
    commands: commandsOf(site, due.length > 0),
  };
}

async function dueMigrations(
  site: Site<'stage'>,
  signal: AbortSignal,
): Promise<readonly Migration[]> {
  const { application } = site.facts.stage;
  const database = await ledgerDatabase(site, application, signal);
  const rows = await database.ledger(application.ledger.table);
  return pending(application.migrations, rows, scopeOf(site, application));
}

async function readDue(
  site: Site<'stage'>,
  due: readonly Migration[],
  read: ReadMigrations,
  signal: AbortSignal,
): Promise<readonly PlannedMigration[]> {
  if (due.length === 0) return [];
  const paths = due.map(({ path }) => path);
  const question = shell(blobs, [site.journal.now.commit, ...paths], { cwd: site.config.path });
  const { listed } = await query(site.server, { listed: question }, signal);
  const ids = entries(listed.stdout, '\0').map((line) => {
    const [about = '', path = ''] = line.split('\t');
    return [path, about.split(' ')[2] ?? ''] as const;
  });
  const { application } = site.facts.stage;
  const database = await ledgerDatabase(site, application, signal);
  const found = await read(new Map(ids), database.product);
  const all = due.map(({ path }) => found.get(path) ?? unread);
  const statements = all.flatMap((one) => one.statements ?? []);
  const prices = await Prices.of(database, application.ledgerDatabase.strict, statements);
  return due.map(({ class: name, path }, at) => ({
    ...{ class: name, path },
    ...priced(all[at] ?? unread, prices),
  }));
}

const unread: ReadMigration = { statements: null, unread: 'it is not a file of the repository' };

function priced(
  { statements, unread: why }: ReadMigration,
  prices: Prices,
): Pick<PlannedMigration, 'statements' | 'unread'> {
  const all = statements?.map((statement) => {
    const { sql, doubt } = statement;
    return { sql, doubt, costs: prices.costsOf(statement) };
  });
  return { statements: all ?? null, unread: why };
}

/** What becomes of the sessions, as the stage has found. */
function sessionsOf({ cutover, sessions, loggedOut }: StageFacts): string {
  const all = sessions === null ? 'all sessions' : counted(sessions, 'session');
  if (loggedOut !== null) {
    const who = loggedOut.sessions === null ? 'Everybody' : counted(loggedOut.sessions, 'visitor');
    return `${who} would have to log in again.`;
  }
  if (cutover === null) return 'Sessions stay where they are, and nobody is logged out.';
  const { from, files, rows } = cutover.route;
  const [folder, table] = [files.folder, `the table ${rows.table}`];
  const [source, to] = from === 'files' ? [folder, table] : [table, folder];
  return `A deploy would move ${all} from ${source} to ${to}, and nobody is logged out.`;
}

/** The very commands, as values; {@link printed} shows them as the log of a deploy does. */
function commandsOf(site: Site, migrates: boolean): PlanFacts['commands'] {
  const { journal, release, config } = site;
  const { now } = journal;
  const { commands = noCommands } = site.facts.stage ?? {};
  const own = (moment: Moment): readonly Command[] => ownCommands(site, moment, commands[moment]);
  const install = now.dependencies ? [release.installDependencies(config.php)] : [];
  const steps: readonly (readonly [string, readonly Command[]])[] = [
    ['Stage', [...release.prepare(now), ...install]],
    ['In stage', [...delivery(site), ...own('in-stage')]],
    ['Migrate', migrates ? [{ ...spark(site) }] : []],
    ['Switch', switchCommands(site)],
    ['After switch', own('after-switch')],
    ['Finish', Object.values(cleanupCommands(site))],
    ['After a rollback', own('after-rollback')],
  ];
  return steps
    .map(([step, commands]) => ({
      step,
      lines: commands.filter((one) => one !== nothing).map(printed),
    }))
    .filter(({ lines }) => lines.length > 0);
}

/** What comes from the workspace, as a line of the plan. */
function delivery({ config: { files } }: Site): readonly Command[] {
  return files.length === 0 ? [] : [shell('# files from the workspace', files)];
}
