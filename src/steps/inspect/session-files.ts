import type { Application } from '../../app/application.ts';
import { sessionFilePattern } from '../../app/session-files.ts';
import type { Site } from '../../plan/site.ts';
import { shell } from '../../server/command.ts';
import { queryGroups } from '../../server/round.ts';

const largest = `# the largest session file
[ -d "$1" ] || exit 0
find -H "$1" -maxdepth 1 -type f -regextype posix-extended -regex ".*/$2" -printf '%s\\n' | sort -n | tail -n 1`;

/** Bytes of the largest session file, which a table would have to hold; 0 when sessions are not in files. */
export async function largestSession(
  site: Site,
  { session }: Application,
  signal: AbortSignal,
): Promise<number> {
  if (!session.driver.endsWith('FileHandler') || !session.savePath.startsWith('/')) return 0;
  const question = shell(largest, [session.savePath, sessionFilePattern(session)]);
  const { size } = await queryGroups(site.server, [{ size: question }], signal);
  return Number(size.stdout.trim()) || 0;
}
