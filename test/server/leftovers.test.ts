import { mkdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { must } from '../rig/host.ts';
import { exported, remove, reserve } from '../rig/leftovers.ts';

test('a server that is killed leaves nothing that stands in the way of the next one of its name', async () => {
  const holding = reserve(`ci4dtest${process.pid}`);
  if (holding === null) throw new Error('the name is taken');
  const shared = exported(holding.name);
  mkdirSync(shared, { recursive: true });
  await must(['mount', '-t', 'tmpfs', 'none', shared]);
  await remove(holding);
  expect(readFileSync('/proc/self/mounts', 'utf8')).not.toContain(shared);
});
