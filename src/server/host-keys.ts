import { createHash, createHmac } from 'node:crypto';

/** What the known hosts say about a key that a server shows. */
export type Verdict = 'trusted' | 'other key' | 'unknown host' | 'revoked';

/** One usable line of a known_hosts file (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT). */
interface Line {
  readonly patterns: readonly string[];
  readonly type: string;
  readonly key: string;
  readonly revoked: boolean;
}

/** The fingerprint of a key of one host; of all its ports where `port` is undefined. */
export interface Print {
  readonly host: string;
  readonly port: number | undefined;
  /** `SHA256:...` without padding. */
  readonly print: string;
}

/** Which host keys are trusted, and what in the text could not be used. */
export interface HostKeys {
  readonly problems: readonly string[];
  /** Where the keys came from, so that what is missing is added to the same. */
  readonly source: 'known-hosts' | 'host-fingerprint';
  /** Key types known for the host, so that the server is asked for one of them. */
  types(host: string, port: number): readonly string[];
  judge(host: string, port: number, key: Buffer): Verdict;
}

/** `SHA256:...` as ssh-keygen -l prints it. */
export function fingerprint(key: Buffer): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
}

/** The type that a key blob names itself (RFC 4253, 6.6). */
export function keyType(key: Buffer): string {
  const length = key.length < 4 ? 0 : key.readUInt32BE(0);
  return key.subarray(4, 4 + length).toString('latin1');
}

/** The line to paste into known-hosts for a key. */
export function knownHostsLine(host: string, port: number, key: Buffer): string {
  const name = port === 22 ? host : `[${host}]:${port}`;
  return `${name} ${keyType(key)} ${key.toString('base64')}`;
}

/** The text to add to host-fingerprint for a key. */
export function printLine(host: string, port: number, key: Buffer): string {
  const name = port === 22 && !host.includes(':') ? host : `[${host}]`;
  return `${name}${port === 22 ? '' : `:${port}`}=${fingerprint(key)}`;
}

/** Reads known_hosts lines; each key counts for the hosts it is bound to, and for no other. */
export function hostKeys(knownHosts: string, prints: readonly Print[] = []): HostKeys {
  const problems: string[] = [];
  const lines = knownHosts
    .split(/\r?\n/)
    .flatMap((text, index) => readLine(text.trim(), index + 1, problems) ?? []);
  return {
    problems,
    source: knownHosts.trim() === '' && prints.length > 0 ? 'host-fingerprint' : 'known-hosts',
    types: (host, port) => [
      ...new Set(
        lines.filter((line) => !line.revoked && matches(line, host, port)).map(({ type }) => type),
      ),
    ],
    judge: (host, port, key) => judge(lines, printsOf(prints, host, port), host, port, key),
  };
}

/** Those of a host. Two machines may share a name and differ in their port: then the port decides. */
function printsOf(prints: readonly Print[], host: string, port: number): readonly string[] {
  const own = prints.filter((one) => one.host.toLowerCase() === host.toLowerCase());
  const exact = own.filter((one) => one.port === port);
  const counting = exact.length > 0 ? exact : own.filter((one) => one.port === undefined);
  return counting.map(({ print }) => print);
}

function judge(
  lines: readonly Line[],
  prints: readonly string[],
  host: string,
  port: number,
  key: Buffer,
): Verdict {
  const blob = key.toString('base64');
  const known = lines.filter((line) => matches(line, host, port));
  if (known.some((line) => line.revoked && line.key === blob)) return 'revoked';
  if (known.some((line) => !line.revoked && line.key === blob)) return 'trusted';
  if (prints.includes(fingerprint(key))) return 'trusted';
  return known.some((line) => !line.revoked) || prints.length > 0 ? 'other key' : 'unknown host';
}

function readLine(text: string, number: number, problems: string[]): Line | undefined {
  if (text === '' || text.startsWith('#')) return undefined;
  const fields = text.split(/\s+/);
  const marker = fields[0]?.startsWith('@') ? fields.shift() : undefined;
  const [names, type, key] = fields;
  if (marker === '@cert-authority') {
    problems.push(
      `Line ${number} of known-hosts is a certificate authority, which is not supported.`,
    );
    return undefined;
  }
  const blob = Buffer.from(key ?? '', 'base64');
  if (names === undefined || type === undefined || keyType(blob) !== type) {
    problems.push(`Line ${number} of known-hosts is not a known_hosts line (name, type, key).`);
    return undefined;
  }
  return {
    patterns: names.split(','),
    type,
    key: blob.toString('base64'),
    revoked: marker === '@revoked',
  };
}

function matches({ patterns }: Line, host: string, port: number): boolean {
  const name = port === 22 ? host : `[${host}]:${port}`;
  const fits = (pattern: string): boolean =>
    pattern.startsWith('|1|') ? fitsHash(pattern, name) : fitsPattern(pattern, name);
  if (patterns.some((pattern) => pattern.startsWith('!') && fits(pattern.slice(1)))) return false;
  return patterns.some((pattern) => !pattern.startsWith('!') && fits(pattern));
}

function fitsHash(pattern: string, name: string): boolean {
  const [, , salt = '', hash = ''] = pattern.split('|');
  return createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest('base64') === hash;
}

function fitsPattern(pattern: string, name: string): boolean {
  const source = pattern
    .replace(/[\\^$.+()[\]{}|]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 'i').test(name);
}
