import { createServer, type RequestListener } from 'node:http';
import { createServer as createSecure } from 'node:https';
import { connect, type AddressInfo, type Server } from 'node:net';
import { ForwardRefused } from '../../../src/server/failures.ts';
import type { Open } from '../../../src/net/request.ts';
import type { Chain } from '../../rig/certificates.ts';

/** A web server in this process, and connections that lead to it whatever name they are for. */
export interface SiteHere extends AsyncDisposable {
  readonly open: Open;
  /** Where connections were asked for, as `host:port`. */
  readonly opened: readonly string[];
}

/** Serves `plain` at ports 80 and 8080 and, with a chain, `secure` at 443; every other port refuses. */
export async function siteHere(
  plain: RequestListener,
  tls?: { readonly chain: Chain; readonly secure: RequestListener },
): Promise<SiteHere> {
  const servers = new Map<number, Server>([
    [80, createServer(plain)],
    [8080, createServer(plain)],
  ]);
  if (tls !== undefined) servers.set(443, createSecure({ ...tls.chain }, tls.secure));
  for (const server of servers.values()) {
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  }
  const opened: string[] = [];
  const open: Open = async (to) => {
    if ('socket' in to) throw new ForwardRefused(to, 'no answer');
    opened.push(`${to.host}:${to.port}`);
    const server = servers.get(to.port);
    if (server === undefined) throw new ForwardRefused(to, 'no answer');
    return connect((server.address() as AddressInfo).port, '127.0.0.1');
  };
  const stop = async (): Promise<void> => {
    for (const server of servers.values()) await new Promise((done) => server.close(done));
  };
  return { open, opened, [Symbol.asyncDispose]: stop };
}
