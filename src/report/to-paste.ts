import type { Finding } from '../finding.ts';
import { heading, type Instruction, type Remedy } from '../remedy.ts';

/**
 * The best remedies of all findings, put together for each who pastes, so that nobody has to be asked twice. A remedy that
 * goes from one place to another keeps its order, at the end. Of a single finding they would only say it again: none.
 */
export function blocks(findings: readonly Finding[]): readonly Instruction[] {
  const best = findings
    .map(({ remedies = [] }) => remedies.find(isForPasting))
    .filter((one) => one !== undefined);
  if (best.length < 2) return [];
  const together = best.filter((remedy) => placesOf(remedy).length === 1).flat();
  const apart = best.filter((remedy) => placesOf(remedy).length > 1).flat();
  return [...merged(together), ...apart];
}

function isForPasting(remedy: Remedy): boolean {
  return remedy.some(({ lines, shows }) => lines.length > 0 && shows !== true);
}

function placesOf(remedy: Remedy): readonly string[] {
  return [...new Set(remedy.map(heading))];
}

/** Each line once: what several findings ask for is done once. */
function merged(instructions: readonly Instruction[]): readonly Instruction[] {
  const byPlace = Map.groupBy(instructions, heading);
  return [...byPlace.values()].flatMap(([first, ...more]) => {
    if (first === undefined) return [];
    const lines = [first, ...more].flatMap((one) => one.lines);
    return [{ ...first, what: '', lines: [...new Set(lines)] }];
  });
}
