import { expect } from 'expect';
import type { FindingName } from '../../../src/findings/registry.ts';
import type { Site } from '../../rig/kayart.ts';
import type { RunResult } from '../../rig/runner.ts';
import { brokenController, commitByHand, fileOf, nicolas, root } from '../breakages.ts';
import { everPasted } from '../pasting.ts';
import { deploy, remedyOf, type Situation } from '../situation.ts';
import { withoutSession } from './served.ts';

const home = 'app/Controllers/Home.php';

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

/** After a remedy that reloads PHP-FPM: without a process_control_timeout a request meanwhile is cut. */
async function paste(site: Site, result: RunResult, name: FindingName): Promise<void> {
  everPasted.add(name);
  await root(site, `${remedyOf(result, name)}\nsleep 1`);
}

async function servesNewPage(site: Site): Promise<void> {
  for (let visit = 0; visit < 8; visit += 1) expect((await site.get('/plain')).body).toBe('PLAIN');
}

const never = 'opcache.validate_timestamps=0';
const fileCache = 'opcache.file_cache=/var/cache/opcache';

/** A second PHP-FPM with a service of its own, which the web server asks for this site. Answers a commit. */
async function secondService(site: Site): Promise<string> {
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
}

/** PHP-FPM that preloads code of the site. Answers a commit that changes it. */
async function preloading(site: Site): Promise<string> {
  await root(
    site,
    `printf "<?php require '${site.path}/system/Controller.php'; require '${site.path}/${home}';" >/srv/warm.php`,
  );
  return compiled(site, 'opcache.preload=/srv/warm.php', 'opcache.preload_user=www-data');
}

/** Code that PHP compiled before a deploy must not be what it runs afterwards. */
export const compiledCode: readonly Situation[] = [
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
    errors: ['site-unhealthy'],
    afterwards: async (site) => oldPage(site),
  },
  {
    name: 'opcache never looks again, and input reload is never',
    prepare: async (site) => compiled(site, never),
    inputs: () => ({ reload: 'never', 'preserve-sessions': 'off' }),
    outcome: 'deployed',
    errors: [],
    afterwards: servesNewPage,
  },
  {
    name: 'PHP-FPM preloads a class that the commit changes, and is reloaded only when that is needed',
    prepare: preloading,
    inputs: () => ({ reload: 'when-needed', 'preserve-sessions': 'off' }),
    outcome: 'deployed',
    errors: [],
    afterwards: servesNewPage,
  },
  {
    name: 'PHP-FPM preloads code, and may not be reloaded',
    prepare: preloading,
    inputs: () => ({ reload: 'never' }),
    outcome: 'refused',
    errors: ['preload-needs-reload'],
    says: 'preloads /srv/warm.php',
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
    inputs: () => ({ ...withoutSession(), 'preserve-sessions': 'off' }),
    notPasted: 'Its visitors are logged out on purpose.',
    outcome: 'rolled-back',
    errors: ['table-missing'],
    says: 'other_sessions',
  },
  {
    name: 'the web server asks a second PHP-FPM, which fpm-service does not name',
    prepare: secondService,
    inputs: ({ machine }) => ({ 'fpm-service': machine.fpmService }),
    outcome: 'refused',
    errors: ['fpm-other-service'],
    says: '/run/php/shop.sock',
  },
  {
    name: 'the web server asks a second PHP-FPM: that one is found',
    prepare: secondService,
    outcome: 'refused',
    errors: ['reload-not-allowed'],
    says: 'php-shop-fpm',
  },
  {
    name: 'the unit of PHP-FPM puts another folder in the place of app: old code would be served',
    inPlaceOnly: 'the next release has another place',
    async prepare(site) {
      const { fpmService } = site.machine;
      await root(
        site,
        `cp -a ${site.path}/app /srv/app; mkdir -p /etc/systemd/system/${fpmService}.service.d
printf '[Service]\\nBindPaths=/srv/app:${site.path}/app\\n' >/etc/systemd/system/${fpmService}.service.d/bind.conf
systemctl daemon-reload; systemctl restart ${fpmService}`,
      );
      return newPage(site);
    },
    outcome: 'rolled-back',
    errors: ['fpm-other-files'],
    says: home,
    async afterwards(site, result) {
      await oldPage(site);
      const { stdout } = await site.machine.exec([
        'sh',
        '-e',
        '-c',
        remedyOf(result, 'fpm-other-files'),
      ]);
      expect(stdout).toContain(`BindPaths=/srv/app:${site.path}/app`);
    },
  },
  {
    name: 'opcache keeps compiled files for good in a folder that PHP-FPM cannot write to',
    async prepare(site) {
      const commit = await compiled(site, never, fileCache);
      await root(site, 'chown -R root /var/cache/opcache; chmod -R a+rX /var/cache/opcache');
      return commit;
    },
    outcome: 'refused',
    errors: ['file-cache-closed'],
    says: '/var/cache/opcache',
    async afterwards(site, result) {
      await paste(site, result, 'file-cache-closed');
      const again = await deploy(site, { commit: result.outputs['commit'] ?? '' });
      expect(again.outputs['outcome']).toBe('deployed');
      await servesNewPage(site);
    },
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
      await paste(site, result, 'old-code-served');
      await servesNewPage(site);
      const again = await deploy(site, { commit: await site.head() });
      expect(again.outputs['outcome']).toBe('already-live');
    },
  },
];
