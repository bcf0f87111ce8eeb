import type { Site } from '../plan/site.ts';
import { isError } from '../finding.ts';
import { Connections } from '../net/connections.ts';
import { healthUrl, httpGet, untilHealthy } from './health/health.ts';
import { verifySessions } from './verify.ts';

/**
 * After going back: the old code must answer as it did before, be that healthy or not.
 * @throws Error with what it answers instead
 */
export async function confirmOld(site: Site, signal: AbortSignal): Promise<void> {
  const { inspect, stage } = site.facts;
  const before = stage?.health ?? { status: null, failure: null };
  const url = inspect === undefined ? null : healthUrl(site.config, inspect.live);
  // Where nothing answered before, silence proves nothing.
  if (url === null || before.status === null) return;
  using connections = new Connections();
  const answer =
    before.failure === null
      ? await untilHealthy(site, url, connections, signal)
      : await httpGet(site, url, signal);
  if ('says' in answer) {
    throw new Error(`the old code is back, but ${url.href} ${answer.says}`);
  }
  const { status } = answer;
  if (before.failure !== null && status !== before.status) {
    throw new Error(
      `the old code is back, but ${url.href} answers ${status}, not ${before.status} as before`,
    );
  }
  site.log.say(`${url.href} answers ${status} with the old code.`);
  site.answers(status);
  site.rolledBack(`The old code answers ${status} at ${url.href}, as before.`);
}

/**
 * The old code with the tables of the new one, when migrations could not be rolled back.
 * @throws Error when it does not work with them
 */
export async function confirmOldWithNewTables(site: Site, signal: AbortSignal): Promise<void> {
  const { live, largestSession = 0 } = site.facts.inspect ?? {};
  if (live?.session.inDatabase === true) {
    const before = site.findings.filter(isError).length;
    await verifySessions(
      site,
      live,
      { tree: site.release.live, largestSession, migrated: false },
      signal,
    );
    if (site.findings.filter(isError).length > before) {
      throw new Error('the old code does not work with the tables that the migrations left');
    }
  }
  await confirmOld(site, signal);
}
