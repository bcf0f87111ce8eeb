import { isError, type Finding, remedies } from '../finding.ts';
import type { Remedy } from '../remedy.ts';
import { worstFirst, type Report } from '../report/report.ts';
import type { Judgement } from '../static/judge/judge.ts';

/** The report of a check. Places are reported from the root of the repository, as GitHub wants them. */
export function checkReport(
  { findings, columns }: Judgement,
  checked: string,
  directory: string,
  seconds: number,
): Report {
  const placed = findings.map((one) => fromRoot(one, directory));
  return {
    outcome: placed.some(isError) ? 'failed' : 'passed',
    command: 'check',
    commit: '',
    hosts: [],
    migrations: [],
    batch: null,
    columns,
    findings: worstFirst(placed),
    unverified: [],
    ready: [],
    rollbackNotes: [],
    visitors: null,
    roundTrips: 0,
    checked,
    seconds,
  };
}

/** The report with one more error. */
export function withError(report: Report, finding: Finding): Report {
  return { ...report, outcome: 'failed', findings: worstFirst([...report.findings, finding]) };
}

/** The input sarif-file leads where nothing may be written. */
export function sarifNotWritten(why: string): Finding {
  return {
    name: 'sarif-not-written',
    severity: 'error',
    message: `sarif-file: ${why}.`,
    remedies: remedies(
      'Name a file in sarif-file that is not in the repository, in a folder that is none of its links.',
    ),
  };
}

function fromRoot(finding: Finding, directory: string): Finding {
  const { at, remedies: all } = finding;
  if (directory === '.') return finding;
  return {
    ...finding,
    ...(at === undefined ? {} : { at: { ...at, file: `${directory}/${at.file}` } }),
    ...(all === undefined ? {} : { remedies: all.map((one) => inDirectory(one, directory)) }),
  };
}

/** Lines for a clone name files as the application has them, and a person stands anywhere in the clone. */
function inDirectory(remedy: Remedy, directory: string): Remedy {
  const first = remedy.find(({ where, lines }) => where === 'clone' && lines.length > 0);
  const go = `cd "$(git rev-parse --show-toplevel)"/'${directory}'`;
  return remedy.map((one) => (one === first ? { ...one, lines: [go, ...one.lines] } : one));
}
