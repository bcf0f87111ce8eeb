import type { Fleet } from '../plan/fleet.ts';
import { walk } from '../plan/walk.ts';
import type { Report } from '../report/report.ts';
import { inspectFor } from '../steps/inspect/inspect.ts';
import { conclude } from './conclude.ts';

/**
 * What a deploy needs of this server: what is there, and what is missing, with the lines that bring it. It changes nothing,
 * takes no lock, and is green only where a deploy would pass its first look.
 */
export async function doctor(fleet: Fleet, signal: AbortSignal): Promise<Report> {
  const report = conclude(fleet, await walk([inspectFor('doctor')], fleet, signal), 'already-live');
  const checked = `Looked at ${report.hosts.map(({ server, path }) => `${server} ${path}`).join(' and ')}`;
  if (report.outcome === 'refused') return { ...report, checked, outcome: 'failed' };
  return report.outcome === 'already-live' ? { ...report, checked, outcome: 'passed' } : report;
}
