import { readdir, rm, stat, utimes } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

const wanted = process.env['XDG_CACHE_HOME'] ?? '';

/**
 * Where slow things are kept between runs, outside the checkout. A variable that is empty or relative counts as not
 * set: XDG Base Directory Specification.
 */
export const cache = join(isAbsolute(wanted) ? wanted : join(homedir(), '.cache'), 'ci4-deploy');

const week = 7 * 24 * 3600 * 1000;

/** Notes that something in the cache is still of use. */
export async function used(place: string): Promise<void> {
  const now = new Date();
  await utimes(place, now, now);
}

/**
 * Removes what begins with a prefix and that nobody used for a week: mostly what another recipe made. Not at once,
 * because another checkout may have a server running on it.
 */
export async function removeUnused(prefix: string): Promise<void> {
  const names = (await readdir(cache)).filter((name) => name.startsWith(prefix));
  for (const place of names.map((name) => join(cache, name))) {
    const found = await stat(place).catch(() => null);
    if (found === null || Date.now() - found.mtimeMs < week) continue;
    await rm(place, { recursive: true, force: true });
  }
}
