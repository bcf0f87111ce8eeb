import { shell, type Command } from '../server/command.ts';

const sizes = `# how long the logs are
find -H "$1/logs" -maxdepth 1 -type f -name '*.log' -printf '%s %f\\n' 2>/dev/null
exit 0`;

/** The length of each log of an application, as `bytes name` lines. `writable` is where it keeps them. */
export function logSizes(writable: string): Command {
  return shell(sizes, [writable], { shown: 'command' });
}

// Who writes the logs could put a link there that leads to a file which is ours alone: dd(1) opens none. CodeIgniter writes
// the exception in one line, and its place in the next that begins with "in" (system/Debug/Exceptions.php).
const newest = `# newest error in the application's log
real=$(readlink -f -- "$1") && cd -P -- "$1/logs" 2>/dev/null && [ "$(pwd -P)" = "$real/logs" ] || exit 0
find . -maxdepth 1 -type f -name '*.log' -printf '%T@ %s %f\\n' 2>/dev/null | sort -rn | head -n 1 |
  while read -r _ size file; do
    from=$(printf '%s\\n' "$2" | awk -v name="$file" '$2 == name { print $1 }')
    from=\${from:-0}
    [ "$from" -ge $((size - 65536)) ] || from=$((size - 65536))
    dd if="./$file" iflag=nofollow,nonblock,skip_bytes skip="$from" bs=64k status=none 2>/dev/null
  done | awk '
    /^(EMERGENCY|ALERT|CRITICAL|ERROR) / { said = $0; place = "" }
    /^in .* on line [0-9]+/ { if (place == "") place = " " $0 }
    END { if (said != "") print said place }'`;

/**
 * Prints the newest error of an application, with its place where the log has it; nothing where there is none.
 * @param since what {@link logSizes} printed before; empty for the whole log
 */
export function newestError(writable: string, since: string): Command {
  return shell(newest, [writable, since]);
}
