import { expect } from 'expect';
import type { Site } from '../../rig/kayart.ts';
import { nicolas, root } from '../breakages.ts';
import type { Situation } from '../situation.ts';

/** Changes PHP-FPM and lets it start again. */
async function fpm(site: Site, script: string): Promise<undefined> {
  const { phpVersion, fpmService } = site.machine;
  return root(site, `cd /etc/php/${phpVersion}/fpm; ${script}; systemctl restart ${fpmService}`);
}

/** Settings for PHP of the command line. */
async function cli({ machine }: Site, ...lines: readonly string[]): Promise<undefined> {
  const file = `/etc/php/${machine.phpVersion}/cli/conf.d/99-odd.ini`;
  await machine.writeFile(file, `${lines.join('\n')}\n`);
  return undefined;
}

/** PHP and PHP-FPM as servers have them. */
export const php: readonly Situation[] = [
  {
    name: 'PHP-FPM on a TCP port',
    prepare: async (site) =>
      fpm(
        site,
        "sed -i 's#^listen = .*#listen = 127.0.0.1:9000#' pool.d/www.conf; sed -i 's#fastcgi_pass [^;]*;#fastcgi_pass 127.0.0.1:9000;#' /etc/nginx/sites-enabled/kayart; systemctl reload nginx",
      ),
    outcome: 'deployed',
    errors: [],
  },
  {
    name: 'PHP-FPM with process_control_timeout and one worker',
    prepare: async (site) =>
      fpm(
        site,
        "sed -i 's/^;*process_control_timeout.*/process_control_timeout = 10s/' php-fpm.conf; sed -i 's/^pm = .*/pm = static/; s/^pm.max_children = .*/pm.max_children = 1/' pool.d/www.conf",
      ),
    outcome: 'deployed',
    errors: [],
    also: ['fpm-few-workers'],
    pastes: 'all',
  },
  {
    name: 'PHP-FPM with functions switched off',
    prepare: async (site) =>
      fpm(
        site,
        "echo 'php_admin_value[disable_functions] = set_time_limit,posix_getpwuid,posix_geteuid,stream_socket_client,usleep,ignore_user_abort,get_current_user,getmyuid,opcache_get_status,opcache_invalidate,opcache_is_script_cached,parse_ini_file,exec,system' >>pool.d/www.conf",
      ),
    outcome: 'deployed',
    errors: [],
    async afterwards(_site, result) {
      expect(result.outputs['findings']).not.toContain('fpm-not-asked');
    },
  },
  {
    name: 'PHP prints a warning at each start',
    prepare: async (site) =>
      cli(site, 'extension=nowhere.so', 'display_errors=1', 'display_startup_errors=1'),
    outcome: 'deployed',
    errors: [],
    async afterwards(_site, result) {
      expect(result.outputs['findings']).not.toContain('Warning');
    },
  },
  {
    name: 'open_basedir keeps PHP of the command line from /tmp',
    prepare: async (site) => cli(site, 'open_basedir=/var/www:/usr/share'),
    outcome: 'deployed',
    errors: [],
  },
  {
    name: 'PHP-FPM with two pools',
    prepare: async (site) =>
      fpm(
        site,
        "sed 's/^\\[www\\]/[shop]/; s#^listen = .*#listen = /run/php/shop.sock#' pool.d/www.conf >pool.d/shop.conf",
      ),
    outcome: 'deployed',
    errors: [],
    also: ['fpm-shared'],
    async afterwards(_site, result) {
      // nginx says which of the two serves the site.
      expect(result.outputs['findings']).not.toContain('fpm-not-asked');
    },
  },
  {
    name: "PHP-FPM's socket closed to the deploy user",
    prepare: async (site) => root(site, 'gpasswd -d nicolas www-data'),
    inputs: () => ({ 'preserve-sessions': 'off' }),
    inPlaceOnly: 'who makes releases has to give them the group of PHP-FPM',
    outcome: 'deployed',
    errors: [],
    also: ['fpm-not-asked'],
  },
  {
    name: 'opcache that never looks whether a file has changed',
    prepare: async (site) => fpm(site, 'echo opcache.validate_timestamps=0 >>php.ini'),
    outcome: 'deployed',
    errors: [],
    also: ['opcache-timestamps-disabled'],
  },
  {
    name: 'a visitor waits for a slow page: the report says how many the reload cuts',
    async prepare(site) {
      // Long enough to be there when the deploy looks; the reload ends it.
      site.get('/slow?seconds=20').catch(() => undefined);
      return undefined;
    },
    outcome: 'deployed',
    errors: [],
    also: ['reload-cuts-requests'],
    async afterwards(_site, result) {
      expect(result.outputs['findings']).toContain('(1 at this moment)');
    },
  },
  {
    name: 'PHP-FPM down',
    prepare: async (site) => root(site, `systemctl stop ${site.machine.fpmService}`),
    outcome: 'refused',
    errors: ['fpm-inactive'],
    also: ['site-unhealthy-before-deploy'],
    says: 'is inactive',
  },
  {
    name: 'PHP-FPM without mysqli',
    prepare: async (site) => fpm(site, 'phpdismod -s fpm mysqli'),
    outcome: 'refused',
    errors: ['fpm-mysqli-missing'],
    says: 'no mysqli',
  },
  {
    name: 'command line without intl',
    prepare: async (site) => root(site, 'phpdismod -s cli intl'),
    outcome: 'refused',
    errors: ['intl-missing'],
    says: 'no intl extension',
  },
  {
    name: 'a commit that wants a newer PHP',
    prepare: async (site) =>
      site.push({ 'composer.json': '{"require":{"php":"^9.1"}}' }, 'Want PHP 9.1'),
    outcome: 'refused',
    errors: ['php-too-old', 'fpm-php-too-old'],
    also: ['composer-lock-unchanged'],
    says: 'requires php ^9.1',
  },
  {
    name: 'a framework that wants a newer PHP',
    prepare: async (site) =>
      site.push(
        { 'public/index.php': "<?php\n$minPhpVersion = '9.0';\nexit('too old');\n" },
        'Newest framework',
      ),
    outcome: 'refused',
    errors: ['php-too-old', 'fpm-php-too-old'],
    says: 'PHP 9.0 or newer',
  },
  {
    name: '.env closed to PHP-FPM',
    prepare: async (site) => nicolas(site, 'chmod 600 .env'),
    outcome: 'refused',
    errors: ['env-closed-to-fpm'],
    says: 'cannot be read by www-data',
  },
  {
    name: 'writable/cache closed to PHP-FPM',
    prepare: async (site) => nicolas(site, 'chmod 755 writable/cache'),
    outcome: 'refused',
    errors: ['writable-closed-to-fpm'],
    says: 'writable/cache',
  },
  {
    name: 'session settings in the environment of PHP-FPM',
    since: '4.1.9',
    prepare: async (site) =>
      fpm(
        site,
        "printf 'env[session_savePath] = /tmp\\nenv[app_sessionSavePath] = /tmp\\n' >>pool.d/www.conf",
      ),
    outcome: 'refused',
    errors: ['fpm-session-differs'],
    says: 'savePath /tmp',
  },
];
