import { Secret } from '../secret.ts';
import { Mistyped, type Parser } from './parsers.ts';

/** A throw-away database as the inputs name it. */
export interface GivenDatabase {
  readonly address: { readonly host: string; readonly port: number };
  readonly user: string;
  readonly password: Secret;
  readonly database: string;
}

const form = 'must be one address on a line, as mysql://user:password@127.0.0.1:3306/name';

/** Lines of `mysql://user:password@host:port/name` (or `mariadb://`); what is special in a URL is written as `%40`. */
export const databaseUrls: Parser<readonly GivenDatabase[]> = (text) => {
  const lines = text.split(/[\r\n]+/).map((line) => line.trim());
  const given = lines.filter((line) => line !== '').map(databaseUrl);
  const names = given.map(({ address, database }) => `${address.host}:${address.port}/${database}`);
  if (new Set(names).size < names.length) throw new Mistyped('names a database twice');
  return given;
};

/** The host as PHP has to get it: `localhost` means a socket to mysqli, and a port to everybody else. */
export function reached(host: string): string {
  return host.toLowerCase() === 'localhost' ? '127.0.0.1' : host;
}

function databaseUrl(line: string): GivenDatabase {
  if (!URL.canParse(line)) throw new Mistyped(form);
  const { protocol, hostname, port, username, password, pathname } = new URL(line);
  const database = decoded(pathname.slice(1));
  const known = protocol === 'mysql:' || protocol === 'mariadb:';
  if (!known || hostname === '' || username === '' || database === '' || database.includes('/')) {
    throw new Mistyped(form);
  }
  return {
    address: { host: reached(hostname.replace(/^\[(.*)\]$/, '$1')), port: Number(port || 3306) },
    user: decoded(username),
    password: new Secret(decoded(password)),
    database,
  };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new Mistyped(form);
  }
}
