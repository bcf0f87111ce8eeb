// `npm run demo`, `npm run pictures`, `npm run situations`, `npm run bench:continuity`, `npm run bench` and `npm test`, straight after git clone: installs what is missing, then goes on under Node 24.
// Plain JavaScript without dependencies, because at this point there may be none.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { arch, env, execPath, exit, getuid, platform } from 'node:process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
// chroot and its like lie where an ordinary login of Debian does not look, and sudo hands this on.
env.PATH = [env.PATH, '/usr/local/sbin', '/usr/sbin', '/sbin'].join(':');
const [what, ...args] = process.argv.slice(2);
const programs = {
  'bench:static': 'test/static/bench.ts',
  demo: 'test/rig/demo.ts',
  record: 'test/static/record.ts',
  pictures: 'test/rendered/pictures.ts',
  situations: 'test/server/print.ts',
  test: 'scripts/suite.mjs',
  'bench:continuity': 'test/rig/bench-continuity.ts',
  bench: 'test/rig/bench.ts',
};

function must(title, program, argv, options) {
  const began = Date.now();
  console.log(`${title} ...`);
  const { status, error } = spawnSync(program, argv, { cwd: root, stdio: 'inherit', ...options });
  if (error !== undefined || status !== 0) {
    console.error(`${title}: failed (${error?.message ?? `exit status ${status}`})`);
    exit(1);
  }
  console.log(`${title}: ${Math.round((Date.now() - began) / 1000)} s`);
}

function has(program) {
  return spawnSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' }).status === 0;
}

// What has to be there, and the Debian package that brings it.
const needs = [
  ['mmdebstrap', () => has('mmdebstrap')],
  ['systemd-container', () => has('systemd-nspawn')],
  ['iproute2', () => has('ip')],
  ['util-linux', () => has('nsenter') && has('flock') && has('setpriv')],
  ['openssh-client', () => has('ssh-keygen')],
  ['debian-archive-keyring', () => existsSync('/usr/share/keyrings/debian-archive-keyring.gpg')],
  ['git', () => has('git')],
  ['git-lfs', () => has('git-lfs')],
  ['composer', () => has('composer')],
  ['unzip', () => has('unzip')],
  ['php-cli', () => has('php')],
  ['time', () => existsSync('/usr/bin/time')],
  // Ubuntu has Chromium as a snap alone; the runners of GitHub have Chrome.
  ['chromium', () => ['chromium', 'google-chrome', 'chromium-browser'].some(has)],
  ['fonts-liberation', () => existsSync('/usr/share/fonts/truetype/liberation')],
  ['fonts-noto-color-emoji', () => existsSync('/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf')],
  ['pngquant', () => has('pngquant')],
];

// PHP's own word for each, and the package.
const extensions = {
  mysqli: 'php-mysql',
  mbstring: 'php-mbstring',
  intl: 'php-intl',
  curl: 'php-curl',
  xml: 'php-xml',
};

function missingPackages() {
  const programs = needs.filter(([, isThere]) => !isThere()).map(([name]) => name);
  const loaded = (spawnSync('php', ['-m'], { encoding: 'utf8' }).stdout ?? '').split('\n');
  const parts = Object.entries(extensions).filter(([extension]) => !loaded.includes(extension));
  return [...programs, ...parts.map(([, name]) => name)];
}

function installPackages() {
  const missing = missingPackages();
  if (missing.length === 0) return;
  if (!has('apt-get')) {
    console.error(`These are missing, and there is no apt-get to install them: ${missing}`);
    exit(1);
  }
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
  if (!current)
    must('npm ci', 'npm', [
      'ci',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
      '--fetch-retries=5',
    ]);
}

/** Goes on as another program; ends as that ends. */
function become(program, argv) {
  const child = spawn(program, argv, { cwd: root, stdio: 'inherit' });
  child.once('error', (error) => {
    console.error(`${program}: ${error.message}`);
    exit(1);
  });
  // A terminal tells the whole group about Ctrl-C; who else stops us tells only us.
  process.on('SIGINT', () => undefined);
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.once('exit', (status) => exit(status ?? 1));
}

/** Servers with their own systemd take root. sudo would look for another Node and forget what it was reported. */
function becomeRoot() {
  if (!has('sudo')) {
    console.error('This takes root: run it as root, or install sudo.');
    exit(1);
  }
  const reported = ['XDG_CACHE_HOME', 'CI4_RELEASES', 'ALL_RELEASES', 'EVERY_STEP', 'CI', 'PATH'];
  const proxies = ['http_proxy', 'https_proxy', 'no_proxy', 'HTTP_PROXY', 'HTTPS_PROXY'];
  const authorities = ['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE'];
  const kept = [...reported, ...proxies, ...authorities].filter((name) => env[name] !== undefined);
  const values = kept.map((name) => `${name}=${env[name]}`);
  become('sudo', ['env', ...values, execPath, ...process.argv.slice(1)]);
}

function begin() {
  installPackages();
  installModules();
  const node = `${root}node_modules/node-linux-${arch}/bin/node`;
  if (!existsSync(node)) {
    console.error(`npm ci brought no Node 24 for linux-${arch}.`);
    exit(1);
  }
  become(node, ['--no-warnings', programs[what], ...args]);
}

if (!Object.hasOwn(programs, what ?? '') || platform !== 'linux') {
  const names = Object.keys(programs).filter((name) => name !== 'test');
  const lines = [...names.map((name) => `npm run ${name}`), 'npm test'];
  console.error(`Usage: ${lines.join(' | ')}, on Debian or Ubuntu`);
  exit(2);
}
if (getuid() === 0) {
  begin();
} else {
  // First as who cloned it, so that the modules are theirs.
  installModules();
  becomeRoot();
}
