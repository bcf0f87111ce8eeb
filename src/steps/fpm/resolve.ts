import { shell } from '../../server/command.ts';
import { query } from '../../server/round.ts';
import type { Server } from '../../server/server.ts';

// Of several services the one whose socket the web server's configuration names, where it names the site's root. Those that
// run come first, but one that has died is still the one that served the site.
const find = `# the PHP-FPM service of the site
services() { systemctl list-units --all --plain --no-legend --state="$1" '*php*fpm*.service' | awk '{ print $1 }' | sed 's/\\.service$//'; }
all=$(services active)
[ -n "$all" ] || all=$(services loaded)
[ "$(printf '%s\\n' "$all" | grep -c .)" -gt 1 ] || { printf '%s' "$all"; exit 0; }
real=$(readlink -f -- "$1")
files=$(grep -rlsF -e "$1" -e "$real" /etc/nginx/sites-enabled /etc/nginx/conf.d /etc/nginx/nginx.conf /etc/apache2/sites-enabled /etc/caddy)
[ -n "$files" ] || exit 0
for unit in $all; do
  config=$(systemctl show -p ExecStart --value -- "$unit" | sed -n 's/.*--fpm-config[ =]\\([^ ;]*\\).*/\\1/p')
  [ -n "$config" ] || continue
  folder=$(dirname -- "$config")
  for listen in $(grep -rhsE '^[[:space:]]*listen[[:space:]]*=' "$folder" | sed 's/.*=[[:space:]]*//'); do
    grep -qF -e "$listen" $files && { printf '%s' "$unit"; exit 0; }
  done
done
exit 0`;

/**
 * The service of PHP-FPM that serves a site.
 * @param path the application on the server
 * @returns null where there is none, or nobody can tell which of several it is
 * @throws what a round throws
 */
export async function serviceOf(
  server: Server,
  path: string,
  signal: AbortSignal,
): Promise<string | null> {
  const { unit } = await query(server, { unit: shell(find, [path]) }, signal);
  const name = unit.stdout.trim();
  return /^[A-Za-z0-9@_][A-Za-z0-9@._-]*$/.test(name) ? name : null;
}
