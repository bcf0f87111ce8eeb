import { expect } from '@jest/globals';
import type { Database } from '../../src/schema/database.ts';

/** What both users of the contract learn about the size of tables. */
export async function saysBulk(app: Database, narrow: Database): Promise<void> {
  const bulk = await app.bulk('ci_sessions');
  expect(bulk).toEqual({
    rows: expect.any(Number),
    bytes: expect.any(Number),
    fulltext: false,
    characterBytes: { id: 4, ip_address: 4 },
  });
  expect(bulk?.bytes).toBeGreaterThan(16_000);
  for (const none of ['missing', 'Z_names', "it's"]) expect(await app.bulk(none)).toBeNull();
  expect(await narrow.bulk('ci_sessions')).toBeNull();
}
