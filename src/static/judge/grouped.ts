import { counted } from '../../count.ts';
import type { Finding } from '../../finding.ts';
import type { StaticRule } from './names.ts';

/** Rules that speak of every file of a project that never kept them: one finding for each name is enough. */
const repetitive: ReadonlySet<string> = new Set<StaticRule>([
  'migration-down-empty',
  'migration-class-name',
]);
const placesShown = 5;

/** The findings, with one for each rule that would say the same of many files. */
export function grouped(findings: readonly Finding[]): readonly Finding[] {
  const byName = Map.groupBy(findings, ({ name }) => name);
  return findings.flatMap((one) => {
    const all = byName.get(one.name) ?? [];
    if (!repetitive.has(one.name) || all.length === 1) return [one];
    return all[0] === one ? [together(one, all)] : [];
  });
}

function together(first: Finding, all: readonly Finding[]): Finding {
  const others = all.slice(1).map(({ at }) => `${at?.file ?? ''}:${at?.line ?? ''}`);
  const more = others.length > placesShown ? `, and ${others.length - placesShown} more` : '';
  const places = others.slice(0, placesShown).join(', ');
  return {
    ...first,
    message: `${first.message} The same in ${counted(others.length, 'more file')}: ${places}${more}.`,
  };
}
