import { asRoot, onComputer, toSee, type Instruction, type Remedy } from '../remedy.ts';
import { quote } from '../server/command.ts';

/** Options of sshd_config(5) that may forbid what we need of sshd. */
export type Forwarding = 'AllowTcpForwarding' | 'AllowStreamLocalForwarding';

/** Lets sshd open connections on the server for who is logged in. `local` is the less of what it can allow. */
export function allowForwarding(option: Forwarding): Instruction {
  return asRoot(
    'sshd then opens connections on the server itself for who has logged in.',
    changeSshd([option, 'local'], ['DisableForwarding', 'no']),
    reloadSshd,
  );
}

/** Lets sshd open sessions on a connection. */
export function allowSessions(): Instruction {
  return asRoot(
    'sshd then opens as many sessions as it does by default.',
    changeSshd(['MaxSessions', '10']),
    reloadSshd,
  );
}

/** Lets a key be enough for one account. sshd_config(5): the first value counts, and Debian includes this folder first. */
export function keyIsEnough(user: string): Instruction {
  const lines = `Match User ${user}\\n    AuthenticationMethods publickey\\n`;
  return asRoot(
    `For ${user} alone the key is then enough. Better is an account of its own for deploys.`,
    `printf '${lines}' | sudo tee /etc/ssh/sshd_config.d/ci4-deploy.conf`,
    reloadSshd,
  );
}

const reloadSshd = 'sudo sshd -t && sudo systemctl reload ssh';

/** Changes options where they stand, in all files that sshd reads. */
function changeSshd(...settings: readonly (readonly [option: string, value: string])[]): string {
  const blank = '[[:space:]]';
  const changes = settings.map(
    ([option, value]) => `s/^(${blank}*)${option}${blank}.*/\\1${option} ${value}/I`,
  );
  return `sudo sed -i -E '${changes.join('; ')}' $(sudo find /etc/ssh -name sshd_config -o -path '*/sshd_config.d/*.conf')`;
}

/**
 * Lets a key in.
 * @param key its public line
 */
export function authorize(user: string, key: string): Instruction {
  const [home, account] = [`~${user}/.ssh`, quote(user)];
  const group = `"$(id -gn ${account})"`;
  return asRoot(
    `${user} may then log in with this key.`,
    `sudo install -d -m 700 -o ${account} -g ${group} ${home}`,
    // A home directory that others may write to is one whose keys sshd does not believe (StrictModes).
    `sudo chmod go-w ~${user}`,
    `echo ${quote(key)} | sudo tee -a ${home}/authorized_keys`,
    `sudo chown ${account}:${group} ${home}/authorized_keys`,
    `sudo chmod 600 ${home}/authorized_keys`,
  );
}

/** Where a server is reached by ssh. */
export interface Reached {
  readonly host: string;
  readonly port: number;
}

/** The option of ssh and ssh-keyscan for a port, with the blank after it; nothing for the usual one. */
export function portOption(port: number): string {
  return port === 22 ? '' : `-p ${port} `;
}

/** Prints the line of known_hosts that a server shows over the network. */
export function keyScan({ host, port }: Reached): string {
  return `ssh-keyscan ${portOption(port)}-t ed25519 ${quote(host)} 2>/dev/null`;
}

/**
 * Prints the fingerprint of a server's key, on that server.
 * @param type of the key, as `ed25519`
 */
export function ownFingerprint(type: string): string {
  return `ssh-keygen -lf /etc/ssh/ssh_host_${type}_key.pub`;
}

/** Two commands whose output a person compares before a host key is trusted. */
export function compareHostKey(at: Reached): Remedy {
  return [
    toSee('Print the fingerprint of its key', ownFingerprint('ed25519')),
    onComputer(
      'Print the fingerprint that the network shows. Both have to be the same',
      `${keyScan(at)} | ssh-keygen -lf -`,
    ),
  ];
}

/** The line to trust, once it is compared. */
export function printHostKey(at: Reached): Instruction {
  return onComputer('If they are the same, print the line for the input known-hosts', keyScan(at));
}
