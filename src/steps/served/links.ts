import type { Config } from '../../config/config.ts';
import { errorFinding, type Finding } from '../../finding.ts';
import { asRoot, type Instruction } from '../../remedy.ts';
import { quote } from '../../server/command.ts';
import type { NamedByLink, Sends, WebServer } from './web-server.ts';

/** Whether requests meet the files of one release, from their first file to their last. */
export function judgeLinks(web: WebServer, { strategy, path }: Config): readonly Finding[] {
  if (strategy === 'in-place' || 'unknown' in web) return [];
  const places = placesOf(web.sends);
  if (places.length === 0) return [];
  return [
    errorFinding(
      'link-not-resolved',
      `nginx names files for PHP-FPM by the link ${path} (${places.map(({ file }) => file).join(', ')}). A request that is running when the link changes would meet files of two commits.`,
      [...places.map(resolveThere), asRoot('nginx then does it', reloadNginx)],
    ),
  ];
}

/** What lets nginx resolve links for each request, before it is reloaded. */
export function resolvingLinks({ sends }: Extract<WebServer, { sends: unknown }>): Instruction[] {
  return placesOf(sends).map(resolveThere);
}

function placesOf(sends: readonly Sends[]): readonly NamedByLink[] {
  const named = sends.flatMap(({ link }) => (link === undefined ? [] : [link]));
  return [...new Map(named.map((one) => [`${one.file} ${one.pass}`, one])).values()];
}

/** The sentence for a web server whose configuration is not known; nothing in place. */
export function linksUnknown(web: WebServer, { strategy, path }: Config): readonly string[] {
  if (strategy === 'in-place' || !('unknown' in web)) return [];
  return [`Whether the web server resolves the link ${path} for each request: ${web.unknown}.`];
}

const reloadNginx = 'sudo nginx -t && sudo systemctl reload nginx';

// The last of two params with one name is the one that PHP-FPM takes. Where a place has none of its own, one that is added
// hides those of the level above, which is all of fastcgi.conf.
function resolveThere({ file, pass: named, ownParams }: NamedByLink): Instruction {
  const params = [
    ...(ownParams ? [] : ['include fastcgi.conf;']),
    'fastcgi_param SCRIPT_FILENAME $realpath_root$fastcgi_script_name;',
    'fastcgi_param DOCUMENT_ROOT $realpath_root;',
  ].join(' ');
  const pass = named.replace(/[.*[\]^$/\\&]/g, '\\$&');
  const edit = `s/fastcgi_pass[[:space:]]\\+${pass}[[:space:]]*;/& ${params.replaceAll('&', '\\&').replaceAll('/', '\\/')}/`;
  return asRoot(
    'Let nginx resolve the link for each request. A line like this is added after fastcgi_pass',
    `sudo sed -i --follow-symlinks ${quote(edit)} ${quote(file)}`,
  );
}
