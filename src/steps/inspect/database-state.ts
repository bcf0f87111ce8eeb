import { asRoot, inDatabase, onServer } from '../../remedy.ts';
import type { Application } from '../../app/application.ts';
import { errorFinding, warningFinding, type Finding } from '../../finding.ts';
import type { Clock } from '../../plan/facts.ts';
import type { Site } from '../../plan/site.ts';
import type { DatabaseState } from '../../schema/database.ts';
import { command } from '../../server/command.ts';
import { queryGroups } from '../../server/round.ts';
import { ledgerDatabase, sessionDatabase } from '../database/databases.ts';

/** Seconds two clocks may differ: they are read some milliseconds apart, and NTP lets them wander a little. */
const tolerance = 5;

/** Asks for the clock of the server. */
export async function clockOf({ server, log }: Site, signal: AbortSignal): Promise<Clock> {
  const { date } = await queryGroups(server, [{ date: command('date', ['+%s']) }], signal);
  return { seconds: Number(date.stdout.trim()), at: log.seconds };
}

/**
 * Asks the application's databases what they are like; those that could not be opened have their finding already.
 * @param clock of the server, from a moment before
 */
export async function databaseStates(
  site: Site,
  live: Application,
  clock: Clock,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const opened = await Promise.all([
    ledgerDatabase(site, live, signal),
    sessionDatabase(site, live, signal),
  ]);
  for (const database of new Set(opened)) {
    const state = await database.state();
    findings.push(...judgeState(state, clock.seconds + site.log.seconds - clock.at));
  }
  return findings;
}

/** @param clock of the server that PHP runs on, in seconds since 1970 */
export function judgeState(state: DatabaseState, clock: number): readonly Finding[] {
  const findings: Finding[] = [];
  if (state.readOnly) {
    findings.push(
      errorFinding(
        'database-read-only',
        'The database takes no writes (read_only is on): it is a replica, or somebody switched it so. Migrations and every session would fail.',
        inDatabase('If this is the primary', 'SET GLOBAL read_only = OFF;'),
        onServer('If it is a replica, let database.default.hostname in .env name the primary.'),
      ),
    );
  }
  const apart = Math.round(Math.abs(state.clock - clock));
  if (apart > tolerance) {
    findings.push(
      warningFinding(
        'clock-skew',
        `The clocks of the server and of its database are ${apart} s apart. Dates that PHP writes and dates that the database writes do not fit together.`,
        asRoot('On both machines', 'sudo timedatectl set-ntp true'),
      ),
    );
  }
  return findings;
}
