import type { Finding } from '../finding.ts';
import type { Log } from './log.ts';
import { quoted } from './log.ts';
import { isGreen, sentence, worstFirst, type Report } from './report.ts';
import { markdown } from './summary.ts';
import type { Workflow } from './workflow.ts';

// The runner keeps ten annotations of each level a step (actions/toolkit, docs/problem-matchers.md); one is our last sentence.
const mostAnnotations = 9;

/** Says the report everywhere it is read: log, annotations, outputs, step summary. `file` is where its JSON went. */
export async function publish(
  report: Report,
  workflow: Workflow,
  log: Log,
  file: string,
): Promise<void> {
  log.close();
  for (const finding of worstFirst(report.findings)) sayFinding(finding, log);
  annotate(report, workflow);
  for (const line of report.takenBack) log.say(`Taken back: ${line}`);
  for (const line of report.unproved) log.say(`Not proved: ${line}`);
  log.say(sentence(report));
  for (const [name, value] of Object.entries(outputs(report, file))) workflow.output(name, value);
  await workflow.summary(markdown(report));
}

function sayFinding({ name, severity, message, remedy }: Finding, log: Log): void {
  log.say(`${severity} ${name}`);
  log.say(quoted(message).join('\n'));
  if (remedy !== undefined) log.say(quoted(remedy).join('\n').replaceAll('│ ', '│   '));
}

function annotate(report: Report, workflow: Workflow): void {
  const told = { error: 0, warning: 0, notice: 0 };
  for (const finding of worstFirst(report.findings)) {
    told[finding.severity] += 1;
    if (told[finding.severity] <= mostAnnotations) workflow.annotate(finding);
  }
  if (!isGreen(report)) {
    workflow.annotate({ name: report.outcome, severity: 'error', message: sentence(report) });
  }
}

/** The outputs of the action, each as text. */
export function outputs(report: Report, file: string): Record<string, string> {
  return {
    outcome: report.outcome,
    commit: report.commit,
    'previous-commit': report.previousCommit,
    migrations: JSON.stringify(report.migrations),
    batch: report.batch === null ? '' : String(report.batch),
    columns: JSON.stringify(report.columns),
    findings: JSON.stringify(report.findings),
    seconds: report.seconds.toFixed(1),
    report: file,
  };
}
