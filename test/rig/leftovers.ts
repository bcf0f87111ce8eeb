import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { host } from './host.ts';
import { leave } from './network.ts';

const folder = '/run/ci4-deploy-rig';

/** What one server of ours occupies on this machine, so that another process can remove it. */
export interface Record {
  readonly network: string;
  /** The process that booted it; the server goes with it. */
  readonly owner: number;
  readonly processes: readonly number[];
  readonly mounts: readonly string[];
  readonly folders: readonly string[];
}

/** Writes down what there is to remove. */
export function remember(record: Record): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, record.network), JSON.stringify(record));
}

/** Removes one server and everything it occupies. */
export async function remove(record: Record): Promise<void> {
  for (const pid of record.processes) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
  for (const mount of record.mounts) await host(['umount', '-l', mount]);
  await leave(record.network);
  for (const place of record.folders) rmSync(place, { recursive: true, force: true });
  rmSync(join(folder, record.network), { force: true });
}

/** Removes what killed processes left. */
export async function removeLeftovers(): Promise<void> {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    const record = read(join(folder, name));
    if (record !== null && !isAlive(record.owner)) await remove(record);
  }
}

function read(file: string): Record | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record;
  } catch {
    // Another process is writing or has just removed it.
    return null;
  }
}

function isAlive(pid: number): boolean {
  return existsSync(`/proc/${pid}`);
}
