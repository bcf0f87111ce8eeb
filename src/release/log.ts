import { shell, type Command } from '../server/command.ts';

// Asked twice when the connection is lost meanwhile, and written once. A first deploy that was rolled back left no place.
const append = `# write the release down
[ -d "$1" ] || exit 0
umask 077
line=$(cat)
[ "$(tail -n 1 "$1/releases.jsonl" 2>/dev/null)" = "$line" ] || printf '%s\\n' "$line" >>"$1/releases.jsonl"`;

const releases = `# what was deployed
tail -n 1000 "$1/releases.jsonl" 2>/dev/null
exit 0`;

/** Prints what was deployed, one JSON object a line, the newest last; a thousand at most. */
export function listDeploys(stateDir: string): Command {
  return shell(releases, [stateDir], { shown: 'command' });
}

/** Writes one line down for {@link listDeploys}. */
export function recordDeploy(stateDir: string, line: string): Command {
  return shell(append, [stateDir], { stdin: line });
}
