import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { endGroup } from './groups.ts';
import { exclusively, host } from './host.ts';
import { leave } from './network.ts';

const folder = '/run/ci4-deploy-rig';

/** What one server of ours occupies on this machine, so that another process can remove it. */
export interface Holding {
  /** Of its network, its control group and its record. */
  readonly name: string;
  /** The process that booted it, and when that started: the server goes with it. */
  readonly owner: number;
  readonly born: string;
  readonly mounts: readonly string[];
  readonly folders: readonly string[];
}

/** Takes a name that no other process has; null when it is taken. Everything of that name is this process's from now on. */
export function reserve(name: string): Holding | null {
  const born = birth(process.pid) ?? '';
  const holding = { name, owner: process.pid, born, mounts: [], folders: [] };
  mkdirSync(folder, { recursive: true });
  try {
    writeFileSync(join(folder, name), JSON.stringify(holding), { flag: 'wx' });
    return holding;
  } catch {
    return null;
  }
}

/** Writes down what there is to remove. */
export function remember(holding: Holding): void {
  // A reader must never find half a record: it could not know whose it is.
  const fresh = join(folder, `.${holding.name}`);
  writeFileSync(fresh, JSON.stringify(holding));
  renameSync(fresh, join(folder, holding.name));
}

/**
 * Where nspawn since 256 mounts a folder for the sockets of a machine. One that was killed leaves it there, and nspawn
 * refuses the next machine of that name.
 */
export function exported(name: string): string {
  return join('/run/systemd/nspawn/unix-export', name);
}

/** Removes one server and everything it occupies. */
export async function remove(holding: Holding): Promise<void> {
  await endGroup(holding.name);
  const shared = exported(holding.name);
  for (const mount of [...holding.mounts, shared]) await host(['umount', '-l', mount]);
  await host(['rmdir', shared]);
  await leave(holding.name);
  for (const place of holding.folders) rmSync(place, { recursive: true, force: true });
  // Last, because then somebody else may take the name.
  rmSync(join(folder, holding.name), { force: true });
}

/** Removes what processes left that have ended. */
export async function removeLeftovers(): Promise<void> {
  if (abandoned().length === 0) return;
  // Two that remove the same would also remove what a third puts up under the name in between.
  await exclusively('leftovers', async () => {
    for (const holding of abandoned()) await remove(holding);
  });
}

let guarded = false;

/**
 * Starts a small process that removes this process's servers as soon as it ends, however it ends. It waits for the end
 * of a pipe that only this process writes to. Handlers of `exit` and of signals would not see a SIGKILL, nor run in jest.
 */
export function guard(): void {
  if (guarded) return;
  guarded = true;
  const program = fileURLToPath(new URL('guardian.ts', import.meta.url));
  const command = ['-c', 'cat >/dev/null; exec "$@"', 'sh', process.execPath, '--no-warnings'];
  const guardian = spawn('sh', [...command, program], {
    // In a session of its own, so that Ctrl-C does not reach it.
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    cwd: '/',
  });
  guardian.unref();
  // A pipe of a child is a socket, and an open one would keep this process alive.
  const pipe = guardian.stdin as unknown as { unref(): void };
  pipe.unref();
}

function abandoned(): Holding[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => !name.startsWith('.'));
  return names
    .map((name) => read(join(folder, name)))
    .filter((holding) => holding !== null)
    .filter(({ owner, born }) => birth(owner) !== born);
}

function read(file: string): Holding | null {
  try {
    const record = JSON.parse(readFileSync(file, 'utf8')) as Partial<Holding>;
    // What another version of this program wrote is for that version to remove.
    return record.name === undefined || record.born === undefined ? null : (record as Holding);
  } catch {
    // Another process has just removed it, or is taking the name.
    return null;
  }
}

/** When a living process started, in ticks since the machine did; its number alone may by now be somebody else's. */
function birth(pid: number): string | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, ...rest] = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' || state === 'X' ? null : (rest[18] ?? null);
  } catch {
    return null;
  }
}
