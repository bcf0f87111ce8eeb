import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The files through which a step talks back, by the ending of their variable: GITHUB_OUTPUT and so on. */
export type StepFiles = Readonly<
  Record<'output' | 'state' | 'step_summary' | 'env' | 'path', string>
>;

/** Makes the empty files of one step below `temp`: main and post get files of their own, as on GitHub. */
export async function stepFiles(temp: string): Promise<StepFiles> {
  const parent = join(temp, '_runner_file_commands');
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, 'step-'));
  const files = {
    output: join(folder, 'set_output'),
    state: join(folder, 'save_state'),
    step_summary: join(folder, 'step_summary'),
    env: join(folder, 'set_env'),
    path: join(folder, 'add_path'),
  };
  for (const file of Object.values(files)) await writeFile(file, '');
  return files;
}

/** The text of such a file; one that the step removed counts as empty. */
export async function readStepFile(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => '');
}

/**
 * Reads `NAME=value` and `NAME<<DELIMITER` up to a line that is the delimiter (actions/runner, FileCommandManager.cs).
 * A later value of one name replaces the earlier.
 * @throws Error in the words of the runner when the text has another shape
 */
export function parsePairs(text: string): Map<string, string> {
  const pairs = new Map<string, string>();
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (line === '') continue;
    const [, name = '', sign = '', rest = ''] = /^(.*?)(=|<<)(.*)$/s.exec(line) ?? [];
    if (sign === '') throw new Error(`Invalid format '${line}'`);
    if (sign === '=') {
      pairs.set(name, rest);
      continue;
    }
    const end = endOfValue(lines, at, name, rest);
    pairs.set(name, lines.slice(at + 1, end).join('\n'));
    at = end;
  }
  return pairs;
}

function endOfValue(lines: readonly string[], at: number, name: string, delimiter: string): number {
  if (name === '' || delimiter === '') {
    throw new Error(
      `Invalid format '${lines[at] ?? ''}'. Name must not be empty and delimiter must not be empty`,
    );
  }
  const end = lines.indexOf(delimiter, at + 1);
  if (end < 0) throw new Error(`Invalid value. Matching delimiter not found '${delimiter}'`);
  return end;
}
