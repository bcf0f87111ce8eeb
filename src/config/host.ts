import { Mistyped, type Parser } from './parsers.ts';

/** Where to log in. `user` and `port` are undefined where the text did not say. */
export interface HostText {
  readonly user: string | undefined;
  readonly host: string;
  readonly port: number | undefined;
}

const pattern =
  /^(?:(?<user>[A-Za-z0-9_.][A-Za-z0-9_.-]*)@)?(?:\[(?<six>[0-9A-Fa-f:.]+)\]|(?<name>[A-Za-z0-9][A-Za-z0-9.-]*))(?::(?<port>\d{1,5}))?$/;

/** `[user@]host[:port]`; an IPv6 address stands in brackets. */
export const host: Parser<HostText> = (text) => {
  const groups = pattern.exec(text)?.groups;
  const port = groups?.['port'] === undefined ? undefined : Number(groups['port']);
  if (groups === undefined || (port !== undefined && (port < 1 || port > 65535))) {
    throw new Mistyped('must be [user@]host[:port], as nicolas@www.example.org:22');
  }
  return { user: groups['user'], host: groups['six'] ?? groups['name'] ?? '', port };
};

/** Hosts separated by commas or lines. */
export const hosts: Parser<readonly HostText[]> = (text) =>
  text
    .split(/[,\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(host);

/** Where to connect. `port` is undefined where the text did not say. */
export interface Place {
  readonly host: string;
  readonly port: number | undefined;
}

/** `host[:port]`; an IPv6 address stands in brackets. */
export const place: Parser<Place> = (text) => {
  const wrong = new Mistyped('must be host[:port], as 127.0.0.1 or 127.0.0.1:8443');
  if (text.includes('@') || !pattern.test(text)) throw wrong;
  const { host: name, port } = host(text);
  return { host: name, port };
};
