import { hosts } from './host.ts';
import { Mistyped } from './parsers.ts';

/**
 * The users that the inputs name. Sentences and remedies name them as well, so a password that is the same word cannot be
 * hidden. A line with `***` for the user is one that nobody can paste, and it shows what the password is.
 */
export function userNames(given: ReadonlyMap<string, string>): ReadonlySet<string> {
  const own = ['user', 'db-user'].map((name) => given.get(name)?.trim() ?? '');
  const atHosts = ['host', 'proxy-jump'].flatMap((name) => usersOf(given.get(name) ?? ''));
  return new Set([...own, ...atHosts].filter((name) => name !== ''));
}

function usersOf(text: string): readonly string[] {
  try {
    return hosts(text).flatMap(({ user }) => user ?? []);
  } catch (error) {
    if (error instanceof Mistyped) return [];
    throw error;
  }
}
