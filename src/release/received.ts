import { shell, type Command } from '../server/command.ts';
import { join, modesOfTree } from './paths.ts';

// Where the connection is lost, a part may have come half: the next one begins where it should.
const append = (what: string): string => `# receive a part of ${what}
umask 077
: >>"$1" && truncate -s "$2" "$1" && cat >>"$1"`;

// Modes are those of the live tree, whatever they were where it was packed: of =rwX the umask decides (chmod(1)).
const unpack = `# take the files into the stage
${modesOfTree}
file=$3 sum=$4
[ "$(sha256sum <"$file" | cut -d ' ' -f 1)" = "$sum" ] || { echo "$file is not what was sent" >&2; exit 1; }
tar -xzf "$file" -C "$2" --no-same-owner --no-same-permissions && rm -f "$file" && cd "$2" && shift 4 || exit
for path; do find "./$path" ! -type l -exec chmod =rwX {} + || exit; done`;

/** Where something lies until it has come whole: in the lock of the deploy, and it goes with that. */
export function receivedIn(stateDir: string, name: 'files.tgz' | 'bundle'): string {
  return join(stateDir, 'lock', name);
}

/** One part of what is sent, as `the files`, to stand behind so many bytes of that file. */
export function receivePart(what: string, file: string, from: number, bytes: Uint8Array): Command {
  return shell(append(what), [file, String(from)], { bytes, shown: 'nothing' });
}

/**
 * Everything that was sent goes into the stage, if it came whole.
 * @param sent its SHA-256 in hexadecimal digits, and what is in it
 */
export function unpackReceived(
  live: string,
  stage: string,
  stateDir: string,
  sent: { readonly sum: string; readonly paths: readonly string[] },
): Command {
  return shell(unpack, [live, stage, receivedIn(stateDir, 'files.tgz'), sent.sum, ...sent.paths]);
}
