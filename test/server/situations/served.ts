import { expect } from 'expect';
import type { Finding } from '../../../src/finding.ts';
import type { Site } from '../../rig/kayart.ts';
import type { RunResult } from '../../rig/runner.ts';
import { brokenController, commitByHand, fileOf, nicolas, root, statements } from '../deeds.ts';
import { deploy, type Situation } from '../situation.ts';

const home = 'app/Controllers/Home.php';

/** Another schema on the same server, as full as that of the site. */
async function secondSchema(site: Site): Promise<void> {
  const { name, user } = site.database;
  await statements(
    site,
    'CREATE DATABASE elsewhere',
    `GRANT ALL ON elsewhere.* TO ${user}@localhost`,
    `GRANT ALL ON elsewhere.* TO ${user}@'127.0.0.1'`,
  );
  await root(site, `mysqldump ${name} | mysql elsewhere`);
}

/** Lines for the pool of the site; PHP-FPM starts with them. */
async function pool(site: Site, ...lines: readonly string[]): Promise<undefined> {
  const { phpVersion, fpmService } = site.machine;
  const file = `/etc/php/${phpVersion}/fpm/pool.d/www.conf`;
  return root(
    site,
    `cat >>${file} <<'END'\n${lines.join('\n')}\nEND\nsystemctl restart ${fpmService}`,
  );
}

/** The name of the schema in the repository and not in `.env`, where it would come first; then the next commit on that. */
async function namedInRepository(site: Site): Promise<string> {
  await secondSchema(site);
  await nicolas(
    site,
    `sed -i "s/'database' *=> '',/'database' => '${site.database.name}',/" app/Config/Database.php; sed -i '/database.default.database/d' .env
git -c user.name=N -c user.email=n@x commit -qam 'Name the schema'; git push -q --force origin HEAD:main`,
  );
  return commitByHand(
    site,
    `git -c user.name=B -c user.email=b@x cherry-pick ${site.commits.next} >/dev/null; echo notes >notes.txt; git add notes.txt`,
  );
}

/** A line of PHP at the end of the constructor of the database configuration, in the live tree alone. */
async function ledElsewhere(site: Site): Promise<undefined> {
  await secondSchema(site);
  return nicolas(
    site,
    `sed -i "s/parent::__construct();/parent::__construct(); \\$this->default['database'] = 'elsewhere';/" app/Config/Database.php`,
  );
}

/** PHP-FPM with these settings of opcache, and with the live code already compiled; then a commit that changes a page. */
async function compiled(site: Site, ...settings: readonly string[]): Promise<string> {
  const { phpVersion, fpmService } = site.machine;
  await root(
    site,
    `install -d -o www-data -g www-data /var/cache/opcache
cat >/etc/php/${phpVersion}/fpm/conf.d/99-served.ini <<'END'\n${settings.join('\n')}\nEND
systemctl restart ${fpmService}`,
  );
  return newPage(site);
}

async function newPage(site: Site): Promise<string> {
  // What has just been written opcache does not keep (opcache.file_update_protection).
  await nicolas(
    site,
    "find app -type f -exec touch -d '1 hour ago' {} +; git update-index -q --refresh",
  );
  await oldPage(site);
  const text = await fileOf(site, home);
  return site.push({ [home]: text.replace("'plain'", "'PLAIN'") }, 'A new page');
}

/** Twice: what opcache has compiled at the first visit it serves at the second. */
async function oldPage(site: Site): Promise<void> {
  for (const visit of [1, 2])
    expect([visit, (await site.get('/plain')).body]).toEqual([visit, 'plain']);
}

async function servesNewPage(site: Site): Promise<void> {
  for (let visit = 0; visit < 8; visit += 1) expect((await site.get('/plain')).body).toBe('PLAIN');
}

/** A page that reads no table, so that it is well whatever database it is given. */
function withoutSession(): Record<string, string> {
  return { 'health-url': 'http://kayart.test/plain' };
}

function remedyOf(result: RunResult, name: string): string {
  const findings = JSON.parse(result.outputs['findings'] ?? '[]') as Finding[];
  return findings.find((one) => one.name === name)?.remedy ?? '';
}

/** The remedy, pasted: git sees the edit, and it is still there. */
async function showsTheEdit(site: Site, result: RunResult): Promise<void> {
  await nicolas(site, remedyOf(result, 'hidden-edits'));
  await nicolas(
    site,
    '[ "$(git status --porcelain -uno)" = \' M app/Config/Database.php\' ] && grep -q elsewhere app/Config/Database.php',
  );
}

const never = 'opcache.validate_timestamps=0';
const fileCache = 'opcache.file_cache=/var/cache/opcache';

/** What visitors get is another thing than what the command line sees and what lies on the disk. */
export const served: readonly Situation[] = [
  {
    name: 'the pool of PHP-FPM names another schema',
    async prepare(site) {
      const commit = await namedInRepository(site);
      await pool(site, 'env[database.default.database] = elsewhere');
      return commit;
    },
    outcome: 'refused',
    errors: ['fpm-database-differs'],
    says: 'schema of group default is elsewhere',
  },
  {
    name: 'fastcgi_param of nginx names another schema',
    async prepare(site) {
      const commit = await namedInRepository(site);
      await root(
        site,
        "sed -i 's#fastcgi_pass#fastcgi_param database.default.database elsewhere; fastcgi_pass#' /etc/nginx/sites-enabled/kayart; systemctl reload nginx",
      );
      return commit;
    },
    outcome: 'refused',
    errors: ['fpm-database-differs'],
    says: 'schema of group default is elsewhere',
  },
  {
    name: 'an edit of the live tree is hidden by skip-worktree',
    async prepare(site) {
      await ledElsewhere(site);
      return nicolas(site, 'git update-index --skip-worktree app/Config/Database.php');
    },
    inputs: withoutSession,
    outcome: 'refused',
    errors: ['hidden-edits'],
    says: 'app/Config/Database.php',
    afterwards: showsTheEdit,
  },
  {
    name: 'an edit of the live tree is hidden by assume-unchanged',
    async prepare(site) {
      await ledElsewhere(site);
      return nicolas(site, 'git update-index --assume-unchanged app/Config/Database.php');
    },
    inputs: withoutSession,
    outcome: 'refused',
    errors: ['hidden-edits'],
    says: 'app/Config/Database.php',
    afterwards: showsTheEdit,
  },
  {
    name: 'opcache keeps compiled files that it never compares with their source',
    prepare: async (site) => compiled(site, never, fileCache),
    outcome: 'deployed',
    errors: [],
    afterwards: servesNewPage,
  },
  {
    name: 'opcache has nothing but compiled files that it never compares with their source',
    prepare: async (site) => compiled(site, never, fileCache, 'opcache.file_cache_only=1'),
    outcome: 'deployed',
    errors: [],
    afterwards: servesNewPage,
  },
  {
    name: 'the new code fails where opcache keeps compiled files: the old code is served again',
    async prepare(site) {
      await compiled(site, never, fileCache);
      return site.push({ [home]: brokenController }, 'A page that fails');
    },
    outcome: 'rolled-back',
    errors: ['site-ill'],
    afterwards: async (site) => oldPage(site),
  },
  {
    name: 'opcache never looks again, and input reload is never',
    prepare: async (site) => compiled(site, never),
    inputs: () => ({ reload: 'never', 'carry-sessions': 'off' }),
    outcome: 'deployed',
    errors: [],
    afterwards: servesNewPage,
  },
  {
    name: 'PHP-FPM preloads a class that the commit changes, and is reloaded only when that is needed',
    async prepare(site) {
      await root(
        site,
        `printf "<?php require '${site.path}/system/Controller.php'; require '${site.path}/${home}';" >/srv/warm.php`,
      );
      return compiled(site, 'opcache.preload=/srv/warm.php', 'opcache.preload_user=www-data');
    },
    inputs: () => ({ reload: 'when-needed', 'carry-sessions': 'off' }),
    outcome: 'deployed',
    errors: [],
    afterwards: servesNewPage,
  },
  {
    name: 'the command line keeps compiled files of the stage from the deploy before',
    async prepare(site) {
      const { phpVersion } = site.machine;
      await root(
        site,
        `install -d -o nicolas /var/cache/cli
printf 'opcache.enable_cli=1\\nopcache.file_cache=/var/cache/cli\\n${never}\\nopcache.file_update_protection=0\\n' >/etc/php/${phpVersion}/cli/conf.d/99-served.ini`,
      );
      const first = await deploy(site, { inputs: withoutSession() });
      expect(first.outputs['outcome']).toBe('deployed');
      return commitByHand(
        site,
        "for file in app/Config/Session.php app/Config/App.php; do [ ! -e $file ] || sed -i 's/ci_sessions/other_sessions/' $file; done; git add .",
      );
    },
    inputs: withoutSession,
    outcome: 'rolled-back',
    errors: ['table-missing'],
    says: 'other_sessions',
  },
  {
    name: 'the web server asks a second PHP-FPM, which fpm-service does not name',
    async prepare(site) {
      const { phpVersion } = site.machine;
      await root(
        site,
        `cp -r /etc/php/${phpVersion}/fpm /etc/php/${phpVersion}/shop; cd /etc/php/${phpVersion}/shop
sed -i 's#/fpm/pool.d#/shop/pool.d#; s#^pid = .*#pid = /run/php/shop.pid#; s#^error_log = .*#error_log = /var/log/shop.log#' php-fpm.conf
sed -i 's#^listen = .*#listen = /run/php/shop.sock#' pool.d/www.conf
printf '[Service]\\nType=simple\\nExecStart=/usr/sbin/php-fpm${phpVersion} --nodaemonize --fpm-config /etc/php/${phpVersion}/shop/php-fpm.conf -d opcache.validate_timestamps=0\\nExecReload=/bin/kill -USR2 $MAINPID\\n' >/etc/systemd/system/php-shop-fpm.service
systemctl daemon-reload; systemctl start php-shop-fpm
for i in 1 2 3 4 5 6 7 8 9 10; do [ -S /run/php/shop.sock ] || sleep 0.3; done
sed -i 's#unix:/run/php/[^;]*#unix:/run/php/shop.sock#' /etc/nginx/sites-enabled/kayart; systemctl reload nginx; sleep 1`,
      );
      return newPage(site);
    },
    outcome: 'refused',
    errors: ['fpm-other-service'],
    says: '/run/php/shop.sock',
  },
  {
    name: 'the commit was pulled by hand, and opcache never looks again',
    async prepare(site) {
      const commit = await compiled(site, never);
      // Times are in whole seconds.
      await nicolas(site, 'sleep 1.1; git pull -q; php spark migrate');
      return commit;
    },
    outcome: 'refused',
    errors: ['old-code-served'],
    says: 'before these files were changed',
    async afterwards(site, result) {
      await root(site, remedyOf(result, 'old-code-served'));
      await servesNewPage(site);
      const again = await deploy(site, { commit: await site.head() });
      expect(again.outputs['outcome']).toBe('already-live');
    },
  },
];
