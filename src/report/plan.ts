import { counted } from '../count.ts';
import type { PlanFacts, PlannedCost, PlannedMigration, PlannedStatement } from '../plan/facts.ts';
import { escape, fenced, itemised, list } from './markdown.ts';
import { aboutCommands } from './tables.ts';

/** `1 commit, 2 files, 1 migration`; of a commit that is live already that nothing is left. */
export function broughtBy({ alreadyLive, commits, files, migrations }: PlanFacts): string {
  if (alreadyLive) return 'nothing: the commit is live';
  return [
    counted(commits.length, 'commit'),
    counted(files.length, 'file'),
    counted(migrations.length, 'migration'),
  ].join(', ');
}

/** What a deploy would do, as lines of text; the commands of each step are on the page and in the outputs. */
export function planLines(plan: PlanFacts): readonly string[] {
  if (plan.alreadyLive) return ['The commit is live, and nothing is left to deploy.'];
  const { commits, migrations } = plan;
  return [
    ...under(noticed, noticeLines(plan)),
    'Migrations that would run',
    ...(migrations.length === 0 ? ['  none'] : migrations.flatMap(migrationLines)),
    ...under('Commits that would go live', commits),
    ...under('Files that would change', shownFiles(plan)),
  ];
}

const noticed = 'What visitors would notice';

/** What becomes of sessions, and every statement that may keep visitors waiting; first what matters most. */
export function noticeLines({ sessions, migrations }: PlanFacts): readonly string[] {
  if (migrations.length === 0) return [sessions];
  const waits = migrations.flatMap((migration) => {
    const name = shortName(migration);
    if (migration.statements === null) return [`${name} was not read. What it costs is not known.`];
    return migration.statements.flatMap(costsOf).filter(mayWait).map(saysIn(name));
  });
  return [
    sessions,
    ...(waits.length === 0 ? ['No change of a table keeps anybody waiting.'] : waits),
  ];
}

function costsOf({ costs }: PlannedStatement): readonly PlannedCost[] {
  return costs;
}

/** A sentence that names no table names its migration. */
function saysIn(name: string): (cost: PlannedCost) => string {
  return ({ table, says }) => (table === null ? `${name}: ${says}` : says);
}

/** The class without its namespace, as the path stands beside it. */
function shortName({ class: name }: PlannedMigration): string {
  return name.split('\\').at(-1) ?? name;
}

/** Whether writes wait, or nobody knows. */
function mayWait({ algorithm }: PlannedCost): boolean {
  return algorithm === null || algorithm === 'COPY' || algorithm.endsWith('writes wait');
}

function under(heading: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [heading, ...lines.map((line) => `  ${line}`)];
}

function migrationLines(migration: PlannedMigration): string[] {
  const { path, statements } = migration;
  const sql = (statements ?? []).map(statementText).join('\n');
  return [
    `  ${shortName(migration)} (${path})`,
    ...inWords(migration).map((line) => `    ${line}`),
    ...sql.split('\n').flatMap((line) => (line === '' ? [] : `      ${line}`)),
  ];
}

/** What a migration costs, as sentences. */
function inWords({ statements, unread }: PlannedMigration): readonly string[] {
  if (statements === null) return [`Its SQL was not read: ${unread}.`];
  if (statements.length === 0) return ['It says nothing to the database.'];
  const costs = statements.flatMap(costsOf).map(({ says }) => says);
  return costs.length === 0 ? ['It changes no table that is there.'] : costs;
}

function shownFiles({ files }: PlanFacts): readonly string[] {
  const rest = files.length > most ? [`and ${files.length - most} more`] : [];
  return [...files.slice(0, most), ...rest];
}

/** More files than these are counted alone. */
const most = 100;

/** The parts of a page about a plan, with all text of strangers escaped; empty where there is nothing to say. */
export interface PlanParts {
  readonly notice: string;
  readonly migrations: string;
  readonly commits: string;
  readonly files: string;
  /** The same without a heading. */
  readonly fileList: string;
  readonly commands: string;
}

/** What a deploy would do, part by part. */
export function planParts(plan: PlanFacts): PlanParts {
  const { alreadyLive, commits, migrations, commands } = plan;
  if (alreadyLive) {
    const notice = '### Plan\n\nThe commit is live, and nothing is left to deploy.';
    return { notice, migrations: '', commits: '', files: '', fileList: '', commands: '' };
  }
  const steps = commands.map(
    ({ step, lines: all }) => `${escape(step)}\n\n${fenced(all.join('\n'))}`,
  );
  const run = migrations.map(migrationPage);
  return {
    notice: list(noticed, noticeLines(plan)),
    migrations: run.length === 0 ? list('Migrations that would run', ['none']) : run.join('\n\n'),
    commits: list('Commits that would go live', commits),
    files: list('Files that would change', shownFiles(plan)),
    fileList: itemised(shownFiles(plan)),
    commands: `### What a deploy would run\n\n${aboutCommands}\n\n${steps.join('\n\n')}`,
  };
}

/** What a deploy would do, for the step summary. */
export function planPage(plan: PlanFacts): string {
  const { notice, migrations, commits, files, commands } = planParts(plan);
  return [notice, migrations, commits, files, commands].filter((part) => part !== '').join('\n\n');
}

function migrationPage(migration: PlannedMigration): string {
  const { path, statements } = migration;
  const title = `### Migration ${escape(shortName(migration))}\n\n${escape(path)}`;
  const words = itemised(inWords(migration));
  const sql = (statements ?? []).map(statementText).join('\n');
  return [title, words, sql === '' ? '' : fenced(sql, 'sql', '')]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** A statement as text; what is not known is a comment. */
export function statementText({ sql, doubt }: PlannedStatement): string {
  const why = doubt === null ? '' : `-- unresolved: ${doubt.replace(/\s+/g, ' ')}`;
  const text = sql === null ? '' : `${sql.replaceAll('\u{FFFC}', '...')};`;
  return [why, text].filter((part) => part !== '').join('\n');
}
