import { counted } from '../count.ts';
import type { PlanFacts, PlannedMigration, PlannedStatement } from '../plan/facts.ts';
import { escape, fenced, list } from './markdown.ts';
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
  const { commits, migrations, sessions } = plan;
  return [
    ...under('Commits that would go live', commits),
    'Migrations that would run',
    ...(migrations.length === 0 ? ['  none'] : migrations.flatMap(migrationLines)),
    ...under('Sessions', [sessions]),
    ...under('Files that would change', shownFiles(plan)),
  ];
}

function under(heading: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [heading, ...lines.map((line) => `  ${line}`)];
}

function migrationLines({ class: name, path, statements, unread }: PlannedMigration): string[] {
  const head = `  ${name} (${path})`;
  if (statements === null) return [head, `    Its SQL was not read: ${unread}.`];
  if (statements.length === 0) return [head, '    It says nothing to the database.'];
  const sql = statements.map(statementText).join('\n');
  return [head, ...sql.split('\n').map((line) => `    ${line}`)];
}

function shownFiles({ files }: PlanFacts): readonly string[] {
  const rest = files.length > most ? [`and ${files.length - most} more`] : [];
  return [...files.slice(0, most), ...rest];
}

/** More files than these are counted alone. */
const most = 100;

/** What a deploy would do, for the step summary: all text of strangers is escaped. */
export function planPage(plan: PlanFacts): string {
  const { alreadyLive, commits, migrations, sessions, commands } = plan;
  if (alreadyLive) return '### Plan\n\nThe commit is live, and nothing is left to deploy.';
  const lines = commands.map(
    ({ step, lines: all }) => `${escape(step)}\n\n${fenced(all.join('\n'))}`,
  );
  return [
    list('Commits that would go live', commits),
    list('Migrations that would run', migrations.length === 0 ? ['none'] : []),
    ...migrations.map(migrationPage),
    list('Sessions', [sessions]),
    list('Files that would change', shownFiles(plan)),
    `### What a deploy would run\n\n${aboutCommands}\n\n${lines.join('\n\n')}`,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function migrationPage({ class: name, path, statements, unread }: PlannedMigration): string {
  const title = `### Migration ${escape(name)}\n\n${escape(path)}`;
  if (statements === null) return `${title}\n\nIts SQL was not read: ${escape(unread)}.`;
  if (statements.length === 0) return `${title}\n\nIt says nothing to the database.`;
  return `${title}\n\n${fenced(statements.map(statementText).join('\n'), 'sql')}`;
}

/** A statement as text; what is not known is a comment. */
export function statementText({ sql, doubt }: PlannedStatement): string {
  const why = doubt === null ? '' : `-- unresolved: ${doubt.replace(/\s+/g, ' ')}`;
  const text = sql === null ? '' : `${sql.replaceAll('\u{FFFC}', '...')};`;
  return [why, text].filter((part) => part !== '').join('\n');
}
