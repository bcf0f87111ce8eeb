import { application, migrationPath } from './application.ts';
import { corpus } from './corpus/all.ts';
import { file, right } from './corpus/migration.ts';
import { foldFiles, read, type Read } from './folded.ts';

const on = '4.7.2 on MariaDB 10.11';
const documented = file('CreateSessions', right);

// One that fails would stop the run, and nothing after it would be walked.
const sources = corpus
  .filter((one) => one.files.length === 1 && !stops(read(one, on)))
  .flatMap(({ files }) => files)
  // Written in another way, the name would stay as it is; what others make of `users`, the next one would find.
  .filter((text) => !/'ci_'|CI_SESSIONS|users|tokens/.test(text))
  // What makes more than this table would find that at its second turn.
  .filter((text) => foldFiles([named(text, 'another'), text], on).stoppedAt === null);

function stops(reported: Read): boolean {
  return reported === 'unresolved' || reported.failed;
}

function named(text: string, table: string): string {
  return text.replaceAll('ci_sessions', table);
}

/** An application with that many migrations; the last one makes its session table. */
export function migrations(count: number): Record<string, string> {
  const files = application({ savePath: `'table_${count - 1}'` });
  for (let at = 0; at < count; at += 1) {
    const name = `Step${at}`;
    const stamp = `2020-01-01-${String(at).padStart(6, '0')}`;
    // The last one is as documented: what the check says of its table shows that all were read.
    const source = at === count - 1 ? documented : (sources[at % sources.length] ?? '');
    // A table of its own for each, so that none stops the others.
    files[migrationPath(`${stamp}_${name}`)] = named(source, `table_${at}`).replace(
      /class \w+ extends/,
      `class ${name} extends`,
    );
  }
  return files;
}
