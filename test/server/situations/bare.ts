import { withReleases } from '../../rig/layouts.ts';
import type { Site } from '../../rig/kayart.ts';
import { inBothCommits, nicolas, root } from '../breakages.ts';
import type { Situation } from '../situation.ts';

/** Nobody has prepared this server: the deploy user may do nothing that it was not made for. */
async function bare(site: Site): Promise<void> {
  await root(site, 'rm -f /etc/sudoers.d/*; gpasswd -d nicolas www-data');
}

/** The repository as GitHub has it: over SSH, for everybody whose key was added there. */
async function onGitHub(site: Site): Promise<void> {
  await root(
    site,
    `useradd -m -s /bin/sh git
install -d -m 700 -o git ~git/.ssh; install -m 600 -o git /dev/null ~git/.ssh/authorized_keys
install -d -o git ~git/example; ln -s /srv/git/kayart.git ~git/example/kayart.git
printf '[safe]\ndirectory = *\n' >~git/.gitconfig
echo '127.0.0.1 github.com' >>/etc/hosts`,
  );
}

/** A pool beside that of Debian, which serves the site; those of its own user, or of Debian's. */
async function secondPool(site: Site, user: string): Promise<void> {
  const { phpVersion, fpmService } = site.machine;
  await root(
    site,
    `cd /etc/php/${phpVersion}/fpm/pool.d
sed 's/^.www.$/[shop]/; s/^user = .*/user = ${user}/; s/^group = .*/group = ${user}/; s#^listen = .*#listen = /run/php/shop.sock#' www.conf >shop.conf
systemctl restart ${fpmService}
sed -i 's#unix:[^;]*;#unix:/run/php/shop.sock;#' /etc/nginx/sites-enabled/kayart; systemctl reload nginx
for i in 1 2 3 4 5 6 7 8 9 10; do curl -s http://127.0.0.1/plain | grep -q plain && break; sleep 0.2; done`,
  );
}

/** Writes settings of `.env` into the code of an application, as PHP. */
function settings({ name, user, password }: Site['database']): string {
  return String.raw`<?php
function set(string $file, array $values): void
{
    $text = file_get_contents($file);
    foreach ($values as $name => $value) {
        $text = preg_replace("/(['\$]$name'?\s*=>?\s*)'[^']*'/", "\${1}'$value'", $text, 1);
    }
    file_put_contents($file, $text);
}
set('app/Config/Database.php', ${phpArray({ username: user, password, database: name })});
set('app/Config/App.php', ['baseURL' => 'http://kayart.test/']);
`;
}

function phpArray(values: Readonly<Record<string, string>>): string {
  return `[${Object.entries(values)
    .map(([name, value]) => `'${name}' => '${value}'`)
    .join(', ')}]`;
}

/** Live and next commit with the settings in the code, and no `.env`. Answers the next one. */
async function settingsInCode(site: Site): Promise<string> {
  const { machine, database } = site;
  await machine.writeFile('/tmp/settings.php', settings(database), machine.user);
  const next = await inBothCommits(site, 'php /tmp/settings.php');
  await nicolas(site, 'rm "$(readlink -f .env)"; rm -f .env');
  return next;
}

/** Who is to make releases has to be a member of the group of PHP-FPM. */
const group = withReleases('writable-closed-to-fpm');

/** What PHP-FPM writes to. */
function writable({ base, path, strategy }: Site): string {
  return strategy === 'in-place' ? `${path}/writable` : `${path}/writable ${base}/shared/writable`;
}

/** One of them; nobody may reload PHP-FPM there. */
function bareServer(
  name: string,
  errors: readonly string[],
  prepare: NonNullable<Situation['prepare']>,
  also: readonly string[] = [],
): Situation {
  return {
    name: `bare server: ${name}`,
    prepare,
    outcome: 'refused',
    errors: [...errors, 'reload-not-allowed'],
    also,
    pastes: 'all',
  };
}

/** Servers of strangers: what the first run prints, pasted, makes the second one green. */
export const bareServers: readonly Situation[] = [
  bareServer('git over SSH without a key', [...group, 'commit-unreachable'], async (site) => {
    const next = await site.push({ 'public/robots.txt': '' }, 'For robots');
    await bare(site);
    await onGitHub(site);
    await root(
      site,
      `chown -R git: /srv/git
su nicolas -c 'git -C ${site.path} remote set-url origin git@github.com:example/kayart.git'`,
    );
    return next;
  }),
  bareServer(
    'everything belongs to www-data',
    ['path-not-writable', ...group, 'git-ownership', 'env-closed'],
    async (site) => {
      await bare(site);
      await root(
        site,
        `chown -R www-data:www-data ${site.base}; find ${site.base} -type d -exec chmod 755 {} +`,
      );
      return undefined;
    },
  ),
  bareServer(
    'files of root, and a second pool',
    ['path-not-writable', ...group, 'git-ownership', 'env-closed'],
    async (site) => {
      await bare(site);
      await root(
        site,
        `chown -R root:root ${site.base}; chown -R www-data:www-data ${writable(site)}
chgrp www-data ${site.path}/.env`,
      );
      await secondPool(site, 'www-data');
      return undefined;
    },
  ),
  bareServer('a pool with its own user and group', group, async (site) => {
    await bare(site);
    await root(
      site,
      `useradd -r shop; chown -R shop:shop ${writable(site)}; chgrp shop ${site.path}/.env`,
    );
    await secondPool(site, 'shop');
    return undefined;
  }),
  bareServer('uploaded by FTP, no clone', [...group, 'not-a-clone'], async (site) => {
    await bare(site);
    await onGitHub(site);
    await root(site, `chown -R git: /srv/git; rm -rf ${site.path}/.git ${site.gitDir}`);
    return undefined;
  }),
  bareServer(
    'settings in app/Config, no .env',
    [...group, ...withReleases('shared-missing')],
    async (site) => {
      const next = await settingsInCode(site);
      await bare(site);
      return next;
    },
    ['env-missing'],
  ),
];
