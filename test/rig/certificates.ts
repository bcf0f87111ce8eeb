import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A private key and its certificate as PEM text. */
export interface Chain {
  readonly key: string;
  readonly cert: string;
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

/** An authority of our own and certificates that it signs; opened again, so that nothing in the repository expires. */
export async function authority(): Promise<{
  readonly pem: string;
  /** Signs a certificate for a name or an IPv4 address; `days` may be negative. */
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
  await write('name', `subjectAltName=${/^[\d.]+$/.test(name) ? 'IP' : 'DNS'}:${name}\n`);
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
