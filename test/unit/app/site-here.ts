import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createSecure } from 'node:https';
import { connect, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ForwardRefused } from '../../../src/server/failures.ts';
import type { Open } from '../../../src/app/request.ts';

/** A web server in this process, and connections that lead to it whatever name they are for. */
export interface SiteHere extends AsyncDisposable {
  readonly open: Open;
  /** Where connections were asked for, as `host:port`. */
  readonly opened: readonly string[];
}

/** Certificates as PEM text. */
export interface Chain {
  readonly key: string;
  readonly cert: string;
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

const run = promisify(execFile);
const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/** A certificate that vouches for itself. */
export async function selfSigned(name: string): Promise<Chain> {
  const folder = await mkdtemp(join(tmpdir(), 'certificate-'));
  const files = ['-keyout', 'key', '-out', 'cert', '-subj', `/CN=${name}`];
  const extra = ['-addext', `subjectAltName=DNS:${name}`];
  await run('openssl', ['req', '-x509', ...newKey, ...files, ...extra], { cwd: folder });
  const [key = '', cert = ''] = await Promise.all(
    ['key', 'cert'].map(async (file) => readFile(join(folder, file), 'utf8')),
  );
  await rm(folder, { recursive: true });
  return { key, cert };
}

/** An authority of our own and certificates that it signs; made anew, so that nothing in the repository expires. */
export async function authority(): Promise<{
  readonly pem: string;
  /** Signs a certificate for a name; `days` may be negative. */
  issue(name: string, days?: number): Promise<Chain>;
}> {
  const folder = await mkdtemp(join(tmpdir(), 'authority-'));
  const ssl = async (...args: string[]): Promise<void> => {
    await run('openssl', args, { cwd: folder });
  };
  const read = async (name: string): Promise<string> => readFile(join(folder, name), 'utf8');
  await ssl(
    'req',
    '-x509',
    ...newKey,
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
    '-subj',
    '/CN=Our CA',
  );
  const pem = await read('ca.pem');
  const ca = await read('ca.key');
  await rm(folder, { recursive: true });
  return { pem, issue: async (name, days = 2) => issued({ pem, key: ca }, name, days) };
}

async function issued(
  ca: { readonly pem: string; readonly key: string },
  name: string,
  days: number,
): Promise<Chain> {
  const folder = await mkdtemp(join(tmpdir(), 'certificate-'));
  const write = async (file: string, text: string): Promise<void> =>
    writeFile(join(folder, file), text);
  await write('ca.pem', ca.pem);
  await write('ca.key', ca.key);
  await write('name', `subjectAltName=DNS:${name}\n`);
  const day = 24 * 3600 * 1000;
  const stamp = (time: number): string =>
    new Date(time).toISOString().replace(/\D/g, '').slice(0, 14).concat('Z');
  await run(
    'openssl',
    ['req', '-new', ...newKey, '-keyout', 'key', '-out', 'csr', '-subj', '/CN=x'],
    {
      cwd: folder,
    },
  );
  await write('db', '');
  await write(
    'conf',
    '[ca]\ndefault_ca=c\n[c]\ndatabase=db\nnew_certs_dir=.\nrand_serial=yes\ndefault_md=sha256\npolicy=p\n[p]\ncommonName=supplied\n',
  );
  const dates = ['-startdate', stamp(Date.now() - 9 * day)];
  const end = ['-enddate', stamp(Date.now() + days * day)];
  const signs = ['-cert', 'ca.pem', '-keyfile', 'ca.key', '-extfile', 'name', '-notext', '-batch'];
  await run(
    'openssl',
    ['ca', '-config', 'conf', '-in', 'csr', '-out', 'cert', ...signs, ...dates, ...end],
    { cwd: folder },
  );
  const chain = {
    key: await readFile(join(folder, 'key'), 'utf8'),
    cert: await readFile(join(folder, 'cert'), 'utf8'),
  };
  await rm(folder, { recursive: true });
  return chain;
}
