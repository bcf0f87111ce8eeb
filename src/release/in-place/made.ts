import { shell, type Command } from '../../server/command.ts';
import { modesOfTree } from '../paths.ts';

// Each path has a number. Its mark holds the inode of the new one, written before anything is moved. So who rolls this
// back knows which one is live, wherever it stopped. mv(1) exchanges two names in one rename(2) since coreutils 9.5; a file takes the place
// of another one in one rename anyway. Elsewhere a folder takes two.
const swap = `# what was made goes live
${modesOfTree}
live=$1 stage=$2 kept=$3/made.before
shift 3
mkdir -p "$kept" || exit
at=0
for path; do
  at=$((at + 1))
  new=$stage/$path old=$live/$path was=$kept/$at
  [ -e "$new" ] || continue
  stat -c %i "$new" >"$was.new" && mkdir -p "$(dirname -- "$old")" || exit
  if [ ! -e "$old" ] && [ ! -L "$old" ]; then mv -T "$new" "$old" || exit
  elif [ -f "$old" ] && [ ! -L "$old" ] && [ -f "$new" ]; then ln -f "$old" "$was" && mv -fT "$new" "$old" || exit
  elif mv -T --exchange "$new" "$old" 2>/dev/null; then mv -T "$new" "$was" || exit
  else mv -T "$old" "$was" && mv -T "$new" "$old" || exit
  fi
done`;

const back = `# what was made as before
live=$1 stage=$2 kept=$3/made.before
shift 3
at=0
for path; do
  at=$((at + 1))
  old=$live/$path was=$kept/$at
  [ -e "$was.new" ] || continue
  [ -e "$was" ] || [ -L "$was" ] || was=$stage/$path
  if [ "$(stat -c %i "$old" 2>/dev/null)" = "$(cat "$kept/$at.new")" ]; then
    rm -rf "$kept/failed"
    if [ ! -e "$was" ] && [ ! -L "$was" ]; then mv -T "$old" "$kept/failed" || exit
    elif [ -f "$old" ] && [ -f "$was" ]; then mv -fT "$was" "$old" || exit
    elif mv -T --exchange "$was" "$old" 2>/dev/null; then :
    else mv -T "$old" "$kept/failed" && mv -T "$was" "$old" || exit
    fi
  elif [ ! -e "$old" ] && [ -e "$kept/$at" ]; then mv -T "$kept/$at" "$old" || exit
  fi
  rm -f "$kept/$at.new"
done
rm -rf "$kept"`;

/** Paths of the stage that git does not have go live; those that were live are kept. */
export function swapMade(
  path: string,
  stage: string,
  stateDir: string,
  made: readonly string[],
): Command {
  return shell(swap, [path, stage, stateDir, ...made]);
}

/** The previous ones are live again, the very same files; those that were not there before are gone. */
export function madeBack(
  path: string,
  stage: string,
  stateDir: string,
  made: readonly string[],
): Command {
  return shell(back, [path, stage, stateDir, ...made]);
}
