// The whole suite: what is generated is current, types, style, then every test. The last line says how it went.
import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argv, env, execPath, exit, pid } from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { base } from '../test/rig/bases.ts';
import { reported } from '../test/rig/releases.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values, positionals } = parseArgs({
  args: argv.slice(2),
  options: {
    'all-releases': { type: 'boolean', default: false },
    'every-step': { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
if (values['all-releases']) env.ALL_RELEASES = '1';
if (values['every-step']) env.EVERY_STEP = '1';

const modules = (path) => join(root, 'node_modules', path);
const checks = [
  ['src/php/programs.ts is current', ['scripts/embed-php.mjs', '--check']],
  ['dist is current', ['scripts/build.mjs', '--check']],
  ['types', [modules('typescript/bin/tsc')]],
  ['lint', [modules('eslint/bin/eslint.js'), '.']],
  ['prose', ['scripts/prose.ts']],
  ['format', [modules('prettier/bin/prettier.cjs'), '--check', '--log-level=warn', '.']],
];

let passed = 0;
let failed = 0;
const running = new Set();

for (const signal of ['SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    for (const child of running) child.kill(signal);
    exit(1);
  });
}

function run(args, stdio = 'inherit') {
  return new Promise((resolve) => {
    const child = spawn(execPath, args, { cwd: root, stdio });
    const ended = (good) => {
      running.delete(child);
      resolve(good);
    };
    running.add(child);
    child.once('error', () => ended(false));
    child.once('exit', (status) => ended(status === 0));
  });
}

/** Does one thing and tells how it went and how long it took. */
async function timed(title, work) {
  const began = Date.now();
  const good = await work().catch((error) => {
    console.error(error.message);
    return false;
  });
  console.log(`${good ? 'ok' : 'FAILED'}  ${title} (${Math.round((Date.now() - began) / 1000)} s)`);
  return good;
}

function count(good) {
  if (good) passed += 1;
  else failed += 1;
}

async function makeBases() {
  const names = ['debian12', 'debian12-apache', 'debian13', 'mysql9'];
  // All of them are waited for: one that is still built would disturb what comes next.
  const made = await Promise.allSettled(names.map((name) => base(name)));
  const failures = made.filter(({ status }) => status === 'rejected');
  for (const { reason } of failures) console.error(reason.message);
  return failures.length === 0;
}

// In these somebody visits the site all the time, and what he notices must come from the deploy: no more than two at once.
const names = [
  'visited',
  'visited-apache',
  'rollback',
  'release-directories',
  'adopt',
  'ten-deploys',
];
const crowded = names.map((name) => `test/server/${name}\\.test`);

function tests() {
  if (positionals.length > 0) return runTests(positionals, 2);
  return [
    // Others often wait by the clock, for a lock whose runner is gone above all.
    [crowded.map((pattern) => `--testPathIgnorePatterns=${pattern}`), 3],
    [crowded, 2],
  ].reduce(
    async (before, [which, workers]) =>
      [await before, await runTests(which, workers)].every(Boolean),
    true,
  );
}

async function runTests(which, workers) {
  const file = join(tmpdir(), `ci4-deploy-jest-${pid}.json`);
  const jest = ['--experimental-vm-modules', '--no-warnings', modules('jest/bin/jest.js')];
  const order = `--testSequencer=${join(root, 'scripts/longest-first.mjs')}`;
  const options = [`--maxWorkers=${workers}`, order, '--json', `--outputFile=${file}`, ...which];
  // The JSON goes to the file, the story to standard error.
  const good = await run([...jest, ...options], ['ignore', 'ignore', 'inherit']);
  const result = JSON.parse(readFileSync(file, 'utf8'));
  rmSync(file);
  passed += result.numPassedTests;
  // A suite that does not even load has no tests of its own to fail.
  const bad = result.numFailedTests + result.numRuntimeErrorTestSuites;
  // And jest may fail for a reason that is no test's.
  failed += bad === 0 && !good ? 1 : bad;
  return good;
}

/** A wrong CI4_RELEASES is a failure like another, and no reason to lose the last line. */
async function releasesReported() {
  try {
    return await reported();
  } catch (error) {
    failed += 1;
    return error.message;
  }
}

async function makeChecks() {
  for (const [title, args] of positionals.length === 0 ? checks : []) {
    count(await timed(title, () => run(args)));
  }
}

// Building a server waits for the network and for one dpkg at a time: what needs none is done meanwhile.
const [booting] = await Promise.all([timed('servers to boot', makeBases), makeChecks()]);
// Without its servers a test could only fail for the wrong reason.
if (booting) {
  const ran = await timed('tests', tests);
  if (!ran && failed === 0) failed += 1;
} else failed += 1;
const releases = await releasesReported();
console.log(`${passed} passed, ${failed} failed. ${releases}`);
exit(failed === 0 && passed > 0 ? 0 : 1);
