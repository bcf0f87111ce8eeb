import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { Secret } from '../../src/secret.ts';
import { hostKeys } from '../../src/server/host-keys.ts';
import type { Address } from '../../src/server/server.ts';
import { connect } from '../../src/server/ssh/connect.ts';
import { SshServer } from '../../src/server/ssh/ssh.ts';
import { boot, type Flavour, type Machine } from '../rig/machine.ts';
import { bootMysql } from '../rig/mysql9.ts';

/** A database server on a machine of its own, reached as the action reaches it: over SSH. */
export interface RunningServer {
  /** Runs statements as root and answers what they print, without headings. */
  sql(text: string): Promise<string>;
  open(address: Address): Promise<Duplex>;
  stop(): Promise<void>;
}

/** One of the servers the action is made for. */
export interface DatabaseServer {
  readonly name: string;
  readonly product: RegExp;
  readonly addresses: readonly Address[];
  readonly start: () => Promise<RunningServer>;
}

const socket = '/run/mysqld/mysqld.sock';

/** The servers of Debian 12 and 13, over TCP and socket, and MySQL 9, whose socket no machine of ours can see. */
export const servers: readonly DatabaseServer[] = [
  {
    name: 'MariaDB 10.11',
    product: /^MariaDB 10\.11\.\d+$/,
    addresses: [{ host: '127.0.0.1', port: 3306 }, { socket }],
    start: () => start('debian12'),
  },
  {
    name: 'MariaDB 11.8',
    product: /^MariaDB 11\.8\.\d+$/,
    addresses: [{ host: '127.0.0.1', port: 3306 }, { socket }],
    start: () => start('debian13'),
  },
  {
    name: 'MySQL 9',
    product: /^MySQL 9\.\d+\.\d+$/,
    addresses: [{ host: '127.0.0.1', port: 3307 }],
    start: () => start('debian12', async (machine) => (await bootMysql(machine)).client),
  },
];

async function start(
  flavour: Flavour,
  client: (machine: Machine) => Promise<readonly string[]> = async () => ['mariadb'],
): Promise<RunningServer> {
  const machine = await boot({ flavour });
  try {
    const argv = [...(await client(machine)), '--skip-column-names'];
    const { server, closed } = await logInTo(machine);
    return {
      sql: async (text) => {
        const { code, stdout, stderr } = await machine.exec(argv, { stdin: text });
        if (code !== 0) throw new Error(`${stderr}\n${text}`);
        return stdout;
      },
      open: (address) => server.open(address, new AbortController().signal),
      stop: async () => {
        await server[Symbol.asyncDispose]();
        // A server killed before it has closed the connection would leave it half open, and this process waiting.
        await closed;
        await machine.stop();
      },
    };
  } catch (failure) {
    await machine.stop();
    throw failure;
  }
}

async function logInTo(machine: Machine): Promise<{ server: SshServer; closed: Promise<unknown> }> {
  const { user, address: host, privateKey, knownHostsLine } = machine;
  const login = {
    user,
    host,
    port: 22,
    key: new Secret(privateKey),
    passphrase: null,
    password: null,
    hostKeys: hostKeys(knownHostsLine),
    connectTimeout: 30,
  };
  const ssh = await connect(login, null, new AbortController().signal);
  const closed = ssh.connection === null ? Promise.resolve() : once(ssh.connection, 'close');
  const server = new SshServer(ssh, `${user}@${host}:22`, {
    limit: 60,
    patience: 10,
    hear: () => undefined,
  });
  return { server, closed };
}
