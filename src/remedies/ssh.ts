import { asRoot, onComputer, toSee, type Instruction, type Remedy } from '../remedy.ts';
import { quote } from '../server/command.ts';

/** Options of sshd_config(5) that may forbid what we need of sshd. */
export type Forwarding = 'AllowTcpForwarding' | 'AllowStreamLocalForwarding';

/** Lets sshd open connections on the server for who is logged in. `local` is the less of what it can allow. */
export function allowForwarding(option: Forwarding): Instruction {
  const blank = '[[:space:]]';
  const allowed = `s/^(${blank}*)${option}${blank}.*/\\1${option} local/I`;
  const enabled = `s/^(${blank}*)DisableForwarding${blank}.*/\\1DisableForwarding no/I`;
  return asRoot(
    'sshd then opens connections on the server itself for who has logged in.',
    `sudo sed -i -E '${allowed}; ${enabled}' $(sudo find /etc/ssh -name sshd_config -o -path '*/sshd_config.d/*.conf')`,
    'sudo sshd -t && sudo systemctl reload ssh',
  );
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

/**
 * Two commands whose output a person compares before a host key is trusted.
 * @param type of the key, as `ed25519`
 */
export function compareHostKey({ host, port }: Reached, type = 'ed25519'): Remedy {
  const at = port === 22 ? '' : `-p ${port} `;
  return [
    toSee('Print the fingerprint of its key', `ssh-keygen -lf /etc/ssh/ssh_host_${type}_key.pub`),
    onComputer(
      'Print the fingerprint that the network shows. Both have to be the same',
      `ssh-keyscan ${at}-t ${type} ${quote(host)} 2>/dev/null | ssh-keygen -lf -`,
    ),
  ];
}

/** The line to trust, once it is compared. */
export function printHostKey({ host, port }: Reached, type = 'ed25519'): Instruction {
  const at = port === 22 ? '' : `-p ${port} `;
  return onComputer(
    'If they are the same, print the line for the input known-hosts',
    `ssh-keyscan ${at}-t ${type} ${quote(host)} 2>/dev/null`,
  );
}
