// How long a check takes: 1,000 migrations, and the source trees of CodeIgniter at hand: `npm run bench:static`.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { check } from '../../src/commands/check.ts';
import { firstClass } from '../../src/static/program/class.ts';
import { parsePhp } from '../../src/static/program/syntax.ts';
import { checkoutOf } from '../fakes/checkout.ts';
import { releases } from '../rig/releases.ts';
import { checkConfig } from './check-config.ts';
import { application, migrationPath } from './application.ts';
import { corpus } from './corpus/all.ts';
import { read, type Read } from './folded.ts';

const count = 1000;
// One that fails would stop the run, and nothing after it would be walked.
const sources = corpus
  .filter((one) => one.files.length === 1 && !stops(read(one, '4.7.2 on MariaDB 10.11')))
  .flatMap(({ files }) => files)
  // Other tables than ours would be there already at the second turn.
  .filter((text) => !/users|tokens|'ci_'|CI_SESSIONS/.test(text));

function stops(reported: Read): boolean {
  return reported === 'unresolved' || reported.failed;
}

function many(): Record<string, string> {
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

const config = { ...checkConfig, base: null };
const files = many();
const began = performance.now();
const reported = await check(config, checkoutOf(files), () => (performance.now() - began) / 1000);
// The last one makes the session table, so that it is only judged when all were walked.
if (reported.columns.length === 0) throw new Error(JSON.stringify(reported.findings, null, 1));
console.log(`${reported.checked ?? ''}: ${reported.seconds.toFixed(2)} s`);

for (const { version, folder } of await releases()) {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.php'),
  );
  const start = performance.now();
  let unread = 0;
  for (const path of paths) {
    try {
      firstClass(parsePhp(readFileSync(join(folder, path), 'utf8'), path));
    } catch (error) {
      unread += 1;
      console.log(`  ${path}: ${String(error)}`);
    }
  }
  const seconds = (performance.now() - start) / 1000;
  console.log(
    `CodeIgniter ${version}: ${paths.length} files, ${unread} not read, ${seconds.toFixed(2)} s`,
  );
}
