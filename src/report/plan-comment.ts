import { counted } from '../count.ts';
import type { PlanFacts } from '../plan/facts.ts';
import type { Finding, Severity } from '../finding.ts';
import { fitted, type Part } from './fitted.ts';
import { cleaned } from './harmless.ts';
import type { Links } from './links.ts';
import { escape, folded } from './markdown.ts';
import { siteNow, title } from './outcome.ts';
import { planParts } from './plan.ts';
import { isGreen, worstFirst, type Report } from './report.ts';
import { commitLink } from './tables.ts';

// GitHub takes 65,536 characters for the body of a comment (docs.github.com, REST API endpoints for issue comments).
const largest = 60_000;
const note = 'The rest was left out, because GitHub takes no longer comment. The run has it.';

/**
 * A plan as text for a comment on a pull request; empty where the run was no plan. The commands stay with the run: a comment
 * is for who decides about the change.
 */
export function planComment(reported: Report, links: Links): string {
  const report = cleaned(reported);
  if (report.command !== 'plan') return '';
  const sign = isGreen(report) ? '✅' : '❌';
  return fitted(largest, note, [
    [0, `## ${sign} ${escape(title(report))}`],
    [0, `${siteNow(report, (id) => commitLink(id, links))}${from(report, links)}`],
    [1, found('What to fix', report, 'error')],
    ...report.hosts.flatMap(({ plan }) => (plan === undefined ? [] : changes(plan))),
    [3, found('What may wait', report, 'warning')],
    ...report.hosts.flatMap(({ plan }) => (plan === undefined ? [] : contents(plan))),
  ]);
}

function changes(plan: PlanFacts): Part[] {
  const { notice, migrations } = planParts(plan);
  return [
    [1, notice],
    [2, migrations],
  ];
}

function contents(plan: PlanFacts): Part[] {
  const { commits, fileList } = planParts(plan);
  const count = counted(plan.files.length, 'file');
  return [
    [4, commits],
    [5, fileList === '' ? '' : folded(`${count} would change`, fileList)],
  ];
}

/** Which commit, and where the rest is. */
function from({ commit }: Report, links: Links): string {
  const id = commit === '' ? '' : ` This is about commit ${commitLink(commit, links)}.`;
  const { run } = links;
  return run === null
    ? id
    : `${id} The commands and all details: [${escape(run.name)}](${run.url}).`;
}

function found(heading: string, { findings }: Report, wanted: Severity): string {
  const shown = worstFirst(findings).filter(({ severity }) => severity === wanted);
  if (shown.length === 0) return '';
  return `### ${heading}\n\n${shown.map(item).join('\n')}`;
}

function item({ name, message }: Finding): string {
  return `- **${escape(name)}** · ${escape(message)}`;
}
