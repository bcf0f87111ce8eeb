import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Screen } from './demo-screen.ts';
import type { Site } from './kayart.ts';
import type { Machine } from './machine.ts';

const prefix = 'ci4-deploy-demo-';
const longestStop = 60_000;
const printMilliseconds = 200;

/**
 * Runs this same program in the background and prints what it says. A server lives as long as the process that booted
 * it, so that process has to outlive the command.
 */
export async function keepInBackground(): Promise<boolean> {
  const holder = spawn(
    process.execPath,
    [...process.execArgv, ...process.argv.slice(1), '--held'],
    {
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  );
  holder.stdout?.pipe(process.stdout);
  holder.stderr?.pipe(process.stderr);
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => holder.kill(name));
  const held = once(holder, 'message').then(([green]) => green === true);
  const ended = once(holder, 'exit').then(() => false);
  const green = await Promise.race([held, ended]);
  // What was printed before the message may still be on its way through the pipe.
  await pause(printMilliseconds);
  if (holder.connected) holder.disconnect();
  holder.stdout?.destroy();
  holder.stderr?.destroy();
  holder.unref();
  return green;
}

/** Tells how to use the server, lets the command in the foreground end, and waits for `--stop`. */
export async function hold(
  machine: Machine,
  site: Site,
  green: boolean,
  screen: Screen,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), prefix));
  try {
    const key = join(folder, 'key');
    const hosts = join(folder, 'known_hosts');
    await writeFile(key, machine.privateKey, { mode: 0o600 });
    await writeFile(hosts, `${machine.knownHostsLine}\n`);
    await writeFile(join(folder, 'pid'), String(process.pid));
    screen.say('The server goes on running.');
    screen.table([
      ['the site', site.url],
      [
        'log in',
        `ssh -i ${key} -o IdentitiesOnly=yes -o UserKnownHostsFile=${hosts} ${machine.user}@${machine.address}`,
      ],
      ['stop it', 'npm run demo -- --stop'],
    ]);
    const reported = once(process, 'SIGTERM');
    // Who read our lines goes away now; what is still printed goes nowhere.
    for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
    process.send?.(green);
    // A pending promise does not keep a process alive.
    const alive = setInterval(() => undefined, 60_000);
    await reported;
    clearInterval(alive);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Stops every server that `--keep` of this user left running. */
export async function stopKept(screen: Screen): Promise<boolean> {
  const names = (await readdir(tmpdir())).filter((name) => name.startsWith(prefix));
  const folders = names.map((name) => join(tmpdir(), name));
  const stopped = await Promise.all(folders.map(stopOne));
  const count = stopped.filter((one) => one).length;
  screen.say(count === 0 ? 'No server of a demonstration is running.' : `Stopped: ${count}.`);
  return true;
}

async function stopOne(folder: string): Promise<boolean> {
  // The folder of another user may name any process.
  if ((await stat(folder)).uid !== process.getuid?.()) return false;
  const pid = Number(await readFile(join(folder, 'pid'), 'utf8').catch(() => 'NaN'));
  if (!(await isHolder(pid))) {
    await rm(folder, { recursive: true, force: true });
    return false;
  }
  process.kill(pid, 'SIGTERM');
  const late = performance.now() + longestStop;
  while (await isHolder(pid)) {
    if (performance.now() > late) throw new Error(`Process ${pid} does not end.`);
    await pause(100);
  }
  return true;
}

async function isHolder(pid: number): Promise<boolean> {
  const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return line.includes('demo.ts') && line.includes('--held');
}
