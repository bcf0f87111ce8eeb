// How long a check takes: 1,000 migrations, and the source trees of CodeIgniter at hand: `npm run bench:static`.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { check } from '../../src/commands/check.ts';
import { firstClass } from '../../src/static/program/class.ts';
import { parsePhp } from '../../src/static/program/syntax.ts';
import { checkoutOf } from '../fakes/checkout.ts';
import { releases } from '../rig/releases.ts';
import { checkConfig } from './check-config.ts';
import { migrations } from './many.ts';

const config = { ...checkConfig, base: null };
const files = migrations(1000);
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
