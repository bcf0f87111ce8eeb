import { describe, expect, test } from '@jest/globals';
import type { RequestListener } from 'node:http';
import { CertificateFault } from '../../../src/net/certificate.ts';
import { Connections } from '../../../src/net/connections.ts';
import { visit, type HttpTransport, type Visit } from '../../../src/net/visit.ts';
import { selfSigned, type Chain } from '../../rig/certificates.ts';
import { siteHere, type SiteHere } from './site-here.ts';

async function asked(
  site: SiteHere,
  url: string,
  transport: Pick<HttpTransport, 'connections'> & Partial<HttpTransport>,
): Promise<Visit> {
  const whole = { open: site.open, address: null, authorities: null, login: null, ...transport };
  return visit(whole, new URL(url), new Map(), AbortSignal.timeout(10_000));
}

describe('who comes back', () => {
  const twice = async (site: SiteHere, url: string, chain?: Chain): Promise<readonly Visit[]> => {
    using connections = new Connections();
    const again = { connections, ...(chain === undefined ? {} : { authorities: chain.cert }) };
    const first = await asked(site, url, again);
    await new Promise((resolve) => setTimeout(resolve, 20));
    return [first, await asked(site, url, again)];
  };
  const page: RequestListener = (_request, response) => response.end('here');

  test('uses the connection that the site kept open', async () => {
    await using site = await siteHere(page);
    expect(await twice(site, 'http://a.test/')).toMatchObject([{ status: 200 }, { status: 200 }]);
    expect(site.opened).toEqual(['a.test:80']);
  });

  test('opens another one where the site closed it', async () => {
    await using site = await siteHere((_request, response) =>
      response.setHeader('Connection', 'close').end('here'),
    );
    expect(await twice(site, 'http://a.test/')).toMatchObject([{ status: 200 }, { status: 200 }]);
    expect(site.opened).toHaveLength(2);
  });

  test('opens another one where the site goes away while it is used again', async () => {
    let asked = 0;
    await using site = await siteHere((request, response) => {
      asked += 1;
      if (asked === 2) request.socket.destroy();
      else response.end('here');
    });
    expect(await twice(site, 'http://a.test/')).toMatchObject([{ status: 200 }, { status: 200 }]);
    expect(site.opened).toHaveLength(2);
  });

  test('keeps what was encrypted for one name from another', async () => {
    const chain = await selfSigned('a.test');
    await using site = await siteHere(page, { chain, secure: page });
    expect(await twice(site, 'https://a.test/', chain)).toMatchObject([{ body: 'here' }, {}]);
    expect(site.opened).toEqual(['a.test:443']);
    using connections = new Connections();
    await asked(site, 'https://a.test/', { connections, authorities: chain.cert });
    const other = asked(site, 'https://b.test/', { connections, authorities: chain.cert });
    await expect(other).rejects.toBeInstanceOf(CertificateFault);
  });
});
