// Started beside a process that boots servers, when that process has ended: removes what it left.
import { setTimeout as pause } from 'node:timers/promises';
import { removeLeftovers } from './leftovers.ts';

// The pipe closes a moment before the process is gone.
for (const wait of [0, 200, 1000]) {
  await pause(wait);
  await removeLeftovers();
}
