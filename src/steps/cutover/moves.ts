import type { Route } from '../../app/cutover.ts';
import type { Cutover } from '../../plan/journal.ts';
import { readReleaseLog, type Move } from '../../plan/release-log.ts';
import type { Site } from '../../plan/site.ts';
import { query } from '../../server/round.ts';

/** What the release log is to remember of a cutover; undefined when there was none. */
export function moveOf(cutover: Cutover | null): Move | undefined {
  if (cutover?.progress !== 'done') return undefined;
  const { from, files, rows } = cutover.route;
  return { from, folder: files.folder, table: rows.table, at: cutover.cutoverAt };
}

/**
 * When everything that lies where the sessions go now was copied to where they are now, by the move before this one.
 * @returns seconds since 1970; 0 when the last move was another one, or none is known
 */
export async function lastMove(
  { server, release }: Site,
  { from, files, rows }: Route,
  signal: AbortSignal,
): Promise<number> {
  const { releases } = await query(server, { releases: release.list() }, signal);
  const moves = readReleaseLog(releases.stdout).releases.map(({ sessions }) => sessions);
  const sessions = moves.findLast((move) => move !== undefined);
  if (sessions === undefined) return 0;
  const opposite =
    sessions.from !== from && sessions.folder === files.folder && sessions.table === rows.table;
  return opposite ? sessions.at : 0;
}
