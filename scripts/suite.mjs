// The whole suite: what is generated is current, types, style, then every test. The last line says how it went.
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argv, env, execPath, exit, pid } from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { base } from '../test/rig/bases.ts';
import { told } from '../test/rig/releases.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values, positionals } = parseArgs({
  args: argv.slice(2),
  options: { 'all-releases': { type: 'boolean', default: false } },
  allowPositionals: true,
});
if (values['all-releases']) env.ALL_RELEASES = '1';

const modules = (path) => join(root, 'node_modules', path);
const checks = [
  ['src/php/programs.ts is current', ['scripts/embed-php.mjs', '--check']],
  ['dist is current', ['scripts/build.mjs', '--check']],
  ['types', [modules('typescript/bin/tsc')]],
  ['lint', [modules('eslint/bin/eslint.js'), '.']],
  ['format', [modules('prettier/bin/prettier.cjs'), '--check', '--log-level=warn', '.']],
];

let passed = 0;
let failed = 0;

function timed(title, work) {
  const began = Date.now();
  const good = work();
  console.log(`${good ? 'ok' : 'FAILED'}  ${title} (${Math.round((Date.now() - began) / 1000)} s)`);
  return good;
}

for (const [title, args] of positionals.length === 0 ? checks : []) {
  const good = timed(title, () => {
    const { status } = spawnSync(execPath, args, { cwd: root, stdio: 'inherit' });
    return status === 0;
  });
  if (good) passed += 1;
  else failed += 1;
}

for (const name of ['debian12', 'debian13', 'mysql9']) await base(name);

const result = join(tmpdir(), `ci4-deploy-jest-${pid}.json`);
timed('tests', () => {
  const { status } = spawnSync(
    execPath,
    [
      '--experimental-vm-modules',
      '--no-warnings',
      modules('jest/bin/jest.js'),
      '--maxWorkers=2',
      '--json',
      `--outputFile=${result}`,
      ...positionals,
    ],
    // The JSON goes to the file, the story to standard error.
    { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  return status === 0;
});

try {
  const told = JSON.parse(readFileSync(result, 'utf8'));
  passed += told.numPassedTests;
  // A suite that does not even load has no tests of its own to fail.
  failed += told.numFailedTests + told.numRuntimeErrorTestSuites;
  rmSync(result);
} catch {
  console.log('FAILED  jest left no result');
  failed += 1;
}
console.log(`${passed} passed, ${failed} failed. ${await told()}`);
exit(failed === 0 && passed > 0 ? 0 : 1);
