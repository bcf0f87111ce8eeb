import type { Machine } from './machine.ts';
import type { Places } from './layouts.ts';

/** Who answers visitors, and how PHP runs there. */
export type WebServer = 'nginx' | 'apache' | 'apache-mod-php';

/**
 * Lets the web server serve a site, as root on the server.
 * @throws Error when it does not come up
 */
export async function serve(machine: Machine, web: WebServer, places: Places): Promise<void> {
  const php = machine.phpVersion;
  const [script, stdin] =
    web === 'nginx'
      ? [startNginx, nginx(php, places)]
      : [startApache(machine, web), apache(php, web, places)];
  const { code, stderr } = await machine.exec(['sh', '-e', '-c', script], { stdin });
  if (code !== 0) throw new Error(`${web} ended with ${code}: ${stderr}`);
}

/** The service to reload once other files are live. */
export function phpServiceOf({ fpmService }: Machine, web: WebServer): string {
  return web === 'apache-mod-php' ? 'apache2' : fpmService;
}

/** The file that says where the site lies. */
export function siteFile(web: WebServer): string {
  return web === 'nginx'
    ? '/etc/nginx/sites-enabled/kayart'
    : '/etc/apache2/sites-available/kayart.conf';
}

const startNginx = `cat >${siteFile('nginx')} && systemctl reload-or-restart nginx`;

function nginx(php: string, { path, params }: Places): string {
  return `server {
  listen 80 default_server;
  root ${path}/public;
  index index.php;
  location / { try_files $uri $uri/ /index.php$is_args$args; }
  location ~ \\.php$ { include snippets/fastcgi-php.conf; fastcgi_pass unix:/run/php/php${php}-fpm.sock;${params} }
}
`;
}

// As Debian documents both: mod_php wants the prefork model, and PHP-FPM is asked by proxy_fcgi from the event model.
function startApache({ phpVersion, user }: Machine, web: WebServer): string {
  const php = `php${phpVersion}`;
  const how =
    web === 'apache'
      ? `a2dismod -q ${php} mpm_prefork; a2enmod -q mpm_event proxy_fcgi setenvif rewrite; a2enconf -q ${php}-fpm; systemctl start ${php}-fpm`
      : `a2enmod -q rewrite; systemctl disable -q --now ${php}-fpm
echo '${user} ALL=(root) NOPASSWD: /usr/bin/systemctl reload apache2' >/etc/sudoers.d/${user}`;
  return `cat >${siteFile(web)}
{ a2dissite -q 000-default
${how}
a2ensite -q kayart; } >/dev/null
systemctl restart apache2`;
}

function apache(php: string, web: WebServer, { path }: Places): string {
  const handler =
    web === 'apache'
      ? `  <FilesMatch \\.php$>
    SetHandler "proxy:unix:/run/php/php${php}-fpm.sock|fcgi://localhost"
  </FilesMatch>
`
      : '';
  return `<VirtualHost *:80>
  DocumentRoot ${path}/public
  <Directory ${path}/public>
    AllowOverride All
    Require all granted
  </Directory>
${handler}</VirtualHost>
`;
}
