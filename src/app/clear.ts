import { programs } from '../php/programs.ts';
import { command, shell, type Command, type Output } from '../server/command.ts';
import { freshPhp } from './ask.ts';
import { readReply, type Reply } from './reply.ts';
import { object, orNull, text } from './shape.ts';

/**
 * Empties the cache of the application at `root` as `php spark cache:clear` does. It follows no link that PHP-FPM's user may have put in the place of a folder.
 * @param nonce word that marks the answer; no application prints it
 */
export function clearCache(php: string, root: string, nonce: string): Command {
  const args = [...freshPhp, '-d', 'display_errors=stderr', '--', root, nonce];
  return command(php, args, { stdin: programs.clear });
}

/** What {@link clearCache} brought back: why the cache was not emptied, as a sentence; null when it was. */
export function readCleared(output: Output, nonce: string): Reply<string | null> {
  const reply = readReply(output, nonce, object({ refused: orNull(text) }));
  return reply.ok ? { ok: true, value: reply.value.refused } : reply;
}

// The folder that we are in stays the same one, whatever is put in its place (chdir(2)); rm follows no link.
const dropStale = `# remove cached configuration and file locations
real=$(readlink -f -- "$1") && cd -P -- "$1/cache" 2>/dev/null || exit 0
[ "$(pwd -P)" = "$real/cache" ] || { echo "$1/cache leads to $(pwd -P), so nothing was removed there" >&2; exit 0; }
rm -f FactoriesCache_config FileLocatorCache`;

/**
 * Removes the caches of configuration and file locations that a new commit must not meet (CodeIgniter 4.5 and newer).
 * @param writable the folder that holds `cache`
 */
export function dropStaleCaches(writable: string): Command {
  return shell(dropStale, [writable]);
}
