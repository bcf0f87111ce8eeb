import { application, migrationPath } from './application.ts';
import { corpus } from './corpus/all.ts';
import { read, type Read } from './folded.ts';

// One that fails would stop the run, and nothing after it would be walked.
const sources = corpus
  .filter((one) => one.files.length === 1 && !stops(read(one, '4.7.2 on MariaDB 10.11')))
  .flatMap(({ files }) => files)
  // Other tables than ours would be there already at the second turn.
  .filter((text) => !/users|tokens|'ci_'|CI_SESSIONS/.test(text));

function stops(reported: Read): boolean {
  return reported === 'unresolved' || reported.failed;
}

/** An application with that many migrations; the last one makes its session table. */
export function migrations(count: number): Record<string, string> {
  const files = application({ savePath: `'table_${count - 1}'` });
  for (let at = 0; at < count; at += 1) {
    const name = `Step${at}`;
    const stamp = `2020-01-01-${String(at).padStart(6, '0')}`;
    const source = sources[at % sources.length] ?? '';
    // A table of its own for each, so that none stops the others.
    files[migrationPath(`${stamp}_${name}`)] = source
      .replace(/class \w+ extends/, `class ${name} extends`)
      .replaceAll('ci_sessions', `table_${at}`);
  }
  return files;
}
