import { remedyText } from '../remedy.ts';
import { sayFindings } from './annotations.ts';
import { cleaned } from './harmless.ts';
import type { Log } from '../log.ts';
import { planLines } from './plan.ts';
import { releaseLines } from './releases.ts';
import type { Links } from './links.ts';
import type { WorkflowLog } from './log.ts';
import { siteNow } from './outcome.ts';
import { closing, type Report } from './report.ts';
import { blocks } from './to-paste.ts';
import { markdown } from './summary.ts';
import type { Workflow } from './workflow.ts';

/** The report as the file that the output `report` names. */
export function reportFile(report: Report): string {
  return `${JSON.stringify(cleaned(report), null, 2)}\n`;
}

/** Where else the report goes, and where its pages lead. */
export interface Destination {
  /** The file that has its JSON. */
  readonly file: string;
  /** The file that has a plan as text for a comment; empty where there is none. */
  readonly comment: string;
  readonly links: Links;
}

/** Says the report everywhere it is read: log, annotations, outputs, step summary. */
export async function publish(
  reported: Report,
  workflow: Workflow,
  log: WorkflowLog,
  { file, comment, links }: Destination,
): Promise<void> {
  const report = cleaned(reported);
  log.close();
  sayAsked(report, log);
  sayFindings(report, workflow, log);
  for (const line of report.ready) log.say(`Ready: ${line}`);
  if (report.command === 'doctor') sayBlocks(report, log);
  for (const line of report.rollbackNotes) log.say(`Rolled back: ${line}`);
  for (const line of report.unverified) log.say(`Not verified: ${line}`);
  log.say(siteNow(report, (id) => id.slice(0, 10)));
  log.say(closing(report));
  for (const [name, value] of Object.entries(outputs(report, { file, comment })))
    workflow.output(name, value);
  await workflow.summary(markdown(report, { links, changes: log.changes }));
}

/** What was asked for: the plan, or the list of deploys. */
function sayAsked({ hosts }: Report, log: Log): void {
  for (const { plan, releases = [] } of hosts) {
    for (const line of plan === undefined ? [] : planLines(plan)) log.say(line);
    for (const line of releaseLines(releases)) log.say(line);
  }
}

/** All there is to paste once more, as a block for each who does it. */
function sayBlocks({ findings }: Report, log: Log): void {
  const all = blocks(findings);
  if (all.length > 0) log.say(`To paste, all of it:\n${remedyText([all])}`);
}

/** The outputs of the action, each as text. */
export function outputs(
  report: Report,
  { file, comment }: Pick<Destination, 'file' | 'comment'>,
): Record<string, string> {
  return {
    outcome: report.outcome,
    commit: report.commit,
    'previous-commit': report.hosts[0]?.previousCommit ?? '',
    migrations: JSON.stringify(report.migrations),
    batch: report.batch === null ? '' : String(report.batch),
    columns: JSON.stringify(report.columns),
    plan: report.hosts[0]?.plan === undefined ? '' : JSON.stringify(report.hosts[0].plan),
    'plan-comment': comment,
    releases: JSON.stringify(report.hosts[0]?.releases ?? []),
    findings: JSON.stringify(report.findings),
    seconds: report.seconds.toFixed(1),
    report: file,
  };
}
