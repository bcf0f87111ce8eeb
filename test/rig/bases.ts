import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { cache, removeUnused, used } from './cache.ts';
import { exclusively, must } from './host.ts';

/** Systems that boot, and the one that MySQL 9 runs in. */
export type Flavour = 'debian12' | 'debian12-apache' | 'debian13';
export type Base = Flavour | 'mysql9';

const site = (...web: readonly string[]): readonly string[] => [
  ...['systemd', 'systemd-sysv', 'dbus', 'openssh-server', 'sudo', 'git'],
  ...[...web, 'mariadb-server'],
  ...[
    'php-fpm',
    'php-cli',
    'php-mysql',
    'php-mbstring',
    'php-intl',
    'php-xml',
    'php-curl',
    'composer',
  ],
  ...['iproute2', 'ca-certificates', 'curl', 'procps'],
];

const recipes: Readonly<Record<Base, { suite: string; packages: readonly string[] }>> = {
  debian12: { suite: 'bookworm', packages: site('nginx') },
  'debian12-apache': { suite: 'bookworm', packages: site('apache2', 'libapache2-mod-php') },
  debian13: { suite: 'trixie', packages: site('nginx') },
  mysql9: { suite: 'sid', packages: ['mysql-server'] },
};

/** Once in every base that boots: what a fresh server lacks before anybody can log in, and what only slows a boot. */
const furnish = `useradd -m -s /bin/bash nicolas
usermod -aG www-data nicolas
ssh-keygen -A
printf 'UseDNS no\\n' >/etc/ssh/sshd_config.d/rig.conf
rm -f /etc/nginx/sites-enabled/default
systemctl mask apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer fstrim.timer phpsessionclean.timer systemd-timesyncd.service console-getty.service getty@.service systemd-networkd-wait-online.service`;

const version = 2;

/** Folder of a base in the cache; built first where it is missing, which takes a minute or two. */
export async function base(name: Base): Promise<string> {
  const folder = join(cache, `${name}-${fingerprint(name)}`);
  if (!existsSync(folder)) {
    await exclusively(name, async () => {
      if (!existsSync(folder)) await build(name, folder);
    });
  }
  await used(folder);
  return folder;
}

function fingerprint(name: Base): string {
  const recipe = JSON.stringify([version, recipes[name], furnish]);
  return createHash('sha256').update(recipe).digest('hex').slice(0, 12);
}

// debootstrap mounts /proc into what it builds. Killed, it must leave neither that mount (the next build starts with
// removing what is there) nor any process that goes on building: namespaces of its own end with this process.
const contained = [
  ...['setpriv', '--pdeathsig', 'KILL'],
  ...['unshare', '--mount', '--pid', '--mount-proc', '--fork', '--kill-child=KILL', '--'],
];

async function build(name: Base, folder: string): Promise<void> {
  const { suite, packages } = recipes[name];
  const began = performance.now();
  const seconds = (): string => `${Math.round((performance.now() - began) / 1000)} s`;
  console.log(`Building ${name} (debootstrap ${suite}), about 90 s, kept in ${cache}`);
  await mkdir(cache, { recursive: true });
  await removeUnused(`${name}-`);
  const unfinished = `${folder}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  await knowSuite(suite);
  let last = '';
  const beat = setInterval(() => {
    console.log(`  ${name}: ${seconds()} spent; ${last.slice(0, 90)}`);
  }, 10_000);
  try {
    const argv = ['debootstrap', '--variant=minbase', `--include=${packages.join(',')}`];
    const whole = [...contained, ...argv, suite, unfinished, await mirror()];
    await must(whole, { onLine: (line) => (last = line) });
    if (name !== 'mysql9') await must(['chroot', unfinished, 'sh', '-c', furnish]);
  } finally {
    clearInterval(beat);
  }
  await rename(unfinished, folder);
  console.log(`  ${name} is built: ${seconds()}`);
}

/** debootstrap of an older Debian has no script for a newer one; that of sid fits. */
async function knowSuite(suite: string): Promise<void> {
  const scripts = '/usr/share/debootstrap/scripts';
  if (!existsSync(join(scripts, suite))) await symlink('sid', join(scripts, suite));
}

/** The machine's own Debian mirror; Debian's public one where its sources name none (on Ubuntu). */
async function mirror(): Promise<string> {
  const places = ['/etc/apt/sources.list', ...(await sourceFiles())];
  for (const place of places) {
    const text = await readFile(place, 'utf8').catch(() => '');
    const uri = /^(?:URIs:\s*|deb\s+(?:\[[^\]]*\]\s+)?)(https?:\S+)/m.exec(text)?.[1];
    if (uri !== undefined && !uri.includes('ubuntu') && !uri.includes('security')) return uri;
  }
  return 'http://deb.debian.org/debian';
}

async function sourceFiles(): Promise<string[]> {
  const folder = '/etc/apt/sources.list.d';
  const names = await readdir(folder).catch(() => []);
  return names.sort().map((name) => join(folder, name));
}
