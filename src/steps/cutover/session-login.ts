import { askApplication, readApplication } from '../../app/ask.ts';
import type { Application } from '../../app/application.ts';
import { CutoverFailed, type SessionLogin, type Route } from '../../app/cutover.ts';
import type { Cutover } from '../../plan/journal.ts';
import type { Site } from '../../plan/site.ts';
import { query } from '../../server/round.ts';
import { maskPassword } from '../database/databases.ts';

/**
 * The application's own login to the database of the rows. Another process than the one that began has to ask for it again:
 * the journal holds no password.
 * @param database which one it was; null when nobody wrote it down yet
 * @throws CutoverFailed when no application tells it any more
 */
export async function resolveSessionLogin(
  site: Site,
  { from }: Pick<Route, 'from'>,
  database: Cutover['database'] | null,
  signal: AbortSignal,
): Promise<SessionLogin> {
  const { inspect, stage } = site.facts;
  const known = from === 'files' ? stage?.application : inspect?.live;
  if (known !== undefined) return known.sessionDatabase;
  const { config, run, server, release } = site;
  const answers = await query(
    server,
    {
      staged: askApplication(config.php, release.staged, run.nonce),
      live: askApplication(config.php, release.live, run.nonce),
    },
    signal,
  );
  const found = [answers.staged, answers.live]
    .flatMap((answer) => databasesOf(readApplication(answer, run.nonce)))
    .find((one) => one.user === database?.user && one.database === database.database);
  if (found === undefined) {
    throw new CutoverFailed('the application does not tell its session database any more');
  }
  maskPassword(site, found);
  return found;
}

function databasesOf(
  reported: ReturnType<typeof readApplication>,
): readonly Application['sessionDatabase'][] {
  return reported.ok
    ? [reported.application.sessionDatabase, reported.application.ledgerDatabase]
    : [];
}
