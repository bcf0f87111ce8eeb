import type { Config } from '../../config/config.ts';
import type { Site } from '../../plan/site.ts';
import { receivedIn } from '../../release/received.ts';
import { bundleRef, type Bundle } from './source.ts';
import { shell, type Command } from '../../server/command.ts';
import { perform } from '../../server/round.ts';
import { after, entries } from '../inspect/topics/words.ts';
import { sendInParts } from '../parts.ts';

// Objects come as one pack, which git renames into place once it is whole and nothing before it is missing.
const unpack = `# take the commit from the bundle
git -c protocol.file.allow=always fetch --quiet --no-tags --no-recurse-submodules --refmap= "$1" ${bundleRef} || exit
rm -f "$1"
git cat-file -e "$2^{commit}"`;

/** What the server has of a commit, and room for more. */
export interface There {
  /** With all that comes before it. */
  readonly whole: boolean;
  /** Commits that it has with all that comes before them. */
  readonly known: readonly string[];
  /** Those of the asked ones that it lacks. */
  readonly lacks: readonly string[];
  /** Free bytes; null where the server did not say. */
  readonly free: number | null;
}

const question = `# what the server has of the commit
commit=$1
shift
git rev-list --quiet "$commit" --not --all 2>/dev/null && echo whole
{ git for-each-ref --sort=-creatordate --count=100 --format='%(objectname)%0a%(*objectname)'
  git worktree list --porcelain | sed -n 's/^HEAD //p'; } | sort -u | sed -n 's/^[0-9a-f]/known &/p'
for one; do git cat-file -e "$one^{commit}" 2>/dev/null || echo "lacks $one"; done
df -Pk "$(git rev-parse --absolute-git-dir)" | awk 'NR > 1 { print "free", $4 * 1024 }'`;

/** Asks what a clone has of a commit, and which of the others it lacks. */
export function askThere({ clone, commit }: Config, others: readonly string[]): Command {
  return shell(question, [commit, ...others], { cwd: clone, shown: 'command' });
}

/** Reads it. */
export function readThere(text: string): There {
  const lines = entries(text, '\n');
  const [free] = after('free', lines);
  return {
    whole: lines.includes('whole'),
    known: after('known', lines).filter((id) => !/^0+$/.test(id)),
    lacks: after('lacks', lines),
    free: free === undefined ? null : Number(free),
  };
}

/**
 * Sends a bundle, and lets git take the commit from it. Until it has come whole it lies in the lock of this deploy, and
 * goes with that.
 * @throws what perform throws
 */
export async function transfer(site: Site, bundle: Bundle, signal: AbortSignal): Promise<void> {
  const { clone, commit } = site.config;
  const file = receivedIn(site.journal.now.stateDir, 'bundle');
  await sendInParts(site, bundle, file, 'the bundle', signal);
  await perform(site.server, [shell(unpack, [file, commit], { cwd: clone })], signal);
}
