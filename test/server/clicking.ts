import { setTimeout as pause } from 'node:timers/promises';
import { gracefulReloads } from '../rig/graceful.ts';
import type { Site } from '../rig/kayart.ts';
import { developerAt } from './computer.ts';

/** Somebody who is logged in and clicks as long as this lives. */
export interface Clicking extends AsyncDisposable {
  readonly noticed: readonly string[];
}

/** Whether what a visitor noticed is that the session is gone, and the site answers. */
export function isLogout(noticed: string): boolean {
  return /^click \d+: 200 /.test(noticed);
}

/** A server and a developer as they are while something is pasted, and the visitor. */
export async function visited(site: Site): Promise<Clicking> {
  await gracefulReloads(site.machine);
  await developerAt(site);
  return clicking(site);
}

async function clicking(site: Site): Promise<Clicking> {
  const noticed: string[] = [];
  const { cookies } = await site.get('/login/carla');
  const first = await site.get('/count', cookies);
  const stop = new AbortController();
  // A site that is broken before has nobody who could notice more.
  const isThere = first.body.trim() === 'carla:1';
  const done = isThere ? click(site, cookies, noticed, stop.signal) : Promise.resolve();
  return {
    noticed,
    async [Symbol.asyncDispose]() {
      stop.abort();
      await done;
    },
  };
}

async function click(
  site: Site,
  cookies: readonly string[],
  noticed: string[],
  signal: AbortSignal,
): Promise<void> {
  for (let clicks = 2; !signal.aborted; clicks += 1) {
    const { status, body } = await site
      .get('/count', cookies)
      .catch((error: unknown) => ({ status: 0, body: String(error) }));
    if (body.trim() !== `carla:${clicks}`) {
      noticed.push(`click ${clicks}: ${status} ${body.trim().slice(0, 80)}`);
      // One lost session is said once.
      if (noticed.length > 3) return;
    }
    await pause(100);
  }
}
