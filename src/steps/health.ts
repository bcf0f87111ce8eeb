import type { Application } from '../app/application.ts';
import { visit, type Visit } from '../app/visit.ts';
import type { Config } from '../config/config.ts';
import type { Site } from '../plan/site.ts';
import type { Finding } from '../finding.ts';
import { ForwardRefused } from '../server/failures.ts';

/** The address to ask: the input, else the application's own; null when it is switched off. */
export function healthUrl(config: Config, application: Application): URL | null {
  const asked = config['health-url'];
  if (asked === 'none') return null;
  if (asked !== null) return asked;
  return URL.canParse(application.baseUrl) ? new URL(application.baseUrl) : null;
}

/** One visit from the server itself, limited to 30 s. */
export async function ask(
  site: Site,
  url: URL,
  cookies: ReadonlyMap<string, string>,
  signal: AbortSignal,
): Promise<Visit> {
  const limited = AbortSignal.any([signal, AbortSignal.timeout(30_000)]);
  return visit((to, within) => site.server.open(to, within), url, cookies, limited);
}

/** What is wrong with an answer, as the end of a sentence; null when it is healthy. */
export function illness(config: Config, { status, body }: Visit): string | null {
  const accepted = config['health-status'].some(({ from, to }) => status >= from && status <= to);
  if (!accepted) return `answered with status ${status}`;
  const wanted = config['health-text'];
  if (wanted !== '' && !body.includes(wanted)) return `answered without the text "${wanted}"`;
  return null;
}

/**
 * Visits until the answer is healthy, `health-retries` times again with a second between.
 * @returns the healthy visit, or why there was none
 */
export async function untilHealthy(
  site: Site,
  url: URL,
  signal: AbortSignal,
): Promise<Visit | string> {
  for (let left = site.config['health-retries']; ; left -= 1) {
    const answer = await healthy(site, url, signal);
    if (typeof answer !== 'string' || left === 0) return answer;
    site.log.say(`${url.href} ${answer}; asking again`);
    await site.run.pause(1000, signal);
  }
}

async function healthy(site: Site, url: URL, signal: AbortSignal): Promise<Visit | string> {
  try {
    const answer = await ask(site, url, new Map(), signal);
    return illness(site.config, answer) ?? answer;
  } catch (error) {
    signal.throwIfAborted();
    return `did not answer: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Asks before anything is done: an address that cannot be asked is refused now, a site that is ill already is said to be. */
export async function healthBefore(
  site: Site,
  live: Application,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const url = healthUrl(site.config, live);
  if (url === null) {
    site.learned.unproved.push('Whether the site answers: there is no health-url.');
    return [];
  }
  try {
    const answer = await ask(site, url, new Map(), signal);
    const ill = illness(site.config, answer);
    site.learned.healthBefore = { status: answer.status, ill };
    return ill === null ? [] : [alreadyIll(url, ill)];
  } catch (error) {
    signal.throwIfAborted();
    return [unreachable(url, site, error)];
  }
}

function alreadyIll(url: URL, ill: string): Finding {
  return {
    name: 'site-already-ill',
    severity: 'warning',
    message: `${url.href} ${ill} before this deploy changed anything.`,
    remedy:
      'Look at writable/logs on the server. If this answer is right, set input health-status.',
  };
}

function unreachable(url: URL, site: Site, error: unknown): Finding {
  const why =
    error instanceof ForwardRefused && error.reason === 'prohibited'
      ? 'sshd forbids it (AllowTcpForwarding)'
      : error instanceof Error
        ? error.message
        : String(error);
  return {
    name: 'health-url-unreachable',
    severity: 'error',
    message: `${url.href} cannot be asked from ${site.server.name}: ${why}`,
    remedy:
      'Set app.baseURL in .env on the server, or input health-url to an address that the server itself can reach, or to none.',
  };
}
