import type { Secret } from '../secret.ts';
import type { Connections } from './connections.ts';
import { get, hostOf, type Answer, type Open, type Question } from './request.ts';

/** How a visitor comes to the site. */
export interface HttpTransport {
  readonly open: Open;
  /** His connections so far. */
  readonly connections: Connections;
  /** Where to connect instead of to the host of the address; its name stays the one that is asked for. */
  readonly address: { readonly host: string; readonly port: number | undefined } | null;
  /** Authorities as PEM text that count beside the public ones. */
  readonly authorities: string | null;
  /** `user:password` of HTTP basic authentication. */
  readonly login: Secret | null;
}

/** How a chain of redirects ended: at a page, at another host that was not asked, or because it went on and on. */
export type Ending = 'here' | 'elsewhere' | 'loop' | 'too many';

/** What one visit to the site brought back. */
export interface Visit {
  readonly status: number;
  /** The page, cut at 1 MiB. */
  readonly body: string;
  /** Cookies the answers set, by name. An empty value takes a cookie away. */
  readonly cookies: ReadonlyMap<string, string>;
  readonly ending: Ending;
  /** The addresses on the way, the first one first, without what their queries say. The last was asked when the ending is `here`. */
  readonly addresses: readonly string[];
  readonly retryAfter: string | null;
  /** What a 401 asks for, as `Basic realm="..."`. */
  readonly challenge: string | null;
  /** Whether the last address asked was given the login. */
  readonly loggedIn: boolean;
}

// Browsers follow twenty; a front page that needs more than this is no front page.
const mostRedirects = 5;

/**
 * Asks for a page the way a visitor would, over connections that start at the server. Follows redirects as long as
 * the host stays the same but for a `www.`.
 * @throws ForwardRefused, NoConnection, CertificateFault, the connection's error, or the signal's reason
 */
export async function visit(
  transport: HttpTransport,
  url: URL,
  cookies: ReadonlyMap<string, string>,
  signal: AbortSignal,
): Promise<Visit> {
  const kept = new Map(cookies);
  const asked: URL[] = [];
  const seen = new Set<string>();
  for (let at = url; ;) {
    asked.push(at);
    seen.add(state(at, kept));
    const loggedIn = transport.login !== null && mayLogIn(url, at);
    const answer = await get(
      transport.open,
      question(transport, url, at, kept),
      transport.connections,
      signal,
    );
    for (const [name, value] of cookiesOf(answer)) kept.set(name, value);
    const next = redirect(answer, at);
    const ending = next === null ? 'here' : endingAt(next, asked, seen.has(state(next, kept)));
    if (next === null || ending !== null) {
      const addresses = [...asked, ...(next === null ? [] : [next])].map(shown);
      return { ...reported(answer), cookies: kept, ending: ending ?? 'here', addresses, loggedIn };
    }
    at = next;
  }
}

/** The same address with other cookies may well answer differently, so it is no loop yet. */
function state(at: URL, cookies: ReadonlyMap<string, string>): string {
  return `${at.href} ${cookieHeader(cookies)}`;
}

function cookieHeader(cookies: ReadonlyMap<string, string>): string {
  return [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
}

function question(
  transport: HttpTransport,
  url: URL,
  at: URL,
  cookies: ReadonlyMap<string, string>,
): Question {
  const cookie = cookieHeader(cookies);
  const login = mayLogIn(url, at) ? transport.login : null;
  return {
    url: at,
    to: addressFor(transport.address, url, at),
    authorities: transport.authorities,
    headers: {
      'User-Agent': 'ci4-deploy',
      ...(cookie === '' ? {} : { Cookie: cookie }),
      ...(login === null
        ? {}
        : { Authorization: `Basic ${Buffer.from(login.reveal()).toString('base64')}` }),
    },
  };
}

/** The port of the health address stands for that of the first address; a redirect to another port means that one. */
function addressFor(address: HttpTransport['address'], url: URL, at: URL): Question['to'] {
  const own = portOf(at);
  if (address === null) return { host: hostOf(at), port: own };
  const port = own === portOf(url) ? (address.port ?? own) : own;
  return { host: address.host, port };
}

function portOf(url: URL): number {
  return Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
}

/** The password goes to the host it was given for, on the same port or its encrypted twin, and never from https to http. */
function mayLogIn(url: URL, at: URL): boolean {
  const encrypts = url.protocol === 'http:' && at.protocol === 'https:';
  return at.origin === url.origin || (encrypts && at.hostname === url.hostname);
}

function redirect({ status, headers }: Answer, at: URL): URL | null {
  if (status < 300 || status > 399 || headers.location === undefined) return null;
  if (!URL.canParse(headers.location, at.href)) return null;
  const next = new URL(headers.location, at);
  next.hash = '';
  return ['http:', 'https:'].includes(next.protocol) ? next : null;
}

function endingAt(next: URL, asked: readonly URL[], seenBefore: boolean): Ending | null {
  const [first] = asked;
  if (first === undefined || bare(next) !== bare(first)) return 'elsewhere';
  if (seenBefore) return 'loop';
  if (asked.length <= mostRedirects) return null;
  // A session that is new each time makes every round of a loop look different.
  return asked.some(({ href }) => href === next.href) ? 'loop' : 'too many';
}

function bare({ hostname }: URL): string {
  return hostname.replace(/^www\./, '');
}

/** An address for people: queries may hold what is nobody's business, as the token of a login. */
function shown({ origin, pathname, search }: URL): string {
  return `${origin}${pathname}${search === '' ? '' : '?...'}`;
}

function reported({
  status,
  body,
  headers,
}: Answer): Pick<Visit, 'status' | 'body' | 'retryAfter' | 'challenge'> {
  const { 'retry-after': retryAfter = null, 'www-authenticate': challenge = null } = headers;
  return { status, body, retryAfter, challenge };
}

function cookiesOf({ headers }: Answer): Map<string, string> {
  const found = new Map<string, string>();
  for (const line of headers['set-cookie'] ?? []) {
    const [, name, value] = /^\s*([^=;\s]+)=([^;]*)/.exec(line) ?? [];
    if (name !== undefined) found.set(name, value ?? '');
  }
  return found;
}
