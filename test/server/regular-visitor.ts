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
      const [held] = await site.sql(
        `SELECT COALESCE(IS_USED_LOCK(MD5('${idIn(cookies)}')), 'free')`,
      );
      return held?.[0] === 'free' ? null : `the session of ${name} is still locked`;
    },
  };
}

function idIn(cookies: readonly string[]): string {
  return cookies.map((cookie) => /^ci_session=(.*)$/.exec(cookie)?.[1]).find(Boolean) ?? '';
}
