import { shell, type Command, type Output } from '../../server/command.ts';
import { modPhp } from './apache.ts';

// Of several services the one whose socket the web server's configuration names, where it names the site's root. Those that
// run come first, but one that has died is still the one that served the site. Where none runs, Apache may run PHP itself.
const find = `# the PHP-FPM service of the site
services() { systemctl list-units --all --plain --no-legend --state="$1" '*php*fpm*.service' | awk '{ print $1 }' | sed 's/\\.service$//'; }
${modPhp}
all=$(services active)
[ -z "$all" ] && [ "$(systemctl is-active apache2)" = active ] && [ -n "$(modphp)" ] && { printf apache2; exit 0; }
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

/** Asks for the service of PHP-FPM that serves the application at `path`, or Apache where that runs PHP itself. */
export function askService(path: string): Command {
  return shell(find, [path]);
}

/** Its name; null where there is none, or nobody can tell which of several it is. */
export function readService({ stdout }: Output): string | null {
  const name = stdout.trim();
  return /^[A-Za-z0-9@_][A-Za-z0-9@._-]*$/.test(name) ? name : null;
}
