import type { Config } from '../../../config/config.ts';
import { errorFinding, type Finding } from '../../../finding.ts';
import { quote, shell, type Command, type Output } from '../../../server/command.ts';
import { asUser } from '../../../remedy.ts';
import { ownFiles } from '../../../release/directories/layout.ts';
import { entries, some } from './words.ts';

/** Tracked files whose changes git was asked not to see, and settings that keep it from seeing any. */
export interface Hidden {
  /** Marked as skip-worktree or assume-unchanged. */
  readonly flagged: readonly string[];
  /** They differ from the commit, although git says nothing. */
  readonly edited: readonly string[];
}

// git-ls-files(1), -v: a small letter is assume-unchanged, S is skip-worktree. An index of our own, which has neither flags
// nor times, shows what really differs. A file that a sparse checkout left out is nobody's edit. GIT_CONFIG_COUNT has settings
// of our own rounds, which are nobody's.
const question = `# changes that git was asked not to see
flagged=$(git ls-files -v | grep -c '^[a-zS] ')
env -u GIT_CONFIG_COUNT git config --get-regexp '^core\\.(ignorestat|trustctime|checkstat|fsmonitor)$' >/dev/null && trusts=1
git ls-files -v -z | grep -z '^[a-zS] ' | cut -z -c 3-
printf '\\f'
[ "$flagged" != 0 ] || [ -n "$trusts" ] || exit 0
own=$(mktemp -d) || exit
trap 'rm -rf "$own"' EXIT
export GIT_INDEX_FILE="$own/index"
git read-tree --no-sparse-checkout HEAD || exit
sparse=$(git config --bool core.sparseCheckout)
git -c core.fsmonitor=false -c core.fileMode=false -c core.ignoreStat=false diff --no-ext-diff --no-renames --ignore-submodules=all \${sparse:+--diff-filter=d} --name-only -z "$@"`;

/** Files whose changes git was asked not to look at. */
export function askHidden(config: Config): Record<'hidden', Command> {
  return { hidden: shell(question, ownFiles(config), { cwd: config.path }) };
}

/** Reads their names. */
export function readHidden({ hidden }: Record<'hidden', Output>): Hidden {
  const [flagged = '', edited = ''] = hidden.stdout.split('\f');
  return { flagged: entries(flagged, '\0'), edited: entries(edited, '\0') };
}

/**
 * What an ordinary `git status` has said already is left to it.
 * @param seen files that git status calls changed
 */
export function judgeHidden(
  { flagged, edited }: Hidden,
  seen: readonly string[],
  user: string,
  { path }: Config,
): readonly Finding[] {
  const hidden = edited.filter((name) => !seen.includes(name));
  const harmless = flagged.filter((name) => !hidden.includes(name));
  return [
    ...(hidden.length === 0 ? [] : [hiddenEdits(hidden, user, path)]),
    ...(harmless.length === 0 ? [] : [marked(harmless)]),
  ];
}

function hiddenEdits(hidden: readonly string[], user: string, path: string): Finding {
  const files = hidden.map(quote).join(' ');
  return errorFinding(
    'hidden-edits',
    `Tracked files were changed on the server, and git was asked not to see it (skip-worktree, assume-unchanged): ${some(hidden)}. What is migrated and verified is the commit, but visitors would get these edits.`,
    asUser(
      user,
      'git then sees the edits, and they stay',
      `cd ${quote(path)}`,
      `git update-index --no-skip-worktree -- ${files}`,
      `git update-index --no-assume-unchanged -- ${files}`,
      `touch -c -- ${files}`,
      'git status --short',
    ),
  );
}

function marked(harmless: readonly string[]): Finding {
  return {
    name: 'hidden-files',
    severity: 'notice',
    message: `git was asked not to look at changes of these tracked files (skip-worktree, assume-unchanged): ${some(harmless)}. They are as the live commit has them, or a sparse checkout left them out.`,
  };
}
