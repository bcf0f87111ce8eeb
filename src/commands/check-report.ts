import { isError, type Finding } from '../finding.ts';
import { worstFirst, type Report } from '../report/report.ts';
import type { Judgement } from '../static/judge/judge.ts';

/** The report of a check. Places are told from the root of the repository, as GitHub wants them. */
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
    server: '',
    path: '',
    commit: '',
    previousCommit: '',
    steps: [],
    undone: [],
    migrations: [],
    batch: null,
    columns,
    findings: worstFirst(placed),
    unproved: [],
    takenBack: [],
    roundTrips: 0,
    checked,
    seconds,
  };
}

function fromRoot(finding: Finding, directory: string): Finding {
  const { at } = finding;
  if (at === undefined || directory === '.') return finding;
  return { ...finding, at: { ...at, file: `${directory}/${at.file}` } };
}
