import { once } from 'node:events';
import { request, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { connect, rootCertificates, type TLSSocket } from 'node:tls';
import type { Address } from '../server/server.ts';
import { certificateFault } from './certificate.ts';
import type { Connections } from './connections.ts';

/** Opens a connection at the server. */
export type Open = (to: Address, signal: AbortSignal) => Promise<Duplex>;

/** One question: what to ask for, and where to connect for it. */
export interface Question {
  readonly url: URL;
  readonly to: { readonly host: string; readonly port: number };
  /** Authorities as PEM text that count beside the public ones. */
  readonly authorities: string | null;
  readonly headers: Readonly<Record<string, string>>;
}

/** What came back. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** The page, cut at 1 MiB. */
  readonly body: string;
}

/** No connection within the time; what was asked was never sent. */
export class NoConnection extends Error {
  override readonly name = 'NoConnection';
}

const largest = 1024 * 1024;

/**
 * Asks one question over a connection that starts at the server.
 * @param connections of the visitor; the site may have kept one open
 * @throws ForwardRefused, NoConnection, CertificateFault, the connection's error, or the signal's reason
 */
export async function get(
  open: Open,
  question: Question,
  connections: Connections,
  signal: AbortSignal,
): Promise<Answer> {
  const host = { host: hostOf(question.url), port: question.to.port };
  const again = connections.idle(host);
  if (!again) connections.bring(await connected(open, question, signal));
  try {
    return await answer(question, connections, signal);
  } catch (error) {
    signal.throwIfAborted();
    // The site may close a connection at the moment at which it is used again.
    if (!again) throw error;
    connections.destroy();
    return get(open, question, connections, signal);
  }
}

async function connected(
  open: Open,
  { url, to, authorities }: Question,
  signal: AbortSignal,
): Promise<Duplex> {
  const stream = await opened(open, to, signal);
  if (url.protocol !== 'https:') return stream;
  try {
    return await encrypted(stream, hostOf(url), authorities, signal);
  } catch (error) {
    stream.destroy();
    throw error;
  }
}

/** The host of an address without the brackets of IPv6. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}

/** sshd waits for a silent host much longer than we do, and cannot be asked to stop. */
async function opened(open: Open, to: Question['to'], signal: AbortSignal): Promise<Duplex> {
  signal.throwIfAborted();
  const opening = open(to, signal);
  const late = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => {
      const reason = signal.reason as Error;
      const timedOut = reason.name === 'TimeoutError';
      reject(timedOut ? new NoConnection('there was no connection in time') : reason);
      opening.then(
        (stream) => stream.destroy(),
        () => undefined,
      );
    });
  });
  return Promise.race([opening, late]);
}

async function encrypted(
  stream: Duplex,
  host: string,
  authorities: string | null,
  signal: AbortSignal,
): Promise<TLSSocket> {
  const isAddress = /^[\d.]+$|:/.test(host);
  const socket = connect({
    socket: stream,
    host,
    // An address is no name to ask for (RFC 6066, 3), but it is checked against the certificate all the same.
    ...(isAddress ? {} : { servername: host }),
    ...(authorities === null ? {} : { ca: [...rootCertificates, authorities] }),
    // Refused three lines below: only so the certificate can still be looked at, to say what is wrong with it.
    rejectUnauthorized: false,
  });
  await once(socket, 'secureConnect', { signal });
  if (socket.authorized) return socket;
  const fault = certificateFault(
    host,
    String(socket.authorizationError),
    socket.getPeerCertificate(),
  );
  socket.destroy();
  throw fault;
}

async function answer(
  { url, to, headers }: Question,
  agent: Connections,
  signal: AbortSignal,
): Promise<Answer> {
  const message = await new Promise<IncomingMessage>((resolve, reject) => {
    const asked = request({
      host: hostOf(url),
      port: to.port,
      path: `${url.pathname}${url.search}`,
      headers: { Host: url.host, ...headers },
      signal,
      agent,
    });
    asked.once('response', resolve);
    asked.once('error', reject);
    asked.end();
  });
  const body = await bodyOf(message);
  return { status: message.statusCode ?? 0, headers: message.headers, body };
}

async function bodyOf(message: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of message) {
    parts.push(part as Buffer);
    size += (part as Buffer).length;
    if (size > largest) break;
  }
  return decoded(Buffer.concat(parts).subarray(0, largest), message.headers['content-type'] ?? '');
}

function decoded(body: Buffer, type: string): string {
  const [, charset = 'utf-8'] = /charset="?([\w-]+)/i.exec(type) ?? [];
  try {
    return new TextDecoder(charset).decode(body);
  } catch {
    return body.toString('utf8');
  }
}
