import { quote } from '../server/command.ts';
import { toSeeInClone } from '../remedy.ts';
import { type Finding, remedies } from '../finding.ts';

const pattern = /^(?:PHP )?(?:Parse|Fatal) error:\s+(.*) in (.+) on line (\d+)$/;

/** Syntax errors in what `php -l` printed, one finding for each file and line; paths as php was given them. */
export function readSyntaxErrors(text: string): readonly Finding[] {
  const found = new Map<string, Finding>();
  for (const line of text.split('\n')) {
    const [, problem, file, number] = pattern.exec(line.trim()) ?? [];
    if (problem === undefined || file === undefined) continue;
    found.set(`${file}:${number ?? ''}`, {
      name: 'syntax-error',
      severity: 'error',
      message: `${file} line ${number ?? '?'} does not parse with the server's PHP: ${problem}`,
      remedies: remedies(
        toSeeInClone('Correct the file. This has to find nothing', `php -l ${quote(file)}`),
      ),
      at: { file, line: Number(number) },
    });
  }
  return [...found.values()];
}
