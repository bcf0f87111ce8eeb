import type { Route } from '../../app/cutover.ts';
import type { Cutover } from '../../plan/journal.ts';
import type { Site } from '../../plan/site.ts';
import { query } from '../../server/round.ts';

/** A move of the sessions as the release log remembers it. */
export interface Move {
  readonly from: Route['from'];
  readonly folder: string;
  readonly table: string;
  /** Seconds since 1970, by the clock of the store they came from. */
  readonly at: number;
}

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
  const lines = releases.stdout.split('\n');
  const newest = lines.findLast((line) => line.includes('"sessions":{'));
  if (newest === undefined) return 0;
  const { sessions } = JSON.parse(newest) as { readonly sessions: Move };
  const opposite =
    sessions.from !== from && sessions.folder === files.folder && sessions.table === rows.table;
  return opposite ? sessions.at : 0;
}
