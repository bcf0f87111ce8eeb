/** What a service that serves the site runs PHP with. `none`: it is Apache, and has no PHP of its own. */
export type Runs = 'PHP-FPM' | 'mod_php' | 'none';

/** Shell text that finds the module of PHP that Apache loads, as its path; nothing where it loads none. */
export const modPhp = `modphp() {
  grep -RhsE '^[[:space:]]*LoadModule[[:space:]]+php[0-9]*_module' /etc/apache2/mods-enabled /etc/httpd/conf.modules.d | awk '{ print $3 }' | head -n 1
}`;

/** Shell text that tells by the program of a unit in `$binary` whether it is Apache. */
export const isApache =
  'case ${binary##*/} in apachectl|apache2ctl|apache2|httpd) apache=1 ;; *) apache= ;; esac';

// A key of TLS is closed to an ordinary user, for whom Apache then says that the file does not exist.
/** Shell text that ends with the test of Apache's own configuration, where the unit is Apache; with 77 where we cannot tell. */
export const testApache = `if [ -n "$apache" ]; then
  said=$("$binary" -t 2>&1) && exit 0
  case $said in *'Permission denied'*|*SSLCertificate*|*'does not exist or is empty'*) exit 77 ;; esac
  printf '%s\\n' "$said" | grep -vE '^(AH00558|Action |The Apache error log)' >&2
  exit 1
fi`;

// The command line of the same version reads the settings of mod_php where it is led to them (Debian).
/** Shell text that prints the parts of `describeFpm` for Apache: version, modules, connections, configuration, program, and what it runs. */
export const describeApache = `if [ -n "$apache" ]; then
  module=$(modphp)
  if [ -z "$module" ]; then printf '\\f\\f0\\f\\f%s\\fnone' "$binary"; exit 0; fi
  version=$(printf '%s\\n' "$module" | sed -n 's/.*libphp\\([0-9.]*\\)\\.so$/\\1/p')
  export PHP_INI_SCAN_DIR="/etc/php/$version/apache2/conf.d"
  modules=$("php$version" -c "/etc/php/$version/apache2" -m 2>/dev/null) && "php$version" -n -v; printf '\\f'
  printf '%s\\n' "$modules"
  printf '\\f0\\f%s\\f%s\\fmod_php' /etc/apache2/apache2.conf "$binary"
  exit 0
fi`;
