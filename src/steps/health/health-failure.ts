import type { FindingName } from '../../findings/registry.ts';
import { maintenance, titleOf } from '../../net/page.ts';
import type { Visit } from '../../net/visit.ts';
import type { Config } from '../../config/config.ts';
import { remedies, type Finding } from '../../finding.ts';
import { inInputs, inRepository, onGitHub, onServer, type Remedy } from '../../remedy.ts';

/** What is wrong with a site: `says` ends the sentence that its address begins. */
export interface HealthFailure {
  /** The name of the finding it becomes. */
  readonly name: FindingName<'error'>;
  readonly says: string;
  /** Undefined when only the logs on the server can tell. */
  readonly remedies?: readonly Remedy[];
}

/** What is wrong with an answer; null when it is healthy. */
export function healthFailure(config: Config, url: URL, visit: Visit): HealthFailure | null {
  return (
    endless(visit) ??
    unauthorised(config, url, visit) ??
    wrongStatus(config, visit) ??
    withoutText(config, visit)
  );
}

function endless({ ending, addresses }: Visit): HealthFailure | null {
  if (ending !== 'loop' && ending !== 'too many') return null;
  const chain = addresses.join(' -> ');
  return {
    name: 'health-redirects',
    says:
      ending === 'loop'
        ? `answered with redirects that go round in a loop: ${chain}`
        : `answered with more than ${addresses.length - 2} redirects: ${chain}`,
    remedies: remedies(
      onServer('Compare app.baseURL in .env with the redirects of nginx.'),
      inRepository(
        'Behind a proxy that ends TLS, CodeIgniter takes every request for http unless $proxyIPs in app/Config/App.php names the proxy.',
      ),
    ),
  };
}

function unauthorised(config: Config, url: URL, visit: Visit): HealthFailure | null {
  if (visit.status !== 401 || (accepts(config, 401) && config['health-auth'] === null)) return null;
  return { name: 'health-unauthorised', ...loginWanted(config, url, visit) };
}

/** Why a 401 came, and the input that ends it. */
function loginWanted(
  config: Config,
  url: URL,
  { challenge, addresses, loggedIn }: Visit,
): Pick<HealthFailure, 'says'> & { remedies: readonly Remedy[] } {
  if (challenge !== null && !/\bBasic\b/i.test(challenge)) {
    return {
      says: 'answered with status 401 and wants a login that is not HTTP basic authentication',
      remedies: remedies(inInputs('Set health-url to a page that everybody may see.')),
    };
  }
  if (config['health-auth'] === null) {
    return {
      says: 'answered with status 401: it wants a user and a password, and health-auth is not set',
      remedies: remedies([
        onGitHub('Make a secret HEALTH_AUTH that holds user:password.'),
        inInputs('', 'health-auth: ${{ secrets.HEALTH_AUTH }}'),
      ]),
    };
  }
  const last = addresses.at(-1) ?? url.href;
  if (loggedIn) {
    return {
      says: 'answered with status 401: it does not accept the user and password of health-auth',
      remedies: remedies(
        onGitHub(
          'Set the secret of health-auth to a user and password that the password file of nginx knows.',
        ),
      ),
    };
  }
  return {
    says: `answered with status 401 at ${last}, where health-auth is not sent: it is for ${url.origin} alone`,
    remedies: remedies(inInputs('', `health-url: ${last}`)),
  };
}

function wrongStatus(config: Config, visit: Visit): HealthFailure | null {
  const { status } = visit;
  if (accepts(config, status)) return null;
  const sign = maintenance(visit);
  return sign === null
    ? { name: 'site-unhealthy', says: `answered with status ${status}` }
    : { name: 'site-in-maintenance', says: inMaintenance(status, sign), remedies: endMaintenance };
}

function inMaintenance(status: number, sign: string): string {
  return `answered with status ${status}, which looks like a maintenance page: ${sign}`;
}

const endMaintenance = remedies(
  onServer('End the maintenance.'),
  inInputs('Set health-url to a page that answers during it.'),
);

function withoutText(config: Config, { body }: Visit): HealthFailure | null {
  const wanted = config['health-text'];
  if (wanted === '' || body.includes(wanted)) return null;
  const title = titleOf(body);
  return {
    name: 'health-text-missing',
    says: `answered without the text "${wanted}"; ${title === null ? 'its page has no title' : `its title is "${title}"`}`,
    remedies: remedies(
      inInputs(
        "Set health-text to text of the page's source, where signs like & and é may be written otherwise.",
      ),
    ),
  };
}

function accepts(config: Config, status: number): boolean {
  return config['health-status'].some(({ from, to }) => status >= from && status <= to);
}

/** What a healthy answer leaves in doubt. */
export interface Doubt {
  readonly unverified: string;
  readonly finding?: Finding;
}

/** Healthy, yet the page of the new code was not seen: why, for each reason there is. */
export function doubts(config: Config, url: URL, visit: Visit): readonly Doubt[] {
  const { status, ending, addresses } = visit;
  const sign = maintenance(visit);
  return [
    ...(ending === 'elsewhere'
      ? [
          {
            unverified: `The page behind ${url.href}: it sends its visitors to another host, ${addresses.at(-1) ?? ''}, and that was not asked.`,
          },
        ]
      : []),
    ...(status === 401
      ? [hidden(url, 'health-unauthorised', loginWanted(config, url, visit))]
      : []),
    ...(sign === null
      ? []
      : [
          hidden(url, 'site-in-maintenance', {
            says: inMaintenance(status, sign),
            remedies: endMaintenance,
          }),
        ]),
  ];
}

function hidden(
  url: URL,
  name: FindingName<'warning'>,
  { says, remedies: given }: { says: string; remedies: readonly Remedy[] },
): Doubt {
  return {
    unverified: `The page behind ${url.href}: it ${says}.`,
    finding: {
      name,
      severity: 'warning',
      message: `${url.href} ${says}. Input health-status accepts that, but the application's page was not seen.`,
      remedies: given,
    },
  };
}
