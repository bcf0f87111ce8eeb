import type { NodeSSH } from 'node-ssh';
import { Secret } from '../../src/secret.ts';
import { hostKeys } from '../../src/server/host-keys.ts';
import { connect, loginName, type Login } from '../../src/server/ssh/connect.ts';
import { SshServer, type Hear } from '../../src/server/ssh/ssh.ts';
import type { Machine } from './machine.ts';

/** What it takes to log in to a machine as its user. */
export function loginTo(machine: Machine, changes: Partial<Login> = {}): Login {
  return {
    user: machine.user,
    host: machine.address,
    port: 22,
    key: new Secret(machine.privateKey),
    passphrase: null,
    password: null,
    hostKeys: hostKeys(machine.knownHostsLine),
    connectTimeout: 10,
    ...changes,
  };
}

/** Logs in to a machine over SSH. */
export async function logInTo(
  machine: Machine,
  changes: Partial<Login> = {},
  hear: Hear = () => undefined,
): Promise<SshServer> {
  const login = loginTo(machine, changes);
  const ssh = await connect(login, null, new AbortController().signal);
  const again = async (signal: AbortSignal): Promise<NodeSSH> => connect(login, null, signal);
  return new SshServer(ssh, loginName(login), { limit: 60, patience: 10, hear, again });
}
