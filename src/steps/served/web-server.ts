import { readNginx, type Passing } from '../../app/nginx.ts';
import { shell, type Command, type Output } from '../../server/command.ts';

/** What one place of the web server's configuration sends to PHP-FPM for this site. */
export interface Sends {
  /** A socket's path, or host and port. */
  readonly to: string;
  /** What it adds to each request, beyond what describes the request itself. */
  readonly params: Readonly<Record<string, string>>;
  /** The place, where it names files by links and leaves it to PHP-FPM to resolve them. */
  readonly link?: NamedByLink;
}

/** A `fastcgi_pass` of nginx whose files are named by their links. */
export interface NamedByLink {
  readonly file: string;
  /** What `fastcgi_pass` says there, word for word. */
  readonly pass: string;
  readonly ownParams: boolean;
}

/** How the web server leads to PHP-FPM; where that is not known, why, as the end of a sentence. */
export type WebServer =
  | {
      readonly sends: readonly Sends[];
      /** Names of what it adds by a variable: only the web server knows the values. */
      readonly variable: readonly string[];
    }
  | {
      readonly unknown: string;
      /** Its configuration is known, and serves no such root. */ readonly rootless?: true;
    };

// Passwords may stand in there, so the output is not shown. Links are resolved: Debian's php-fpm.sock is one.
const dump = `# configuration of the web server
cat /proc/[0-9]*/comm 2>/dev/null | grep -xE 'nginx|openresty|angie|apache2|httpd|caddy|frankenphp|lighttpd|litespeed|lshttpd' | sort -u
printf '\\f'
[ -d /etc/nginx ] || exit 0
{
  find -L /etc/nginx -maxdepth 6 -name modules -prune -o -type f -readable -size -256k ! -name '*.key' ! -name '*.pem' -print 2>/dev/null | head -n 400
  grep -rhsoE 'include[[:space:]]+/[^;[:space:]]+' /etc/nginx | sed 's/^include[[:space:]]*//' | grep -v '^/etc/nginx/' | sort -u | head -n 50 |
    while IFS= read -r pattern; do for file in $pattern; do [ -f "$file" ] && [ -r "$file" ] && printf '%s\\n' "$file"; done; done
} | while IFS= read -r file; do printf '%s\\n' "$file"; head -c 262144 -- "$file"; printf '\\f'; done | head -c 20000000
grep -rhsoE '(root[[:space:]]+|unix:)["'\\'']?/[^;:$"[:space:]'\\'']*' /etc/nginx | sed 's/^[^/]*//' | sort -u | head -n 400 |
  while IFS= read -r path; do printf '%s\\t%s\\n' "$path" "$(readlink -f -- "$path")"; done`;

/** What the web server's configuration says, as far as everybody may read it. */
export function askWebServer(): Command {
  return shell(dump, [], { shown: 'command' });
}

const main = '/etc/nginx/nginx.conf';

/**
 * Reads what {@link askWebServer} brought.
 * @param path the application, links resolved
 */
export function readWebServer({ stdout }: Output, path: string): WebServer {
  const [running = '', ...rest] = stdout.split('\f');
  const names = running.split('\n').filter((name) => name !== '');
  if (names.length !== 1 || names[0] !== 'nginx') return { unknown: notNginx(names) };
  const resolved = pairs(rest.at(-1) ?? '');
  const files = new Map(
    rest
      .slice(0, -1)
      .filter((part) => part !== '')
      .map(fileOf),
  );
  const { passings, missing } = readNginx(files, main);
  if (missing.length > 0) return { unknown: `${missing[0] ?? ''} could not be read` };
  const real = (value: string): string => resolved.get(value) ?? value;
  const ours = passings.filter(({ roots }) => roots.some((root) => lies(real(root), path)));
  if (ours.length === 0)
    return { unknown: `nginx has no server whose root lies in ${path}`, rootless: true };
  return { sends: ours.flatMap((one) => sendsOf(one, real)), variable: ours.flatMap(variablesOf) };
}

function notNginx(names: readonly string[]): string {
  if (names.length === 0) return 'no web server was seen on this server';
  return `the configuration of ${names.join(' and ')} is not read, only that of nginx`;
}

function pairs(text: string): ReadonlyMap<string, string> {
  const lines = text.split('\n').filter((line) => line.includes('\t'));
  return new Map(
    lines.map((line) => {
      const [path = '', target = ''] = line.split('\t');
      return [path, target === '' ? path : target];
    }),
  );
}

function fileOf(part: string): [string, string] {
  const end = part.indexOf('\n');
  return [part.slice(0, end), part.slice(end + 1)];
}

function lies(root: string, path: string): boolean {
  return root === path || root.startsWith(`${path}/`);
}

function sendsOf(passing: Passing, real: (path: string) => string): readonly Sends[] {
  const { to, params } = passing;
  const own = [...params].filter(([name, value]) => !describes(name) && !value.includes('$'));
  const link = linkOf(passing);
  return to.map((one) => ({ to: addressOf(one, real), params: Object.fromEntries(own), ...link }));
}

/** nginx resolves links where it is asked for $realpath_root (ngx_http_core_module). PHP-FPM knows files by these two. */
function linkOf({ params, file, pass, ownParams }: Passing): Pick<Sends, 'link'> {
  const resolved = ['SCRIPT_FILENAME', 'DOCUMENT_ROOT'].every((name) =>
    (params.get(name) ?? '').startsWith('$realpath_root'),
  );
  return resolved ? {} : { link: { file, pass, ownParams } };
}

function variablesOf({ params }: Passing): readonly string[] {
  const own = [...params].filter(([name, value]) => !describes(name) && value.includes('$'));
  return own.map(([name]) => name);
}

/** What every web server says of a request (nginx' fastcgi_params; RFC 3875): no setting of the application. */
function describes(name: string): boolean {
  return /^(QUERY_STRING|REQUEST_.*|CONTENT_.*|SCRIPT_.*|DOCUMENT_.*|SERVER_.*|HTTPS|GATEWAY_INTERFACE|REMOTE_.*|REDIRECT_STATUS|PATH_.*|HTTP_.*|FCGI_ROLE)$/.test(
    name,
  );
}

function addressOf(to: string, real: (path: string) => string): string {
  return to.startsWith('unix:') ? real(to.slice('unix:'.length).replace(/:$/, '')) : to;
}
