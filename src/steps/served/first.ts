import type { Config } from '../../config/config.ts';
import { errorFinding, type Finding } from '../../finding.ts';
import { advice, asRoot, inInputs, type Remedy } from '../../remedy.ts';
import { quote } from '../../server/command.ts';
import type { ServerFacts } from '../inspect/facts.ts';
import { healthUrl } from '../health/health.ts';

/** Whether visitors will come to a first release at all: nobody else notices where the web server does not know it. */
export function judgeFirst(facts: ServerFacts, config: Config): readonly Finding[] {
  const { releases, web, application } = facts;
  if (releases.current !== 'first' || !('rootless' in web) || config['health-url'] === 'none')
    return [];
  const url = application.ok ? healthUrl(config, application.application) : null;
  return [notServed(config, url?.hostname ?? null, socketOf(facts))];
}

/** The only pool there is, as nginx names it; null where there are several. */
function socketOf({ fpm }: ServerFacts): string | null {
  const [pool, ...more] = fpm?.settings?.pools ?? [];
  if (pool === undefined || more.length > 0) return null;
  return pool.listen.startsWith('/') ? `unix:${pool.listen}` : pool.listen;
}

function notServed({ base, path }: Config, name: string | null, socket: string | null): Finding {
  return errorFinding(
    'first-not-served',
    `No server of nginx has the root ${path}/public, so nobody would see the first release.`,
    name === null || socket === null
      ? [advice(`Give nginx a server with the root ${path}/public.`)]
      : newServer(base, name, socket),
    inInputs('Or deploy without a visit, and let nginx serve it later', 'health-url: none'),
  );
}

function newServer(base: string, name: string, socket: string): Remedy {
  const file = `/etc/nginx/sites-available/${name}`;
  const lines = [
    'server {',
    '  listen 80;',
    `  server_name ${name};`,
    `  root ${base}/current/public;`,
    '  index index.php;',
    '  location / { try_files $uri $uri/ /index.php$is_args$args; }',
    '  location ~ \\.php$ {',
    '    include snippets/fastcgi-php.conf;',
    `    fastcgi_pass ${socket};`,
    '    fastcgi_param SCRIPT_FILENAME $realpath_root$fastcgi_script_name;',
    '    fastcgi_param DOCUMENT_ROOT $realpath_root;',
    '  }',
    '}',
  ];
  return [
    asRoot(
      `nginx gets a server for ${name}. Where there is one already, change its root instead. Certificates come after that`,
      `printf '%s\\n' ${lines.map(quote).join(' ')} | sudo tee ${quote(file)} >/dev/null`,
      `sudo ln -sf ${quote(file)} /etc/nginx/sites-enabled/`,
      'sudo nginx -t && sudo systemctl reload nginx',
    ),
  ];
}
