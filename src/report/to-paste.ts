import type { Finding } from '../finding.ts';
import { heading, type Instruction, type Remedy } from '../remedy.ts';

/** What one account pastes in one place, as one block. */
export interface Block {
  /** Who and where, as `On the server, as root`. */
  readonly title: string;
  readonly lines: readonly string[];
}

/**
 * The best remedies of all findings as blocks, one for each who pastes, so that nobody has to be asked twice. A remedy that
 * goes from one place to another keeps its order, in blocks of its own at the end.
 */
export function blocks(findings: readonly Finding[]): readonly Block[] {
  const remedies = findings
    .map(({ remedies: all = [] }) => all.find(isForPasting))
    .filter((one) => one !== undefined);
  const together = remedies.filter((remedy) => placesOf(remedy).length === 1).flat();
  const apart = remedies.filter((remedy) => placesOf(remedy).length > 1).flat();
  return [...merged(together), ...apart.map(blockOf)];
}

function isForPasting(remedy: Remedy): boolean {
  return remedy.some(({ lines, shows }) => lines.length > 0 && shows !== true);
}

function placesOf(remedy: Remedy): readonly string[] {
  return [...new Set(remedy.map(heading))];
}

function blockOf(instruction: Instruction): Block {
  const { what, lines } = instruction;
  return { title: `${heading(instruction)}: ${what}`.replace(/[.:]*\s*$/, ''), lines };
}

/** Each line once: what several findings ask for is done once. */
function merged(instructions: readonly Instruction[]): readonly Block[] {
  const titles = [...new Set(instructions.map(heading))];
  return titles.map((title) => ({
    title,
    lines: [
      ...new Set(
        instructions.filter((one) => heading(one) === title).flatMap(({ lines }) => lines),
      ),
    ],
  }));
}
