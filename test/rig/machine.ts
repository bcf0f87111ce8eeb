import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { base, type Flavour } from './bases.ts';
import { inGroup } from './groups.ts';
import { host, must, type Ended } from './host.ts';
import { makeKey } from './key.ts';
import { guard, remember, remove, removeLeftovers, reserve, type Holding } from './leftovers.ts';
import { join, type Network } from './network.ts';

export type { Flavour } from './bases.ts';

/** How a command runs on the server. */
export interface ExecOptions {
  readonly stdin?: string | Buffer;
  /** root unless set. */
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
  keep(more: Partial<Pick<Holding, 'mounts' | 'folders'>>): void;
  stop(): Promise<void>;
}

const user = 'nicolas';
const bootLimit = 60_000;

/** Boots a server; about a second once its base is built. It goes away with `stop()` and with this process. */
export async function boot({ flavour = 'debian12' }: { flavour?: Flavour } = {}): Promise<Machine> {
  await removeLeftovers();
  guard();
  const folder = await base(flavour);
  const reserved: Holding[] = [];
  try {
    const { network, holding } = await join((name) => {
      const taken = reserve(name);
      if (taken !== null) reserved.push(taken);
      return taken;
    });
    const leader = await running(await start(folder, network));
    return await furnish(network, flavour, leader, holding);
  } catch (error) {
    for (const holding of reserved) await remove(holding);
    throw error;
  }
}

async function start(folder: string, { name }: Network): Promise<ChildProcess> {
  const options = ['-q', '-b', '-D', folder, '--volatile=overlay', `--machine=${name}`];
  const bare = ['--hostname=kayart', '--register=no', '--keep-unit'];
  const [program = '', ...argv] = inGroup(name, [
    'systemd-nspawn',
    ...options,
    ...bare,
    `--network-namespace-path=/run/netns/${name}`,
  ]);
  const nspawn = spawn(program, argv, { detached: true, stdio: 'ignore' });
  await once(nspawn, 'spawn');
  nspawn.unref();
  return nspawn;
}

/** Waits until systemd calls the server running. Answers its PID 1 as this machine sees it. */
async function running(nspawn: ChildProcess): Promise<number> {
  const late = performance.now() + bootLimit;
  let state = '';
  while (performance.now() < late && nspawn.exitCode === null) {
    // Asked again each time: before the container's PID 1 nspawn has another, short-lived child.
    const leader = await onlyChild(nspawn.pid ?? 0);
    if (leader !== null) {
      // Waits for the boot itself: asked again and again, it took more of the machine than what was started.
      const limit = ['timeout', String(Math.ceil((late - performance.now()) / 1000))];
      const asks = ['systemctl', 'is-system-running', '--wait'];
      const asked = await host([...limit, ...enter(leader), ...asks]);
      state = asked.stdout.trim();
      if (state === 'running') return leader;
    }
    await pause(50);
  }
  throw new Error(
    `The server did not boot: it is ${state || 'silent'} (nspawn: ${nspawn.exitCode ?? 'alive'}).`,
  );
}

async function onlyChild(pid: number): Promise<number | null> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  const child = Number(text.trim().split(' ')[0]);
  return child > 0 ? child : null;
}

function enter(leader: number): string[] {
  return ['nsenter', '-t', String(leader), '-m', '-p', '-u', '-i', '-n', '-r', '-w', '--'];
}

// The environment of who runs the tests must not reach the server.
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
  reserved: Holding,
): Promise<Machine> {
  let holding = reserved;
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
  const onServer = async (...argv: string[]): Promise<string> => {
    const { code, stdout, stderr } = await exec(argv);
    if (code !== 0)
      throw new Error(`${argv.join(' ')} ended with ${code} on the server: ${stderr}`);
    return stdout.trim();
  };
  const key = await makeKey();
  const granted = await onServer('sh', '-e', '-c', grant(key.publicKey, network.address));
  const [phpVersion = '', hostKey = '', printed = ''] = granted.split('\n');
  const [type = '', blob = ''] = hostKey.split(' ');
  const stop = async (): Promise<void> => remove(holding);
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
      holding = {
        ...holding,
        mounts: [...(more.mounts ?? []), ...holding.mounts],
        folders: [...(more.folders ?? []), ...holding.folders],
      };
      remember(holding);
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

/** The key and the one sudoers line of the procedure; prints the version of PHP, the key of the host and its fingerprint. */
function grant(publicKey: string, address: string): string {
  return `php=$(php -r 'echo PHP_MAJOR_VERSION, ".", PHP_MINOR_VERSION;')
install -d -m 700 -o ${user} -g ${user} /home/${user}/.ssh
echo '${publicKey}' >/home/${user}/.ssh/authorized_keys
chown ${user}: /home/${user}/.ssh/authorized_keys
echo "${user} ALL=(root) NOPASSWD: /usr/bin/systemctl reload php$php-fpm" >/etc/sudoers.d/${user}
chmod 440 /etc/sudoers.d/${user}
hostname kayart; echo kayart >/etc/hostname
printf '127.0.0.1 localhost kayart.test\\n${address} kayart\\n' >/etc/hosts
echo "$php"; cat /etc/ssh/ssh_host_ed25519_key.pub; ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub`;
}
