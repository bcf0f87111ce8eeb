import { setTimeout as pause } from 'node:timers/promises';
import type { Site } from '../rig/kayart.ts';

/** Somebody who was there before the deploy, with his session. */
export interface RegularVisitor {
  /** What is not as it was for him, as a sentence; null when he notices nothing. */
  noticed(): Promise<string | null>;
}

/** Logs somebody in and lets him click once. */
export async function regularVisitor(site: Site, name = 'berta'): Promise<RegularVisitor> {
  const { cookies } = await site.get(`/login/${name}`);
  const first = await site.get('/count', cookies);
  if (first.body.trim() !== `${name}:1`) throw new Error(`${name} is not logged in: ${first.body}`);
  let clicks = 1;
  return {
    async noticed() {
      clicks += 1;
      const { status, body } = await site.get('/count', cookies);
      if (body.trim() !== `${name}:${clicks}`) {
        return `click ${clicks} of ${name}: ${status} ${body.slice(0, 80)}`;
      }
      const lock = `SELECT COALESCE(IS_USED_LOCK(MD5('${idIn(cookies)}')), 'free')`;
      // A cutover that goes on holds it for a moment; what counts is that it is let go.
      for (let left = 20; left > 0; left -= 1) {
        const [held] = await site.sql(lock);
        if (held?.[0] === 'free') return null;
        await pause(500);
      }
      return `the session of ${name} is still locked`;
    },
  };
}

function idIn(cookies: readonly string[]): string {
  return cookies.map((cookie) => /^ci_session=(.*)$/.exec(cookie)?.[1]).find(Boolean) ?? '';
}
