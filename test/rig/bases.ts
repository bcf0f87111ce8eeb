import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
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
systemd-machine-id-setup
systemctl mask apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer fstrim.timer phpsessionclean.timer systemd-timesyncd.service console-getty.service getty@.service systemd-networkd-wait-online.service`;

const version = 3;

/** Folder of a base in the cache; built first where it is missing, which takes about a minute. */
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

// mmdebstrap mounts /proc into what it builds. Killed, it must leave neither that mount (the next build starts with
// removing what is there) nor any process that goes on building: namespaces of its own end with this process.
const contained = [
  ...['setpriv', '--pdeathsig', 'KILL'],
  ...['unshare', '--mount', '--pid', '--mount-proc', '--fork', '--kill-child=KILL', '--'],
];

// A mirror may be a copy that was made weeks ago, and the clock of this machine need not be right: what is signed is
// taken, whatever its date. Nothing of a base has to survive a power cut, so dpkg need not wait for the disk.
const quick = ['--dpkgopt=force-unsafe-io', '--aptopt=Acquire::Check-Date "false"'];

// Named, because the apt of Ubuntu trusts no key of Debian by itself.
const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';

async function build(name: Base, folder: string): Promise<void> {
  const { suite, packages } = recipes[name];
  const began = performance.now();
  const seconds = (): string => `${Math.round((performance.now() - began) / 1000)} s`;
  console.log(`Building ${name} (Debian ${suite}), about a minute, kept in ${cache}`);
  await mkdir(cache, { recursive: true });
  await removeUnused(`${name}-`);
  const unfinished = `${folder}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  let last = '';
  const beat = setInterval(() => {
    console.log(`  ${name}: ${seconds()} spent; ${last.slice(0, 90)}`);
  }, 10_000);
  try {
    const system = ['mmdebstrap', '--mode=root', '--variant=minbase', '--format=directory'];
    const holding = ['--skip=check/signed-by', `--include=${packages.join(',')}`];
    const options = [...system, ...quick, ...holding];
    const source = `deb [signed-by="${keyring}"] ${await mirror()} ${suite} main`;
    await must([...contained, ...options, suite, unfinished, source], {
      onLine: (line) => (last = line),
    });
    if (name !== 'mysql9') await must(['chroot', unfinished, 'sh', '-c', furnish]);
  } finally {
    clearInterval(beat);
  }
  await rename(unfinished, folder);
  console.log(`  ${name} is built: ${seconds()}`);
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
