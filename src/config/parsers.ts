import { X509Certificate } from 'node:crypto';

/** A mistyped value: what was expected, as the end of the sentence "input x ...". */
export class Mistyped extends Error {
  override readonly name = 'Mistyped';
  /** Whether the text holds something that must not be repeated. */
  readonly hides: boolean;
  constructor(message: string, options: { hides?: boolean } = {}) {
    super(message);
    this.hides = options.hides ?? false;
  }
}

/** Reads the text of one input. It is never called with an empty text. */
export type Parser<T> = (text: string) => T;

const units = { s: 1, m: 60, h: 3600 } as const;

/** `30s`, `10m`, `1h`: a duration in seconds. */
export const duration: Parser<number> = (text) => {
  const match = /^(\d{1,6})([smh])$/.exec(text);
  if (match === null) throw new Mistyped('must be a number and a unit: 30s, 10m or 1h');
  return Number(match[1]) * units[match[2] as keyof typeof units];
};

/** `true` or `false`, nothing else: `yes` is a mistake, not a no. */
export const flag: Parser<boolean> = (text) => {
  if (text !== 'true' && text !== 'false') throw new Mistyped('must be true or false');
  return text === 'true';
};

/** One of a few words. */
export function choice<const T extends string>(...words: T[]): Parser<T> {
  return (text) => {
    const found = words.find((word) => word === text);
    if (found === undefined) throw new Mistyped(`must be one of: ${words.join(', ')}`);
    return found;
  };
}

/** A whole number within limits, both included. */
export function count(least: number, most: number): Parser<number> {
  return (text) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
    if (!(value >= least && value <= most)) {
      throw new Mistyped(`must be a whole number from ${least} to ${most}`);
    }
    return value;
  };
}

/** Text in the shape of a pattern. `shape` finishes the sentence. */
export function shaped(pattern: RegExp, shape: string): Parser<string> {
  return (text) => {
    if (!pattern.test(text)) throw new Mistyped(`must be ${shape}`);
    return text;
  };
}

/** Any text. */
export const text: Parser<string> = (value) => value;

/** An absolute path on the server, without `..`; a slash at the end is dropped. */
export const absolutePath: Parser<string> = (value) => {
  const parts = value.split('/');
  if (!value.startsWith('/') || parts.includes('..') || /[\0\r\n]/.test(value)) {
    throw new Mistyped('must be an absolute path on the server, as /var/www/site');
  }
  return value.length > 1 ? value.replace(/\/+$/, '') : value;
};

/** An `http://` or `https://` address, or the word `none`. */
export const addressOrNone: Parser<URL | 'none'> = (value) => {
  if (value === 'none') return value;
  const url = URL.canParse(value) ? new URL(value) : null;
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    throw new Mistyped('must be an http:// or https:// address, or none');
  }
  if (url.username !== '' || url.password !== '') {
    throw new Mistyped('must not hold a user or a password: they belong into health-auth', {
      hides: true,
    });
  }
  return url;
};

/** `user:password`; line ends that a pasted secret often gains are dropped. */
export const userAndPassword: Parser<string> = (value) => {
  const line = value.replace(/[\r\n]+$/, '');
  // RFC 7617, 2: a colon ends the user, control characters are in neither.
  // eslint-disable-next-line no-control-regex -- these are what is looked for
  if (!/^[^:]+:/.test(line) || /[\0-\x1f\x7f]/.test(line)) {
    throw new Mistyped('must be user:password in one line');
  }
  return line;
};

const certificate = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** One or more certificates as PEM text. */
export const certificates: Parser<string> = (value) => {
  const found = value.match(certificate) ?? [];
  if (found.length === 0 || value.includes('PRIVATE KEY') || !found.every(isCertificate)) {
    throw new Mistyped('must be certificates as PEM text, and nothing else');
  }
  return found.join('\n');
};

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}

/** A database server with its version. */
export interface ServerName {
  readonly name: 'MariaDB' | 'MySQL';
  readonly version: string;
}

/** `MariaDB 10.11`, `mysql 8.0.36`: a server and its version. */
export const serverName: Parser<ServerName> = (value) => {
  const found = /^(mariadb|mysql)[ -]?(\d+\.\d+(?:\.\d+)?)$/i.exec(value);
  if (found === null) throw new Mistyped('must be a server and its version, as MariaDB 10.11');
  const [, name = '', version = ''] = found;
  return { name: name.toLowerCase() === 'mysql' ? 'MySQL' : 'MariaDB', version };
};

/** A path below the checkout, without `..`; a slash at the end is dropped. */
export const pathBelow: Parser<string> = (value) => {
  if (value.startsWith('/') || value.split('/').includes('..') || /[\0\r\n]/.test(value)) {
    throw new Mistyped('must be a path below the checkout, as sites/shop');
  }
  return value.replace(/^(\.\/)+/, '').replace(/\/+$/, '') || '.';
};

/** Paths on lines or with commas between them, each without `./` before it and slashes behind it. */
function listed(value: string): readonly string[] {
  const paths = value.split(/[,\n]/).map((one) => one.trim());
  return paths.map((one) => one.replace(/^(\.\/)+/, '').replace(/\/+$/, '')).filter(Boolean);
}

/** Paths below the root of the application, on lines or with commas. Whole folders that belong to one commit are refused. */
export const pathsInApplication: Parser<readonly string[]> = (value) => {
  const paths = listed(value);
  const wrong = paths.find((one) => !mayBeShared(one) || liesBelow(one, paths));
  if (wrong !== undefined) {
    throw new Mistyped(
      `must be paths below the application, as public/uploads; ${wrong} cannot be shared by releases`,
    );
  }
  return [...new Set(paths)];
};

// Each release has caches, code and dependencies of its own. One file of the code may be a setting of the server.
const ofOneRelease = /^(\.|app|vendor|system|spark|writable|writable\/(cache|debugbar))(\/|$)/;
const linked = ['writable/session', 'writable/logs', 'writable/uploads'];
const mayLieBelow = /^writable\/(?!(cache|debugbar)(\/|$))[^/]|^app\/(.+\/)?[^/]+\.[^/.]+$/;

/** A link in a folder that is a link itself would be made in the shared folder. */
function liesBelow(path: string, others: readonly string[]): boolean {
  return [...linked, ...others].some((other) => path.startsWith(`${other}/`));
}

/** Whether releases may share a path below the application. */
export function mayBeShared(path: string): boolean {
  const parts = path.split('/');
  if (path.startsWith('/') || /[\0\r:*?[\]]/.test(path)) return false;
  if (parts.some((part) => part === '..' || part === '.' || part === '' || part === '.git')) {
    return false;
  }
  return !ofOneRelease.test(path) || mayLieBelow.test(path);
}

/** A range of HTTP status codes, both ends included. */
export interface StatusRange {
  readonly from: number;
  readonly to: number;
}

/** `200`, `200,302` or `200-299, 401`: HTTP status codes. */
export const statuses: Parser<readonly StatusRange[]> = (value) =>
  value.split(',').map((part) => {
    const match = /^\s*([1-5]\d\d)(?:-([1-5]\d\d))?\s*$/.exec(part);
    const from = Number(match?.[1]);
    const to = Number(match?.[2] ?? match?.[1]);
    if (match === null || to < from) {
      throw new Mistyped('must be HTTP status codes: 200, or 200-299, or 200,302');
    }
    return { from, to };
  });

/** Paths below the application that git does not have; dependencies, settings and what visitors write are none of them. */
export const pathsToDeliver: Parser<readonly string[]> = (value) => {
  const paths = listed(value);
  const wrong = paths.find(
    (one) => !mayBeDelivered(one) || paths.some((other) => one.startsWith(`${other}/`)),
  );
  if (wrong !== undefined) {
    throw new Mistyped(
      `must be paths below the application, as public/build; ${wrong} cannot be delivered`,
    );
  }
  return [...new Set(paths)];
};

/** Whether a deploy may bring something at that path that git does not have. */
export function mayBeDelivered(path: string): boolean {
  const parts = path.split('/');
  const outside = parts.some((part) => part === '' || part === '.' || part === '..');
  return !outside && !['vendor', '.git', '.env', 'writable'].includes(parts[0] ?? '');
}
