import { request as plain, type IncomingMessage } from 'node:http';
import { request as secure } from 'node:https';
import type { Duplex } from 'node:stream';
import { connect as encrypt } from 'node:tls';
import type { Address } from '../server/server.ts';

/** What one visit to the site brought back. */
export interface Visit {
  readonly url: string;
  readonly status: number;
  /** The page, cut at 1 MiB. */
  readonly body: string;
  /** Cookies the answer set, by name. An empty value takes a cookie away. */
  readonly cookies: ReadonlyMap<string, string>;
}

/** Opens a connection at the server. */
export type Open = (to: Address, signal: AbortSignal) => Promise<Duplex>;

const largest = 1024 * 1024;
const mostRedirects = 5;

/**
 * Asks for a page the way a visitor would, over a connection that starts at the server. Follows redirects on the same host.
 * @throws the connection's error, a TLS error, or the signal's reason
 */
export async function visit(
  open: Open,
  url: URL,
  cookies: ReadonlyMap<string, string>,
  signal: AbortSignal,
): Promise<Visit> {
  const kept = new Map(cookies);
  let at = url;
  for (let redirects = 0; ; redirects += 1) {
    const { message, body } = await get(open, at, kept, signal);
    for (const [name, value] of cookiesOf(message)) kept.set(name, value);
    const next = follow(message, at);
    if (next === null || redirects === mostRedirects) {
      return { url: at.href, status: message.statusCode ?? 0, body, cookies: kept };
    }
    at = next;
  }
}

function follow(message: IncomingMessage, at: URL): URL | null {
  const { statusCode = 0, headers } = message;
  if (statusCode < 300 || statusCode > 399 || headers.location === undefined) return null;
  if (!URL.canParse(headers.location, at.href)) return null;
  const next = new URL(headers.location, at);
  return next.hostname === at.hostname ? next : null;
}

async function get(
  open: Open,
  url: URL,
  cookies: ReadonlyMap<string, string>,
  signal: AbortSignal,
): Promise<{ message: IncomingMessage; body: string }> {
  const tls = url.protocol === 'https:';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const stream = await open({ host, port: Number(url.port) || (tls ? 443 : 80) }, signal);
  const socket = tls ? encrypt({ socket: stream, servername: host }) : stream;
  try {
    return await answer(url, socket, cookies, signal);
  } finally {
    socket.destroy();
    stream.destroy();
  }
}

async function answer(
  url: URL,
  socket: Duplex,
  cookies: ReadonlyMap<string, string>,
  signal: AbortSignal,
): Promise<{ message: IncomingMessage; body: string }> {
  const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const headers = {
    'User-Agent': 'ci4-deploy',
    Connection: 'close',
    ...(cookie === '' ? {} : { Cookie: cookie }),
  };
  const message = await new Promise<IncomingMessage>((resolve, reject) => {
    const options = { headers, signal, createConnection: () => socket };
    const asked = url.protocol === 'https:' ? secure(url, options) : plain(url, options);
    asked.once('response', resolve);
    asked.once('error', reject);
    asked.end();
  });
  let body = '';
  message.setEncoding('utf8');
  for await (const part of message) {
    body += String(part);
    if (body.length > largest) break;
  }
  return { message, body: body.slice(0, largest) };
}

function cookiesOf(message: IncomingMessage): Map<string, string> {
  const found = new Map<string, string>();
  for (const line of message.headers['set-cookie'] ?? []) {
    const [, name, value] = /^\s*([^=;\s]+)=([^;]*)/.exec(line) ?? [];
    if (name !== undefined) found.set(name, value ?? '');
  }
  return found;
}
