/** One line of a .env file. */
export interface Line {
  readonly value: string;
  readonly line: number;
}

/**
 * Reads a .env file as CodeIgniter's own reader does. The first definition of a name wins, a value loses its quotes
 * and a comment after a blank (system/Config/DotEnv.php).
 */
export function readDotenv(text: string): ReadonlyMap<string, Line> {
  const found = new Map<string, Line>();
  for (const [at, row] of text.split('\n').entries()) {
    const line = row.trim();
    const equals = line.indexOf('=');
    if (line.startsWith('#') || equals === -1) continue;
    const name = line
      .slice(0, equals)
      .trim()
      .replace(/^export\s+/, '')
      .replaceAll(/['"]/g, '');
    if (!found.has(name)) found.set(name, { value: valueOf(line.slice(equals + 1)), line: at + 1 });
  }
  return found;
}

function valueOf(text: string): string {
  const value = text.trim();
  const quoted = /^(["'])((?:\\.|(?!\1).)*)\1/.exec(value);
  if (quoted !== null) return (quoted[2] ?? '').replaceAll(/\\(["'\\])/g, '$1');
  return (value.split(' #')[0] ?? '').trim();
}
