import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { base, type Flavour } from './bases.ts';
import { host, must, type Ended } from './host.ts';
import { makeKey } from './key.ts';
import { remember, remove, removeLeftovers, type Record } from './leftovers.ts';
import { join, type Network } from './network.ts';

export type { Flavour } from './bases.ts';

/** How a command runs on the server. */
export interface ExecOptions {
  readonly stdin?: string | Buffer;
  /** root unless told. */
  readonly user?: string;
  readonly cwd?: string;
}

/** A real server: systemd, sshd, nginx, PHP-FPM and MariaDB, at an address of its own. Nothing it writes is kept. */
export interface Machine extends AsyncDisposable {
  readonly name: string;
  readonly flavour: Flavour;
  readonly address: string;
  readonly network: string;
  readonly user: string;
  /** OpenSSH private key that `user` logs in with. */
  readonly privateKey: string;
  readonly knownHostsLine: string;
  /** `SHA256:...` of its ed25519 host key. */
  readonly hostFingerprint: string;
  /** As `8.2`. */
  readonly phpVersion: string;
  /** As `php8.2-fpm`. */
  readonly fpmService: string;
  exec(argv: readonly string[], options?: ExecOptions): Promise<Ended>;
  writeFile(file: string, text: string | Buffer, owner?: string): Promise<void>;
  /** Also to be removed when the server stops. */
  keep(more: Partial<Pick<Record, 'processes' | 'mounts' | 'folders'>>): void;
  stop(): Promise<void>;
}

const user = 'nicolas';
const bootLimit = 60_000;

/** Boots a server; about a second once its base is built. It goes away with `stop()` and with this process. */
export async function boot({ flavour = 'debian12' }: { flavour?: Flavour } = {}): Promise<Machine> {
  await removeLeftovers();
  const folder = await base(flavour);
  const network = await join();
  let record: Record = empty(network);
  remember(record);
  try {
    const [nspawn, leader] = await start(folder, network);
    record = { ...record, processes: [leader, nspawn] };
    remember(record);
    await running(leader);
    return await furnish(network, flavour, leader, record);
  } catch (error) {
    await remove(record);
    throw error;
  }
}

function empty({ name }: Network): Record {
  return { network: name, owner: process.pid, processes: [], mounts: [], folders: [] };
}

/** The container's PID 1 is the only child of nspawn's own process. */
async function start(folder: string, { name }: Network): Promise<[number, number]> {
  const options = ['-q', '-b', '-D', folder, '--volatile=overlay', `--machine=${name}`];
  const bare = ['--hostname=kayart', '--register=no', '--keep-unit'];
  const nspawn = spawn(
    'systemd-nspawn',
    [...options, ...bare, `--network-namespace-path=/run/netns/${name}`],
    { detached: true, stdio: 'ignore' },
  );
  nspawn.unref();
  const { pid } = nspawn;
  if (pid === undefined) throw new Error('systemd-nspawn did not start.');
  const late = performance.now() + bootLimit;
  while (performance.now() < late && nspawn.exitCode === null) {
    const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
    const leader = Number(text.trim().split(' ')[0]);
    if (leader > 0) return [pid, leader];
    await pause(20);
  }
  throw new Error(
    `systemd-nspawn ended with ${nspawn.exitCode ?? 'nothing'} before it had booted.`,
  );
}

async function running(leader: number): Promise<void> {
  const late = performance.now() + bootLimit;
  let state = '';
  while (performance.now() < late) {
    const { stdout } = await host([...enter(leader), 'systemctl', 'is-system-running']);
    state = stdout.trim();
    if (state === 'running') return;
    await pause(100);
  }
  const { stdout } = await host([...enter(leader), 'systemctl', '--failed', '--plain']);
  throw new Error(`The server is ${state} after ${bootLimit / 1000} s: ${stdout}`);
}

function enter(leader: number): string[] {
  return ['nsenter', '-t', String(leader), '-m', '-p', '-u', '-i', '-n', '-r', '-w', '--'];
}

// The environment of whoever runs the tests must not reach the server.
const clean = [
  'env',
  '-i',
  'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  'LANG=C.UTF-8',
];

async function furnish(
  network: Network,
  flavour: Flavour,
  leader: number,
  started: Record,
): Promise<Machine> {
  let record = started;
  const exec: Machine['exec'] = async (argv, { stdin, user: who, cwd } = {}) => {
    const as =
      who === undefined ? [] : ['setpriv', `--reuid=${who}`, `--regid=${who}`, '--init-groups'];
    const home = `HOME=${who === undefined ? '/root' : `/home/${who}`}`;
    const there = ['env', '-C', cwd ?? '/', home, ...as];
    return host(
      [...enter(leader), ...clean, ...there, ...argv],
      stdin === undefined ? {} : { stdin },
    );
  };
  const sure = async (...argv: string[]): Promise<string> => {
    const { code, stdout, stderr } = await exec(argv);
    if (code !== 0)
      throw new Error(`${argv.join(' ')} ended with ${code} on the server: ${stderr}`);
    return stdout.trim();
  };
  const key = await makeKey();
  const phpVersion = await sure('php', '-r', 'echo PHP_MAJOR_VERSION, ".", PHP_MINOR_VERSION;');
  await sure('sh', '-c', grant(key.publicKey, network.address, phpVersion));
  const hostKey = await sure('cat', '/etc/ssh/ssh_host_ed25519_key.pub');
  const [type = '', blob = ''] = hostKey.split(' ');
  const printed = await sure('ssh-keygen', '-lf', '/etc/ssh/ssh_host_ed25519_key.pub');
  const stop = async (): Promise<void> => remove(record);
  return {
    name: network.name,
    network: network.name,
    flavour,
    address: network.address,
    user,
    privateKey: key.privateKey,
    knownHostsLine: `${network.address} ${type} ${blob}`,
    hostFingerprint: printed.split(' ')[1] ?? '',
    phpVersion,
    fpmService: `php${phpVersion}-fpm`,
    exec,
    writeFile: async (file, text, owner = 'root') => {
      await must(
        [
          ...enter(leader),
          'sh',
          '-c',
          'mkdir -p "$(dirname "$1")" && cat >"$1" && chown "$2": "$1"',
          'sh',
          file,
          owner,
        ],
        { stdin: text },
      );
    },
    keep: (more) => {
      record = {
        ...record,
        processes: [...(more.processes ?? []), ...record.processes],
        mounts: [...(more.mounts ?? []), ...record.mounts],
        folders: [...(more.folders ?? []), ...record.folders],
      };
      remember(record);
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

/** The key and the one sudoers line of the procedure. */
function grant(publicKey: string, address: string, php: string): string {
  return `install -d -m 700 -o ${user} -g ${user} /home/${user}/.ssh
echo '${publicKey}' >/home/${user}/.ssh/authorized_keys
chown ${user}: /home/${user}/.ssh/authorized_keys
echo '${user} ALL=(root) NOPASSWD: /usr/bin/systemctl reload php${php}-fpm' >/etc/sudoers.d/${user}
chmod 440 /etc/sudoers.d/${user}
hostname kayart; echo kayart >/etc/hostname
printf '127.0.0.1 localhost kayart.test\\n${address} kayart\\n' >/etc/hosts`;
}
