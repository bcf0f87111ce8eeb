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

  test('uses none again once they were ended, also where the line is lost and nothing says so', async () => {
    await using site = await siteHere(page);
    /** Like a channel of SSH it ends its half, and then waits for a word of the other side. */
    const open: SiteHere['open'] = async (...to) => {
      const channel = await site.open(...to);
      channel.destroy = () => channel.end();
      return channel;
    };
    using connections = new Connections();
    const lost = { ...site, open };
    await asked(lost, 'http://a.test/', { connections });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(connections.idle({ host: 'a.test', port: 80 })).toBe(true);
    connections.destroy();
    expect(connections.idle({ host: 'a.test', port: 80 })).toBe(false);
    expect(await asked(lost, 'http://a.test/', { connections })).toMatchObject({ status: 200 });
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
