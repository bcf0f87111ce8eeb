import type { Application } from '../../app/application.ts';
import { CertificateFault } from '../../net/certificate.ts';
import { NoConnection } from '../../net/request.ts';
import { errorFinding, type Finding, type Given, remedies } from '../../finding.ts';
import { newestErrors } from '../../remedies/logs.ts';
import { allowForwarding } from '../../remedies/ssh.ts';
import { advice, inInputs, toSeeAsRoot } from '../../remedy.ts';
import type { HealthBefore } from '../../plan/facts.ts';
import type { Site } from '../../plan/site.ts';
import { addressText, ForwardRefused } from '../../server/failures.ts';
import type { Purpose } from '../inspect/topics/place.ts';
import { healthUrl, httpGet, noResponse } from './health.ts';
import { healthFailure, type HealthFailure } from './health-failure.ts';

/**
 * Asks before anything is done: an address that cannot be asked is refused now, a site that is unhealthy already is said
 * to be. Findings go to the site.
 * @returns how it answered; null where there is no address to ask, or it cannot be asked
 */
export async function healthBefore(
  site: Site,
  live: Application,
  purpose: Purpose | 'first',
  signal: AbortSignal,
): Promise<HealthBefore | null> {
  const url = healthUrl(site.config, live);
  if (url === null) {
    site.notVerified('Whether the site answers: there is no health-url.');
    return null;
  }
  maskLogin(site);
  try {
    const answer = await httpGet(site, url, signal);
    const failure = healthFailure(site.config, url, answer);
    site.answers(answer.status);
    if (failure !== null)
      site.find(...before(live, purpose, url, failure, answer.challenge !== null));
    else if (purpose === 'first' && answer.status < 400)
      site.find(answeredByOthers(site, url, answer.status));
    return { status: answer.status, failure: failure?.says ?? null };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof ForwardRefused || error instanceof NoConnection) {
      site.find(unreachable(url, site, error));
      return null;
    }
    const failure = noResponse(site.config, error);
    site.find(...before(live, purpose, url, failure, error instanceof CertificateFault));
    return { status: null, failure: failure.says };
  }
}

/** The runner knows the input as a whole; what is sent, and the password alone, are as secret. */
function maskLogin({ config, mask }: Site): void {
  const login = config['health-auth']?.reveal();
  if (login === undefined) return;
  mask(login.slice(login.indexOf(':') + 1));
  mask(Buffer.from(login).toString('base64'));
}

/** No deploy changes a certificate or what the web server lets in, so that is refused before anything is touched. The rest new code may repair. */
function before(
  live: Application,
  purpose: Purpose | 'first',
  url: URL,
  failure: HealthFailure,
  ours: boolean,
): readonly Finding[] {
  const { name, says, remedies: given } = failure;
  if (ours && ['health-certificate', 'health-unauthorised'].includes(name)) {
    return [
      {
        name,
        severity: 'error',
        message: `${url.href} ${says}.`,
        ...(given === undefined ? {} : { remedies: given }),
      },
    ];
  }
  // Nothing is deployed: the step that confirms says it, once.
  if (purpose === 'verify' || purpose === 'first') return [];
  return [
    {
      name: 'site-unhealthy-before-deploy',
      severity: 'warning',
      message: `Before this deploy changed anything ${url.href} ${says}.`,
      remedies:
        given ??
        remedies(
          newestErrors(live.writable),
          inInputs('If this answer is right, set health-status to it.'),
        ),
    },
  ];
}

/** Nothing is live yet: what answers is another site, and would answer the same after the deploy. */
function answeredByOthers({ config: { path } }: Site, url: URL, status: number): Finding {
  return errorFinding(
    'first-not-served',
    `Nothing is live yet, and ${url.href} answers ${status} all the same: the web server serves something else there.`,
    [
      toSeeAsRoot(
        'See which roots the web server has',
        'sudo grep -rnE "^\\s*(server_name|root|ServerName|DocumentRoot)\\b" /etc/nginx/sites-enabled /etc/apache2/sites-enabled',
      ),
      advice(`Set the root of that site to ${path}/public, and reload the web server.`),
    ],
  );
}

// What getaddrinfo says of a name (gai_strerror of glibc and musl), which sshd hands on.
const unknownName =
  /name or service not known|name resolution|no address associated|does not resolve|non-recoverable failure/i;

function unreachable(url: URL, site: Site, error: ForwardRefused | NoConnection): Finding {
  const [why, ...given] = reason(url, site, error);
  return {
    name: 'health-url-unreachable',
    severity: 'error',
    message: `${url.href} cannot be asked from ${site.server.name}: ${why}`,
    remedies: remedies(...given),
  };
}

const elsewhere = [
  inInputs('Ask the web server of that machine, under the same name', 'health-address: 127.0.0.1'),
  inInputs('Set health-url to an address that the server can reach, or to none.'),
];

function reason(
  url: URL,
  { config }: Site,
  error: ForwardRefused | NoConnection,
): readonly [why: string, ...remedies: readonly Given[]] {
  const listening =
    config['health-address'] === null
      ? elsewhere
      : [
          [
            toSeeAsRoot('See where nginx listens', 'sudo ss -ltnp'),
            inInputs('Set health-address to that.'),
          ],
        ];
  if (error instanceof NoConnection) {
    return [`there was no connection within ${config['health-timeout']} s`, ...listening];
  }
  if (error.reason === 'prohibited') {
    return ['sshd forbids it (AllowTcpForwarding)', allowForwarding('AllowTcpForwarding')];
  }
  // Only the end of it is sshd's own word: "(SSH) Channel open failure: Connection refused".
  const cause = error.cause instanceof Error ? error.cause.message.replace(/^.*: /, '') : '';
  if (unknownName.test(cause)) {
    const name = config['health-address']?.host ?? url.hostname;
    return [`the name ${name} does not resolve there.`, ...listening];
  }
  return [`nothing answers there at ${addressText(error.to)} (${cause})`, ...listening];
}
