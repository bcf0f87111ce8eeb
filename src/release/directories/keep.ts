import { shell, type Command } from '../../server/command.ts';
import { firstRelease, forgetFirst } from './first.ts';

// Only a deploy that was proved writes its line, so what is not in the log is no good release: it is not counted, and
// the deploy that made it removes it. Names sort by time. One that cannot be removed as a whole is no release any more either.
const prune = `# remove old releases
cd "$1/releases" || exit
live=$(basename -- "$(readlink -f ../current)")
kept=1
for name in $(ls -r); do
  [ -d "$name" ] && [ "$name" != "$live" ] && grep -qF "\\"release\\":\\"$name\\"" "$2/releases.jsonl" 2>/dev/null || continue
  kept=$((kept + 1))
  [ "$kept" -gt "$3" ] && [ "$name" != "$4" ] || continue
  mv -T -- "$name" ".removed-$name" || failed=1
done
for gone in .removed-*; do
  [ ! -d "$gone" ] || rm -rf -- "./$gone" || failed=1
done
[ "$live" = ${firstRelease} ] || { ${forgetFirst}; } || failed=1
git -C "$5" worktree prune && [ -z "$failed" ]`;

/** Which releases stay. */
interface Kept {
  readonly base: string;
  readonly clone: string;
  readonly stateDir: string;
  /** So many good ones stay, the live one among them. */
  readonly keep: number;
  /** The one before the live one, by its name: it stays whatever `keep` says. */
  readonly previous: string;
}

/** Removes good releases beyond those that are kept. */
export function removeOldReleases({ base, clone, stateDir, keep, previous }: Kept): Command {
  return shell(prune, [base, stateDir, String(keep), previous, clone]);
}
