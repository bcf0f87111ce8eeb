import type { Fleet } from '../plan/fleet.ts';
import { walk } from '../plan/walk.ts';
import { counted } from '../count.ts';
import type { Report } from '../report/report.ts';
import { listReleases } from '../steps/releases.ts';
import { conclude } from './conclude.ts';

/** What was deployed when, by whom, from which run and with what outcome, and what is live. It changes nothing. */
export async function releases(fleet: Fleet, signal: AbortSignal): Promise<Report> {
  const report = conclude(fleet, await walk([listReleases], fleet, signal), 'already-live');
  const checked = fleet.map(({ config, server, facts }) =>
    facts.releases === undefined
      ? `Looked at ${server.name} ${config.path}`
      : `${server.name} ${config.path} has commit ${facts.releases.live.slice(0, 10)} live, and knows of ${counted(facts.releases.releases.length, 'deploy')}`,
  );
  const outcomes = { refused: 'failed', 'already-live': 'passed' } as const;
  const { outcome } = report;
  const ended = outcome === 'refused' || outcome === 'already-live' ? outcomes[outcome] : outcome;
  return { ...report, checked: checked.join('; '), outcome: ended };
}
