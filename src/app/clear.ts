import { programs } from '../php/programs.ts';
import { command, quote, shell, type Command, type Output } from '../server/command.ts';
import { freshPhp } from './ask.ts';
import { readReply, type Reply } from './reply.ts';
import { object, orNull, text } from './shape.ts';

/**
 * Empties the cache of the application at `root` as `php spark cache:clear` does. It follows no link that PHP-FPM's user may have put in the place of a folder.
 * @param nonce word that marks the answer; no application prints it
 */
export function clearCache(php: string, root: string, nonce: string): Command {
  const args = [...freshPhp, '-d', 'display_errors=stderr', '--', root, nonce];
  const typed = `cd ${quote(root)} && ${quote(php)} spark cache:clear`;
  return command(php, args, { stdin: programs.clear, typed });
}

/** Why a cache was not emptied. */
export interface NotCleared {
  /** As a sentence. */
  readonly why: string;
  /** Where it keeps its files; null when it is no cache of files. */
  readonly folder: string | null;
}

/** What {@link clearCache} brought back; null when it was emptied. */
export function readCleared(output: Output, nonce: string): Reply<NotCleared | null> {
  const shape = object({ refused: orNull(text), folder: orNull(text) });
  const reply = readReply(output, nonce, shape);
  if (!reply.ok) return reply;
  const { refused, folder } = reply.value;
  return { ok: true, value: refused === null ? null : { why: refused, folder } };
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
  const files = ['FactoriesCache_config', 'FileLocatorCache'];
  const typed = ['rm -f', ...files.map((name) => quote(`${writable}/cache/${name}`))].join(' ');
  return shell(dropStale, [writable], { typed });
}
