import { beforeAll, describe, expect, test } from '@jest/globals';
import type { RequestListener } from 'node:http';
import { CertificateFault } from '../../../src/net/certificate.ts';
import { Connections } from '../../../src/net/connections.ts';
import { NoConnection } from '../../../src/net/request.ts';
import { visit, type Visit, type HttpTransport } from '../../../src/net/visit.ts';
import { Secret } from '../../../src/secret.ts';
import { authority, selfSigned, type Chain } from '../../rig/certificates.ts';
import { siteHere, type SiteHere } from './site-here.ts';

const login = new Secret('anna:pass:word é');
const header = `Basic ${Buffer.from('anna:pass:word é').toString('base64')}`;

async function asked(
  site: SiteHere,
  url: string,
  transport: Partial<HttpTransport> = {},
): Promise<Visit> {
  using connections = new Connections();
  const own = { address: null, authorities: null, login: null, connections };
  const whole = { ...own, open: site.open, ...transport };
  return await visit(whole, new URL(url), new Map(), AbortSignal.timeout(10_000));
}

/** Answers with redirects by `host+path`; anything else is a page that says what it was asked with. */
function redirects(table: Readonly<Record<string, string>>, scheme = 'http'): RequestListener {
  return (request, response) => {
    const at = `${scheme}://${request.headers.host ?? ''}${request.url ?? ''}`;
    const location = table[at];
    if (location === undefined) response.end(`${at} ${request.headers.authorization ?? 'nobody'}`);
    else response.writeHead(302, { location }).end();
  };
}

describe('redirects', () => {
  test.each([
    ['the same host', 'http://a.test/b', 'here'],
    ['a relative address', '/b?token=1', 'here'],
    ['www. of the host', 'http://www.a.test/', 'here'],
    ['another host', 'http://sso.test/login?state=1', 'elsewhere'],
    ['a host that only ends alike', 'http://evil-a.test/', 'elsewhere'],
    ['something that is no web address', 'ftp://a.test/', 'here'],
  ] as const)('to %s', async (_name, location, ending) => {
    await using site = await siteHere(redirects({ 'http://a.test/': location }));
    expect(await asked(site, 'http://a.test/')).toMatchObject({ ending });
    expect(site.opened.every((to) => /^(www\.)?a\.test:80$/.test(to))).toBe(true);
  });

  test('www. leads back to the bare name too, and queries are not reported', async () => {
    await using site = await siteHere(redirects({ 'http://www.a.test/': 'http://a.test/?sid=9' }));
    const { addresses } = await asked(site, 'http://www.a.test/');
    expect(addresses).toEqual(['http://www.a.test/', 'http://a.test/?...']);
  });

  test('a loop ends where it closes, with its addresses', async () => {
    const table = { 'http://a.test/': '/b', 'http://a.test/b': '/' };
    await using site = await siteHere(redirects(table));
    expect(await asked(site, 'http://a.test/')).toMatchObject({
      ending: 'loop',
      addresses: ['http://a.test/', 'http://a.test/b', 'http://a.test/'],
    });
    expect(site.opened).toHaveLength(1);
  });

  test('a loop that hands out a new session each time is a loop too', async () => {
    let sessions = 0;
    await using site = await siteHere((_request, response) => {
      sessions += 1;
      response.writeHead(302, { location: '/', 'set-cookie': `s=${sessions}` }).end();
    });
    expect((await asked(site, 'http://a.test/')).ending).toBe('loop');
    expect(sessions).toBe(6);
  });

  test('a redirect to itself that only sets a cookie is followed', async () => {
    await using site = await siteHere((request, response) => {
      if (request.headers.cookie === 's=1') response.end('in');
      else response.writeHead(302, { location: '/', 'set-cookie': 's=1; path=/' }).end();
    });
    expect(await asked(site, 'http://a.test/')).toMatchObject({ ending: 'here', body: 'in' });
  });

  test.each([
    [5, 'here'],
    [6, 'too many'],
  ])('%i redirects: %s', async (count, ending) => {
    const table = Object.fromEntries(
      Array.from({ length: count }, (_, index) => [
        `http://a.test/${index === 0 ? '' : String(index)}`,
        `/${index + 1}`,
      ]),
    );
    await using site = await siteHere(redirects(table));
    expect((await asked(site, 'http://a.test/')).ending).toBe(ending);
  });
});

describe('the login', () => {
  test('goes to the host', async () => {
    await using site = await siteHere(redirects({}));
    const found = await asked(site, 'http://a.test/', { login });
    expect(found.body).toBe(`http://a.test/ ${header}`);
    expect(found.loggedIn).toBe(true);
  });

  test.each(['http://www.a.test/', 'http://a.test:8080/'])('is not sent on to %s', async (to) => {
    await using site = await siteHere(redirects({ 'http://a.test/': to }));
    const found = await asked(site, 'http://a.test/', { login });
    expect(found).toMatchObject({ body: `${to} nobody`, loggedIn: false });
  });
});

describe('over TLS', () => {
  let ca: Awaited<ReturnType<typeof authority>>;
  let chain: Chain;
  beforeAll(async () => {
    ca = await authority();
    chain = await ca.issue('a.test');
  });

  test('http to https at one address: ports follow, name and login stay', async () => {
    const plain = redirects({ 'http://a.test/': 'https://a.test/' });
    await using site = await siteHere(plain, { chain, secure: redirects({}, 'https') });
    const address = { host: '127.0.0.1', port: undefined };
    const found = await asked(site, 'http://a.test/', { address, login, authorities: ca.pem });
    expect(found.body).toBe(`https://a.test/ ${header}`);
    expect(site.opened).toEqual(['127.0.0.1:80', '127.0.0.1:443']);
  });

  test('the login is never sent from https to http', async () => {
    const secure = redirects({ 'https://a.test/': 'http://a.test/' }, 'https');
    await using site = await siteHere(redirects({}), { chain, secure });
    const found = await asked(site, 'https://a.test/', { login, authorities: ca.pem });
    expect(found.body).toBe('http://a.test/ nobody');
  });

  test('the port of the address stands for that of the URL alone', async () => {
    const secure = redirects({}, 'https');
    await using site = await siteHere(redirects({ 'http://a.test:8080/': 'https://a.test/' }), {
      chain,
      secure,
    });
    const address = { host: '::1', port: 80 };
    await asked(site, 'http://a.test:8080/', { address, authorities: ca.pem });
    expect(site.opened).toEqual(['::1:80', '::1:443']);
  });

  test.each([
    ['an unknown authority', 'a.test', 2, false, 'is signed by "Our CA"'],
    ['another name', 'b.test', 2, true, 'a certificate for b.test, not for a.test'],
    ['yesterday', 'a.test', -1, true, 'that expired on'],
  ])('%s is a fault with a sentence', async (_name, name, days, trusted, says) => {
    let requests = 0;
    const secure: RequestListener = (_request, response) => {
      requests += 1;
      response.end();
    };
    await using site = await siteHere(secure, { chain: await ca.issue(name, days), secure });
    const fault = await asked(site, 'https://a.test/', {
      login,
      authorities: trusted ? ca.pem : null,
    }).catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(CertificateFault);
    expect((fault as Error).message).toContain(says);
    expect(requests).toBe(0);
  });

  test('a certificate that signs itself, until it is trusted', async () => {
    const own = await selfSigned('a.test');
    await using site = await siteHere(redirects({}), {
      chain: own,
      secure: redirects({}, 'https'),
    });
    await expect(asked(site, 'https://a.test/')).rejects.toThrow('signed by itself');
    const trusted = await asked(site, 'https://a.test/', { authorities: own.cert });
    expect(trusted.status).toBe(200);
  });

  test.each([
    ['https://a.test/', 'a.test', 'a.test'],
    ['https://127.0.0.1/', '127.0.0.1', false],
  ])('%s is checked against the certificate; only a name is asked for', async (to, name, sni) => {
    const secure: RequestListener = ({ socket }, response) => {
      response.end(JSON.stringify((socket as { servername?: unknown }).servername));
    };
    const own = await ca.issue(name);
    await using site = await siteHere(secure, { chain: own, secure });
    const found = await asked(site, to, { authorities: ca.pem });
    expect(JSON.parse(found.body)).toBe(sni);
  });
});

describe('the page', () => {
  test('is read in the alphabet it names', async () => {
    await using site = await siteHere((_request, response) => {
      response.setHeader('content-type', 'text/html; charset=ISO-8859-1');
      response.end(Buffer.from('café', 'latin1'));
    });
    expect((await asked(site, 'http://a.test/')).body).toBe('café');
  });

  test('is cut at 1 MiB', async () => {
    await using site = await siteHere((_request, response) => {
      response.end('x'.repeat(3 * 1024 * 1024));
    });
    expect((await asked(site, 'http://a.test/')).body).toHaveLength(1024 * 1024);
  });
});

describe('time', () => {
  const limit = async (
    transport: Partial<HttpTransport> & Pick<HttpTransport, 'open'>,
  ): Promise<Visit> => {
    using connections = new Connections();
    return await visit(
      { address: null, authorities: null, login: null, connections, ...transport },
      new URL('http://a.test/'),
      new Map(),
      AbortSignal.timeout(200),
    );
  };

  test('no answer: the limit says so', async () => {
    await using site = await siteHere((_request, response) => {
      setTimeout(() => response.end(), 400);
    });
    await expect(limit({ open: site.open })).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  test('half an answer is none', async () => {
    await using site = await siteHere((_request, response) => {
      response.write('half');
      setTimeout(() => response.end(), 400);
    });
    await expect(limit({ open: site.open })).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  test('no connection is something else', async () => {
    const open = async (): Promise<never> => new Promise(() => undefined);
    await expect(limit({ open })).rejects.toBeInstanceOf(NoConnection);
  });
});
