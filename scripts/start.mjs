// `npm run demo` and `npm test`, straight after git clone: installs what is missing, then goes on under Node 24.
// Plain JavaScript without dependencies, because at this point there may be none.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { arch, env, execPath, exit, getuid, platform } from 'node:process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const [what, ...args] = process.argv.slice(2);
const programs = { demo: 'test/rig/demo.ts', test: 'scripts/suite.mjs' };

function run(program, argv, options = {}) {
  return spawnSync(program, argv, { cwd: root, stdio: 'inherit', ...options });
}

function must(title, program, argv, options) {
  const began = Date.now();
  console.log(`${title} ...`);
  const { status, error } = run(program, argv, options);
  if (error !== undefined || status !== 0) {
    console.error(`${title}: failed (${error?.message ?? `exit status ${status}`})`);
    exit(1);
  }
  console.log(`${title}: ${Math.round((Date.now() - began) / 1000)} s`);
}

function has(program) {
  return spawnSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' }).status === 0;
}

function phpHas(extension) {
  const { stdout } = spawnSync('php', ['-m'], { encoding: 'utf8' });
  return (stdout ?? '').split('\n').includes(extension);
}

// What has to be there, and the Debian package that brings it.
const needs = [
  ['debootstrap', () => has('debootstrap')],
  ['systemd-container', () => has('systemd-nspawn')],
  ['iproute2', () => has('ip')],
  ['util-linux', () => has('nsenter') && has('flock')],
  ['openssh-client', () => has('ssh-keygen')],
  ['debian-archive-keyring', () => existsSync('/usr/share/keyrings/debian-archive-keyring.gpg')],
  ['git', () => has('git')],
  ['composer', () => has('composer')],
  ['php-cli', () => has('php')],
  ...['mysqli', 'mbstring', 'intl', 'curl', 'xml'].map((extension) => [
    `php-${extension === 'mysqli' ? 'mysql' : extension}`,
    () => phpHas(extension),
  ]),
];

function installPackages() {
  const missing = needs.filter(([, isThere]) => !isThere()).map(([name]) => name);
  if (missing.length === 0) return;
  const options = {
    env: { ...env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', 'ignore', 'inherit'],
  };
  must('apt-get update', 'apt-get', ['update', '-qq'], options);
  const install = ['install', '-y', '-qq', '--no-install-recommends', ...missing];
  must(`apt-get install ${missing.join(' ')}`, 'apt-get', install, options);
}

function installModules() {
  const installed = `${root}node_modules/.package-lock.json`;
  const current =
    existsSync(installed) &&
    statSync(installed).mtimeMs >= statSync(`${root}package-lock.json`).mtimeMs;
  if (!current) must('npm ci', 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
}

if (!(what in programs) || platform !== 'linux') {
  console.error('Usage: npm run demo | npm test, on Debian or Ubuntu');
  exit(2);
}
if (getuid() !== 0) {
  // Servers with their own systemd take root; sudo would otherwise look for another Node.
  const kept = ['XDG_CACHE_HOME', 'CI4_RELEASES', 'CI'].filter((name) => env[name] !== undefined);
  const again = ['env', ...kept.map((name) => `${name}=${env[name]}`), `PATH=${env.PATH}`];
  exit(run('sudo', [...again, execPath, ...process.argv.slice(1)]).status ?? 1);
}
installPackages();
installModules();
const node = `${root}node_modules/node-linux-${arch}/bin/node`;
// A signal goes to the whole group of a terminal: the program below cleans up, we only wait for it.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => undefined);
exit(run(node, ['--no-warnings', programs[what], ...args]).status ?? 1);
