import { planPage } from './plan.ts';
import { mayWait, toFix, toKnow, toPaste } from './findings-list.ts';
import { ownCommands } from './own.ts';
import { releasesTable } from './releases.ts';
import { noLinks, type Links } from './links.ts';
import { fitted } from './fitted.ts';
import { escape, fenced, list } from './markdown.ts';
import { siteNow, title } from './outcome.ts';
import { isGreen, type Report } from './report.ts';
import { columns, commands, commitLink, databases, facts, steps } from './tables.ts';

// The runner drops a summary above 1 MiB (actions/runner, FileCommandManager.cs).
const largest = 900_000;
const note =
  'The rest was left out, because GitHub shows no larger page. The file of the output `report` has it.';

/** What a page has besides the report. */
export interface Besides {
  readonly links: Links;
  /** The commands that changed something on the server, as a person would type them. */
  readonly changes: readonly string[];
}

/**
 * The report as the page GitHub shows for the step: Markdown, all foreign text escaped. What a person needs first stands
 * first: how it ended and why, what the site is now, what to fix.
 */
export function markdown(
  report: Report,
  { links, changes }: Besides = { links: noLinks, changes: [] },
): string {
  const sign = isGreen(report) ? '✅' : '❌';
  return fitted(largest, note, [
    [0, `## ${sign} ${escape(title(report))}`],
    [0, `**${siteNow(report, (id) => commitLink(id, links))}**`],
    [0, report.command === 'check' ? checked(report) : ''],
    [0, releases(report, links)],
    [1, plans(report)],
    [1, toFix(report, links)],
    [2, list('Not verified', report.unverified)],
    [3, toPaste(report)],
    [4, mayWait(report, links)],
    [4, list('Ready', report.ready)],
    [5, printed(report)],
    [6, steps(report)],
    [6, ownCommands(report)],
    [6, databases(report)],
    [7, columns(report)],
    [8, toKnow(report, links)],
    [9, facts(report, links)],
    // A lock that came and went is no change of the site.
    [10, report.outcome === 'refused' ? '' : commands(report, changes)],
  ]);
}

function checked({ checked: what }: Report): string {
  return what === undefined ? '' : `${escape(what)}.`;
}

/** What was deployed, host by host. */
function releases({ hosts }: Report, links: Links): string {
  return hosts
    .filter((host) => host.releases !== undefined)
    .map(({ server, releases: all = [] }) => {
      const where = hosts.length > 1 ? ` on ${escape(server)}` : '';
      const known = all.length === 0 ? 'None is known.' : releasesTable(all, links);
      return `### Deploys${where}\n\n${known}`;
    })
    .join('\n\n');
}

/** What a deploy would do, host by host. */
function plans({ hosts }: Report): string {
  return hosts.flatMap(({ plan }) => (plan === undefined ? [] : [planPage(plan)])).join('\n\n');
}

function printed({ printed: text }: Report): string {
  if (text === undefined) return '';
  return `### The tables as they are, for \`.ci4-deploy.yml\`\n\n${fenced(text.trimEnd(), 'yaml', '')}`;
}
