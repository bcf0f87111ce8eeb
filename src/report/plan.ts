import type { PlanFacts, PlannedMigration, PlannedStatement } from '../plan/facts.ts';
import { escape, fenced, list } from './markdown.ts';

/** More files than these are counted alone. */
const most = 100;

/** What a deploy would do, for the step summary: all text of strangers is escaped. */
export function planPage({
  alreadyLive,
  commits,
  files,
  migrations,
  sessions,
  commands,
}: PlanFacts): string {
  if (alreadyLive) return '### Plan\n\nThe commit is live, and nothing is left to deploy.';
  const shown = files.slice(0, most);
  const rest = files.length > most ? [`and ${files.length - most} more`] : [];
  const lines = commands.map(
    ({ step, lines: all }) => `${escape(step)}\n\n${fenced(all.join('\n'))}`,
  );
  return [
    list('Commits that would go live', commits),
    list('Migrations that would run', migrations.length === 0 ? ['none'] : []),
    ...migrations.map(migrationPage),
    list('Sessions', [sessions]),
    list('Files that would change', [...shown, ...rest]),
    `### What a deploy would run\n\n${lines.join('\n\n')}`,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function migrationPage({ class: name, path, statements, unread }: PlannedMigration): string {
  const title = `### Migration ${escape(name)}\n\n${escape(path)}`;
  if (statements === null) return `${title}\n\nNot read: ${escape(unread)}.`;
  if (statements.length === 0) return `${title}\n\nIt says nothing to the database.`;
  return `${title}\n\n${fenced(statements.map(statementText).join('\n'), 'sql')}`;
}

/** A statement as text; what is not known is a comment. */
export function statementText({ sql, doubt }: PlannedStatement): string {
  const why = doubt === null ? '' : `-- unresolved: ${doubt.replace(/\s+/g, ' ')}`;
  const text = sql === null ? '' : `${sql.replaceAll('\u{FFFC}', '...')};`;
  return [why, text].filter((part) => part !== '').join('\n');
}
