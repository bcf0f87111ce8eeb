import type { Finding } from '../../src/finding.ts';

/** What the first remedy of a finding has to paste; its words where it has nothing. */
export function pasted(finding: Pick<Finding, 'remedies'> | undefined): string {
  const [first = []] = finding?.remedies ?? [];
  const lines = first.flatMap((one) => one.lines);
  return (lines.length > 0 ? lines : first.map(({ what }) => what)).join('\n');
}

/** The migration that a finding offers to commit; empty where it offers none. */
export function offeredMigration(finding: Pick<Finding, 'remedies'> | undefined): string {
  const all = (finding?.remedies ?? []).flat().flatMap(({ lines }) => lines);
  const php = all.map((line) => /<\?php[^]*/.exec(line)?.[0]).find((text) => text !== undefined);
  return (php ?? '').replace(/\nPHP$/, '\n');
}
