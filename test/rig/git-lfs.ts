import { readFile } from 'node:fs/promises';
import { must } from './host.ts';
import type { Machine } from './machine.ts';

const place = '/usr/bin/git-lfs';

/** Git LFS on a server, as the program of this machine: no server of packages is reached from there. */
export async function installGitLfs(machine: Machine): Promise<void> {
  const own = (await must(['sh', '-c', 'command -v git-lfs'])).trim();
  await machine.writeFile(place, await readFile(own));
  await machine.exec(['chmod', '755', place]);
}

/** Takes it away again. */
export async function removeGitLfs(machine: Machine): Promise<void> {
  await machine.exec(['rm', place]);
}
