import type { Site } from '../plan/site.ts';
import { shell } from '../server/command.ts';
import { ask } from '../server/round.ts';

const look = `# did a deploy before leave something unfinished
house=$(git rev-parse --absolute-git-dir 2>/dev/null)/ci4-deploy
[ -d "$house" ] || exit 0
for left in "$house"/left-*; do [ -d "$left" ] && { echo "$house"; exit 0; }; done
[ -e "$house/lock/heartbeat" ] || exit 0
read -r attempt run <"$house/lock/run" 2>/dev/null
[ -n "$1" ] && [ "$run" = "$1" ] && [ "$attempt" -lt "$2" ] && { echo "$house"; exit 0; }
[ $(($(date +%s) - $(stat -c %Y "$house/lock/heartbeat"))) -ge "$3" ] && echo "$house"
exit 0`;

/**
 * Whether a deploy before this one may have ended in the middle: its lock has given no sign of life for long, or an
 * earlier attempt of this very run holds it, or its journal lies there.
 * @returns `<git dir>/ci4-deploy`, or null when there is nothing to finish
 */
export async function leftBehind(
  site: Site,
  silence: number,
  signal: AbortSignal,
): Promise<string | null> {
  const { url, attempt } = site.run;
  const question = shell(look, [url, attempt, String(silence)], { cwd: site.config.path });
  const { house } = await ask(site.server, { house: question }, signal);
  return house.stdout.trim() || null;
}
