import type { SessionConfiguration } from './application.ts';

/**
 * Name of a session file of FileHandler, as a POSIX extended regular expression without anchors (also valid in JavaScript).
 * `<cookieName>[md5(ip)]<id>`, the hash only with matchIP; an id has 22 characters or more out of `0-9a-zA-Z,-`
 * (PHP's session.sid_length and session.sid_bits_per_character). `index.html`, which lies beside them, does not match.
 */
export function sessionFilePattern(
  session: Pick<SessionConfiguration, 'cookieName' | 'matchIP'>,
): string {
  const name = session.cookieName.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  const hash = session.matchIP ? '[0-9a-f]{32}' : '';
  return `${name}${hash}[0-9a-zA-Z,-]{22,}`;
}
