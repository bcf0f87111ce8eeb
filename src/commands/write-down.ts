import type { Fleet } from '../plan/fleet.ts';
import type { Host } from '../plan/host.ts';
import { releaseLine, type Release } from '../plan/release-log.ts';
import { isError } from '../finding.ts';
import { succeeded } from '../server/command.ts';
import { query } from '../server/round.ts';
import type { Report } from '../report/report.ts';
import { releaseOf } from '../steps/finish.ts';

/** Seconds that it may take; of a cancelled job hardly any are left. */
const patience = { cancelled: 1, otherwise: 15 };

/**
 * Writes down how a deploy ended that did not go live, where it got as far as looking at the site. What went live is
 * written down by its last step. That it cannot be written changes nothing.
 * @returns the report as it was
 */
export async function writtenDown(fleet: Fleet, report: Report): Promise<Report> {
  const { outcome, findings } = report;
  // What is another deploy's now is written down by that one.
  const lost = findings.some(({ name }) => name === 'lock-lost');
  if (lost || !isFailed(outcome)) return report;
  const errors = findings.filter(isError).map(({ name }) => name);
  for (const host of fleet) await write(host, outcome, [...new Set(errors)]);
  return report;
}

type Failed = Exclude<Release['outcome'], 'deployed'>;

function isFailed(outcome: string): outcome is Failed {
  return ['refused', 'rolled-back', 'cancelled', 'stranded'].includes(outcome);
}

/** Also of a deploy that another process began: its journal says the rest. */
export async function write(
  host: Pick<Host, 'config' | 'journal' | 'run' | 'server' | 'release' | 'log'>,
  outcome: Failed,
  errors: readonly string[],
): Promise<void> {
  const { stateDir, begun, onlyPlans } = host.journal.now;
  if (onlyPlans === true || stateDir === '' || !begun.includes('inspect')) return;
  const line = releaseLine({ ...releaseOf(host, outcome), errors });
  const seconds = outcome === 'cancelled' ? patience.cancelled : patience.otherwise;
  const signal = AbortSignal.timeout(seconds * 1000);
  const why = await query(host.server, { written: host.release.record(line) }, signal).then(
    ({ written }) => (succeeded(written) ? '' : written.stderr.trim()),
    (failed: unknown) => String(failed),
  );
  if (why !== '') host.log.say(`How it ended could not be written down: ${why}`);
}
