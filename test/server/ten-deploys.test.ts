import { describe, expect, test } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { patient } from '../rig/continuity.ts';
import type { Strategy } from '../rig/layouts.ts';
import type { Release } from '../rig/releases.ts';
import { visitors } from '../rig/visitors.ts';
import { back, both, ended, nobodyNoticed } from './going-back.ts';
import { fresh, snapshot } from './situation.ts';
import { start } from './start.ts';

// After these there is a rollback; the first of them goes back to where the sessions were in files.
const before = [1, 6, 10];

async function underLoad(release: Release, strategy: Strategy): Promise<void> {
  await using server = await fresh(release, { strategy });
  const { site } = server;
  await patient(site);
  await using crowd = visitors(site.url, 12, 250);
  await crowd.arrived;
  let previous = site.commits.live;
  let rollbacks = 0;
  for (let at = 1; at <= 10; at += 1) {
    const note = { 'app/Views/note.php': `note ${at}\n` };
    const commit = at === 1 ? site.commits.next : await site.push(note, `Note ${at}`);
    await ended(start(site, `1${at}`, commit));
    expect(await site.head()).toBe(commit);
    if (before.includes(at)) {
      await ended(start(site, `2${at}`, commit, back));
      expect(await site.head()).toBe(previous);
      rollbacks += 1;
    } else previous = commit;
  }
  await pause(1000);
  const seen = await crowd.stop();
  expect(seen).toMatchObject(nobodyNoticed);
  expect([rollbacks, seen.requests > 500]).toEqual([3, true]);
  expect((await snapshot(site)).left).toBe('');
}

describe.each(await both())('under load on CodeIgniter %s, %s', (_, strategy, release) => {
  test('ten deploys and three rollbacks: no request fails, and nobody is logged out', async () => {
    await underLoad(release, strategy);
  }, 900_000);
});
