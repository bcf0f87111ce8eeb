import type { Finding } from '../../src/finding.ts';

/** What the first remedy of a finding has to paste; its words where it has nothing. */
export function pasted(finding: Pick<Finding, 'remedies'> | undefined): string {
  const [first = []] = finding?.remedies ?? [];
  const lines = first.flatMap((one) => one.lines);
  return (lines.length > 0 ? lines : first.map(({ what }) => what)).join('\n');
}
