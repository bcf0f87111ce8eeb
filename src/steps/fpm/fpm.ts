import { describeApache, isApache, modPhp, testApache } from './apache.ts';
import {
  command,
  quote,
  shell,
  succeeded,
  type Command,
  type Output,
} from '../../server/command.ts';

/** Whether sudo lets this user reload the service without a password; the answer is the exit status. */
export function mayReload(unit: string): Command {
  return command('sudo', ['-n', '-l', 'systemctl', 'reload', unit]);
}

/** What systemd knows of the service. */
export function showFpm(unit: string): Command {
  return command('systemctl', ['show', '-p', 'LoadState', '-p', 'ActiveState', '--', unit]);
}

/** The PHP-FPM services that systemd does know, for a better message. */
export function listFpm(): Command {
  return command('systemctl', [
    'list-units',
    '--all',
    '--plain',
    '--no-legend',
    'php*fpm*.service',
  ]);
}

// php-fpm -t as an ordinary user stops at the log file, which is root's: the copy it tests logs nowhere. It stops at a
// folder of opcache.file_cache_only that only PHP-FPM's user may write to, too.
// Binary and configuration are those the unit itself starts with (systemd.service, ExecStart).
const unit = `start=$(systemctl show -p ExecStart --value -- "$1")
binary=$(printf '%s\\n' "$start" | sed -n 's/.*path=\\([^ ;]*\\).*/\\1/p')
config=$(printf '%s\\n' "$start" | sed -n 's/.*--fpm-config[ =]\\([^ ;]*\\).*/\\1/p')
${isApache}`;

const test = `# php-fpm -t as the unit starts it
${unit}
${testApache}
[ -x "$binary" ] && [ -r "$config" ] || exit 77
copy=$(mktemp) || exit 77
trap 'rm -f "$copy"' EXIT
sed 's#^[[:space:]]*error_log[[:space:]]*=.*#error_log = /dev/null#' "$config" >"$copy" || exit 77
"$binary" "$2" -d opcache.file_cache_only=0 -y "$copy"`;

// Where its settings keep it from starting, as a folder for opcache that is closed to us does, nothing is known of it.
// A connection to a socket or a port is a request that is being served, or waits to be (proc(5), unix(7)).
const describe = `# the PHP of the unit, and connections to it
${unit}
${modPhp}
${describeApache}
[ -x "$binary" ] || exit 77
modules=$("$binary" -m) && "$binary" -n -v; printf '\\f'
printf '%s\\n' "$modules"; printf '\\f'
grep -c " 03 *[0-9]* .*php.*fpm.*\\.sock" /proc/net/unix; printf '\\f'
printf '%s' "$config"; printf '\\f'
printf '%s' "$binary"
exit 0`;

const runs = `# PHP-FPM is running
state=$(systemctl is-active -- "$1") || { echo "$1 is $state" >&2; exit 1; }`;

const notTestable = 77;

// What is not testable passes; what is broken ends with the status of php-fpm.
// A file that somebody changed since then has a newer ctime (inode(7)), whatever he did with its date. A configuration
// that includes files from elsewhere is tested again.
const passes = `# php-fpm -t before the reload
${unit}
unchanged() {
  [ -f "$1" ] && [ -f "$binary" ] && [ -f "$config" ] || return 1
  home=$(dirname -- "$config")
  elsewhere=$(sed -n 's/^[[:space:]]*include[[:space:]]*=[[:space:]]*//p' "$config" | grep -vF -e "$home/")
  [ -z "$elsewhere" ] && [ -z "$(find -L "$binary" "$home" -cnewer "$1" -print -quit 2>&1)" ]
}
unchanged "$3" && exit 0
said=$({
${test}
} 2>&1)
status=$?
[ "$status" != 0 ] && [ "$status" != ${notTestable} ] || exit 0
faults=$(printf '%s\\n' "$said" | grep -E 'ERROR|ALERT')
case $faults in *'Permission denied'*) [ "$(printf '%s\\n' "$faults" | wc -l)" -gt 3 ] || exit 0 ;; esac
printf '%s\\n' "$said" >&2
exit "$status"`;

/**
 * `php-fpm -t` with the service's own binary and configuration. It fails where a reload would kill PHP-FPM;
 * {@link readFpmTest} says why.
 * @param tested a file that is as old as an earlier test, or older: only what was changed since is tested again. Null where there was none
 */
export function testFpm(unit: string, tested: string | null): Command {
  return shell(passes, [unit, '-t', tested ?? '']);
}

/** The same test, with the whole configuration (`php-fpm -tt`), and what its binary is. Not for the log: environments are in it. */
export function describeFpm(unit: string): Record<'fpmTest' | 'fpmBinary', Command> {
  return {
    fpmTest: shell(test, [unit, '-tt'], { shown: 'command' }),
    fpmBinary: shell(describe, [unit], { shown: 'command' }),
  };
}

export type FpmTest = 'ok' | 'not testable' | { readonly problem: string };

/** What the test said. A file that only root may read makes it not testable, which is not a fault of the configuration. */
export function readFpmTest(output: Output): FpmTest {
  if (succeeded(output)) return 'ok';
  const text = `${output.stdout}${output.stderr}`.trim();
  const status = typeof output.exit === 'object' && 'code' in output.exit ? output.exit.code : 1;
  const lines = text.split('\n').filter((line) => /ERROR|ALERT/.test(line));
  const closed = (line: string): boolean => line.includes('Permission denied');
  if (status === notTestable || (lines.some(closed) && lines.length <= 3)) return 'not testable';
  // The first line names the file and the line; what follows only repeats that loading failed.
  const [first] = lines;
  const problem = first?.replace(/^\[[^\]]*\] (ERROR|ALERT): /, '') ?? text;
  return { problem: problem || `php-fpm -t ended with status ${status}` };
}

/** Fails when the service is not running, so that a reload would start nothing. */
export function fpmRuns(unit: string): Command {
  return shell(runs, [unit], { typed: `systemctl is-active ${quote(unit)}` });
}

// Processes below the main one, each with a blank behind it; nothing where proc(5) is closed to us.
const children = `main=$(systemctl show -p MainPID --value -- "$1")
serving() { cat "/proc/$main/task/$main/children" 2>/dev/null; }`;

// A reload starts the main process again, which first ends all others: they take no new request, and where
// process_control_timeout lets them, they finish theirs. A busy server takes its time for it. Where none serves, or nobody
// may see them, more than half a second without a fault has to do.
const restart = `# sudo -n systemctl reload, and wait until it is active again
${children}
before=$(serving)
sudo -n systemctl reload "$1" || exit
renewed() {
  now=$(serving)
  for one in $before; do
    case " $now" in *" $one "*) return 1;; esac
  done
}
i=0
while [ $i -lt 200 ]; do
  sleep 0.05
  i=$((i + 1))
  state=$(systemctl is-active -- "$1")
  case $state in
    active) if [ -n "$before" ]; then renewed; else [ $i -ge 12 ]; fi && exit 0 ;;
    reloading) ;;
    *) [ $i -lt 40 ] || break ;;
  esac
done
[ "$state" != active ] || exit 0
echo "$1 is $state" >&2
exit 1`;

/** Reloads the service and waits until it has begun again; fails when systemd does not call it active within two seconds. */
export function reloadFpm(unit: string): Command {
  const name = quote(unit);
  const typed = `sudo -n systemctl reload ${name} && systemctl is-active ${name}`;
  return shell(restart, [unit], { typed });
}
