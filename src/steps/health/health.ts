import type { Application } from '../../app/application.ts';
import { CertificateFault } from '../../net/certificate.ts';
import { Connections } from '../../net/connections.ts';
import { visit, type Visit } from '../../net/visit.ts';
import type { Config } from '../../config/config.ts';
import type { Site } from '../../plan/site.ts';
import { ConnectionLost } from '../../server/failures.ts';
import { healthFailure, type HealthFailure } from './health-failure.ts';

/** The address to ask: the input, else the application's own; null when it is switched off. */
export function healthUrl(config: Config, application: Application): URL | null {
  const asked = config['health-url'];
  if (asked === 'none') return null;
  if (asked !== null) return asked;
  if (!URL.canParse(application.baseUrl)) return null;
  const own = new URL(application.baseUrl);
  // A login in there is nobody's to see; what is sent is input health-auth alone.
  own.username = own.password = '';
  return own;
}

/** Who visits the site: with the connections and the cookies that he has so far. */
export interface Visitor {
  readonly connections: Connections;
  readonly cookies: ReadonlyMap<string, string>;
}

/**
 * One visit from the server itself by somebody new, as long as `health-timeout` allows.
 * @throws what `visit` throws
 */
export async function httpGet(site: Site, url: URL, signal: AbortSignal): Promise<Visit> {
  using connections = new Connections();
  return await visitOf(site, url, { connections, cookies: new Map() }, signal);
}

async function visitOf(
  { config, server }: Site,
  url: URL,
  { connections, cookies }: Visitor,
  signal: AbortSignal,
): Promise<Visit> {
  const limit = AbortSignal.timeout(config['health-timeout'] * 1000);
  const transport = {
    open: server.open.bind(server),
    connections,
    address: config['health-address'],
    authorities: config['health-ca'],
    login: config['health-auth'],
  };
  return visit(transport, url, cookies, AbortSignal.any([signal, limit]));
}

/**
 * Visits until the answer is healthy, `health-retries` times again with a second between. Each visit has the whole
 * time: the first after a reload compiles everything again and may be slow.
 * @returns the healthy visit, or why there was none
 */
export async function untilHealthy(
  site: Site,
  url: URL,
  connections: Connections,
  signal: AbortSignal,
): Promise<Visit | HealthFailure> {
  for (let left = site.config['health-retries']; ; left -= 1) {
    const answer = await askOnce(site, url, { connections, cookies: new Map() }, signal);
    if (!('says' in answer) || left === 0) return answer;
    site.log.say(`${url.href} ${answer.says}; asking again`);
    // The next one is somebody new.
    connections.destroy();
    await site.run.pause(1000, signal);
  }
}

/**
 * One visit and what it says about the site.
 * @throws ConnectionLost, or the signal's reason
 */
export async function askOnce(
  site: Site,
  url: URL,
  visitor: Visitor,
  signal: AbortSignal,
): Promise<Visit | HealthFailure> {
  const began = site.log.seconds;
  try {
    const answer = await visitOf(site, url, visitor, signal);
    const seconds = site.log.seconds - began;
    if (seconds >= slow) {
      site.log.say(`${url.href} took ${seconds.toFixed(1)} s to answer.`);
    }
    return healthFailure(site.config, url, answer) ?? answer;
  } catch (error) {
    signal.throwIfAborted();
    return noResponse(site.config, error);
  }
}

const slow = 3;

/**
 * What a visit that threw says about the site.
 * @throws ConnectionLost again: that is our own connection, not the site
 */
export function noResponse(config: Config, error: unknown): HealthFailure {
  if (error instanceof ConnectionLost) throw error;
  if (error instanceof CertificateFault) {
    return { name: 'health-certificate', says: error.message, remedies: error.remedies };
  }
  const { name, message } = error as Partial<Error>;
  if (name === 'TimeoutError') {
    return { name: 'site-unhealthy', says: `did not answer within ${config['health-timeout']} s` };
  }
  return { name: 'site-unhealthy', says: `did not answer: ${message ?? String(error)}` };
}
