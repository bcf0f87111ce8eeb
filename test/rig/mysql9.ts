import { spawn } from 'node:child_process';
import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { base } from './bases.ts';
import { inGroup } from './groups.ts';
import { host, must } from './host.ts';
import type { Machine } from './machine.ts';

/** MySQL 9 beside a server, in the same network: what listens there on 127.0.0.1 is its neighbour. */
export interface Mysql {
  readonly host: '127.0.0.1';
  readonly port: number;
  /** Asks it as root, run on the server. */
  readonly client: readonly string[];
}

const port = 3307;
const startLimit = 60_000;

/** Starts MySQL 9 as a plain process: systemd of its Debian does not boot on an old kernel. It goes away with the server. */
export async function bootMysql(machine: Machine): Promise<Mysql> {
  const folder = await mkdtemp(join(tmpdir(), 'ci4-deploy-mysql-'));
  const [upper, work, root] = ['upper', 'work', 'root'].map((name) => join(folder, name));
  if (upper === undefined || work === undefined || root === undefined) throw new Error('no folder');
  for (const place of [upper, work, root]) await mkdir(place);
  const layers = `lowerdir=${await base('mysql9')},upperdir=${upper},workdir=${work}`;
  machine.keep({ mounts: [`${root}/dev`, `${root}/proc`, root], folders: [folder] });
  await must(['mount', '-t', 'overlay', 'overlay', '-o', layers, root]);
  await must(['mount', '-t', 'proc', 'proc', `${root}/proc`]);
  await must(['mount', '--bind', '/dev', `${root}/dev`]);
  await must(['chroot', root, 'sh', '-c', 'mkdir -p /run/mysqld && chown mysql /run/mysqld']);
  // Without skip-name-resolve every login would wait ten seconds for a name server that is not there.
  const options = [
    '--user=mysql',
    '--bind-address=0.0.0.0',
    `--port=${port}`,
    '--mysqlx=OFF',
    '--skip-name-resolve',
    '--socket=/run/mysqld/mysqld.sock',
  ];
  const there = ['ip', 'netns', 'exec', machine.network, 'chroot', root, 'mysqld', ...options];
  // In the server's control group, so that it ends with the server.
  const [program = '', ...argv] = inGroup(`${machine.network}/mysql9`, there);
  spawn(program, argv, { detached: true, stdio: 'ignore' }).unref();
  const asRoot = ['chroot', root, 'mysql', '-uroot'];
  await ready(asRoot);
  // The server's own client reaches it over the network, as a user that may do everything.
  await must([
    ...asRoot,
    '-e',
    "CREATE USER admin@'127.0.0.1' IDENTIFIED BY 'admin'; GRANT ALL ON *.* TO admin@'127.0.0.1' WITH GRANT OPTION",
  ]);
  return {
    host: '127.0.0.1',
    port,
    client: ['mysql', '--host=127.0.0.1', `--port=${port}`, '--user=admin', '--password=admin'],
  };
}

async function ready(client: readonly string[]): Promise<void> {
  const late = performance.now() + startLimit;
  while (performance.now() < late) {
    if ((await host([...client, '-e', 'SELECT 1'])).code === 0) return;
    await pause(200);
  }
  throw new Error(`MySQL 9 did not answer within ${startLimit / 1000} s.`);
}
