import type { Finding, Severity } from '../finding.ts';
import { remedyText } from '../remedy.ts';
import { cleaned } from './harmless.ts';
import type { Log } from '../log.ts';
import { worstFirst, type Report } from './report.ts';
import { annotationText, type Annotation, type Workflow } from './workflow.ts';

// The runner keeps ten annotations of each level a step and drops the others (actions/runner, ExecutionContext.cs,
// AddIssue). GitHub shows fifty a job (actions/toolkit, docs/problem-matchers.md): all of ours fit twice over.
const mostOfOneLevel = 10;
// What is longer the runner cuts (ExecutionContext.cs, AddIssue).
const longest = 4096;

const levels: readonly Severity[] = ['error', 'warning', 'notice'];

/**
 * Says every finding once in the log, worst first. The runner prints an annotation into the log, so a finding that
 * became one is not said again. Those for which there is no room are said as plain lines, and counted in the last one.
 */
export function sayFindings(report: Report, workflow: Workflow, log: Log): void {
  const all = worstFirst(report.findings);
  for (const level of levels) {
    const found = all.filter(({ severity }) => severity === level);
    const room = found.length <= mostOfOneLevel ? found.length : mostOfOneLevel - 1;
    found.slice(0, room).forEach((one) => {
      sayAnnotated(one, workflow, log);
    });
    found.slice(room).forEach((one) => {
      sayPlain(one, log);
    });
    if (found.length <= room) continue;
    const message = more(found.length - room, level);
    annotate({ name: `more-${level}s`, severity: level, message }, workflow);
  }
}

function more(count: number, level: Severity): string {
  return count === 1
    ? `1 more ${level} is in the summary.`
    : `${count} more ${level}s are in the summary.`;
}

/** A finding as an annotation that the runner takes whole. Its texts may be foreign, so they are made harmless here. */
export function annotate(finding: Annotation, workflow: Workflow): void {
  const { message, ...rest } = cleaned(finding);
  workflow.annotate({
    ...rest,
    message:
      message.length <= longest ? message : `${message.slice(0, longest - cut.length)}${cut}`,
  });
}

const cut = '... (cut: the summary has the whole)';

function sayAnnotated(finding: Finding, workflow: Workflow, log: Log): void {
  const { message, remedies, ...rest } = finding;
  log.say(heading(finding));
  if (annotationText(message, remedies).length <= longest) {
    annotate(finding, workflow);
    return;
  }
  annotate({ message, ...rest }, workflow);
  if (message.length > longest) log.say(message);
  sayRemedies(finding, log);
}

function sayPlain(finding: Finding, log: Log): void {
  log.say(heading(finding));
  log.say(finding.message);
  sayRemedies(finding, log);
}

/** Indented and otherwise untouched: these lines are there to be copied. */
function sayRemedies({ remedies = [] }: Finding, log: Log): void {
  if (remedies.length > 0) log.say(remedyText(remedies));
}

function heading({ name, severity, at }: Finding): string {
  return `${severity} ${name}${at === undefined ? '' : ` at ${at.file}:${at.line}`}`;
}
