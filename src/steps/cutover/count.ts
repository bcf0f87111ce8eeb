import type { Application } from '../../app/application.ts';
import { sessionFilePattern } from '../../app/session-files.ts';
import type { Site } from '../../plan/site.ts';
import { shell, succeeded } from '../../server/command.ts';
import { query } from '../../server/round.ts';
import { sessionDatabase } from '../database/databases.ts';

const count = `# count the sessions that are not over
[ -r "$1" ] && [ -x "$1" ] || exit 1
find -H "$1" -maxdepth 1 -type f -size +0 -regextype posix-extended -regex ".*/$2" $3 -printf x | wc -c`;

/** How many sessions would be lost; null where they cannot be counted from outside. */
export async function countSessions(
  site: Site,
  live: Application,
  signal: AbortSignal,
): Promise<number | null> {
  const { session } = live;
  if (session.table !== null) {
    return (await sessionDatabase(site, live, signal)).rowCount(session.table);
  }
  if (!session.savePath.startsWith('/')) return null;
  const minutes = Math.ceil(session.expiration / 60);
  const young = minutes === 0 ? '' : `-mmin -${minutes}`;
  const values = [session.savePath, sessionFilePattern(session), young];
  const { files } = await query(site.server, { files: shell(count, values) }, signal);
  return succeeded(files) ? Number(files.stdout.trim()) : null;
}
