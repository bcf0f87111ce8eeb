import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const top = '/sys/fs/cgroup';
const endLimit = 10_000;

/** The kernel's trees of control groups that systemd uses, and the one that counts CPU: one tree does all, or several do. */
function trees(): string[] {
  if (existsSync(join(top, 'cgroup.procs'))) return [top];
  const beside = ['systemd', 'unified', 'cpuacct'].map((tree) => join(top, tree));
  return beside.filter((tree) => existsSync(tree));
}

/** The seconds of CPU that everything in a group has used so far. */
export function cpuSeconds(name: string): number {
  const older = join(top, 'cpuacct', name, 'cpuacct.usage');
  if (existsSync(older)) return Number(readFileSync(older, 'utf8')) / 1e9;
  const stat = readFileSync(join(top, name, 'cpu.stat'), 'utf8');
  return Number(/^usage_usec (\d+)/m.exec(stat)?.[1]) / 1e6;
}

/**
 * The command, made to run in a control group of its own. Without it all servers would share one. A systemd that ends a service by its group would end that of its neighbour too, and nobody could tell which process belongs to whom.
 */
export function inGroup(name: string, argv: readonly string[]): string[] {
  const groups = trees().map((tree) => join(tree, name));
  for (const group of groups) mkdirSync(group, { recursive: true });
  const enter = groups.map((group) => `echo $$ >${group}/cgroup.procs`);
  return ['sh', '-c', [...enter, 'exec "$@"'].join(' && '), 'sh', ...argv];
}

/** Ends every process in a group and below, also those that nobody wrote down, and removes the group. */
export async function endGroup(name: string): Promise<void> {
  const late = performance.now() + endLimit;
  while (performance.now() < late) {
    const groups = trees().flatMap((tree) => below(join(tree, name)));
    for (const pid of new Set(groups.flatMap(members))) end(pid);
    if (groups.map(removed).every(Boolean)) return;
    await pause(5);
  }
  throw new Error(`The processes in the group ${name} do not end.`);
}

/** A group and all in it, the deepest first. */
function below(group: string): string[] {
  if (!existsSync(group)) return [];
  const entries = readdirSync(group, { withFileTypes: true });
  const inner = entries.filter((entry) => entry.isDirectory());
  return [...inner.flatMap(({ name }) => below(join(group, name))), group];
}

function members(group: string): number[] {
  try {
    const pids = readFileSync(join(group, 'cgroup.procs'), 'utf8').split('\n').map(Number);
    return pids.filter((pid) => pid > 0);
  } catch {
    // Its own systemd has just removed it.
    return [];
  }
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/** The kernel lets a group go only when the last process in it is gone. */
function removed(group: string): boolean {
  try {
    rmdirSync(group);
    return true;
  } catch {
    return !existsSync(group);
  }
}
