import type { Site } from '../../rig/kayart.ts';
import { nicolas, root } from '../breakages.ts';
import type { Situation } from '../situation.ts';

/** Lines that stand first in the file that bash reads at each login. */
async function bashrc(site: Site, lines: string): Promise<undefined> {
  return nicolas(site, `cat >~/.bashrc <<'END'\n${lines}\nEND`);
}

async function sshd(site: Site, lines: string): Promise<undefined> {
  const before = `sed -i '1i ${lines.replaceAll('\n', '\\n')}' /etc/ssh/sshd_config`;
  return root(site, `${before}; systemctl restart ssh`);
}

/** The login works, and no shell runs what we send. */
function noShell(
  name: string,
  prepare: NonNullable<Situation['prepare']>,
  says: string | RegExp,
): Situation {
  return {
    name: `login without a shell: ${name}`,
    prepare,
    inputs: () => ({ 'connect-timeout': '5s' }),
    outcome: 'refused',
    errors: ['ssh-no-shell'],
    says,
  };
}

/** What starts at the login on the servers of strangers. */
export const logins: readonly Situation[] = [
  noShell(
    'another program takes its place',
    async (site) => bashrc(site, 'exec sleep 1000'),
    'none answered within 5 s',
  ),
  noShell(
    'another program takes its place, and repeats what it hears',
    async (site) => bashrc(site, 'exec cat'),
    'none answered within 5 s',
  ),
  noShell(
    '.bashrc asks until it is answered',
    async (site) =>
      bashrc(site, 'until [ "$answer" = yes ]; do read -p "Go on? " answer || exit; done'),
    'none answered within 5 s',
  ),
  noShell(
    '.bashrc ends it',
    async (site) => bashrc(site, 'exit'),
    'it ended at once with exit status 0',
  ),
  noShell(
    'the password has run out',
    async (site) => root(site, 'echo nicolas:a-secret | chpasswd; passwd -e nicolas'),
    'its password has run out',
  ),
  noShell(
    'nologin',
    async (site) => root(site, 'usermod -s /usr/sbin/nologin nicolas'),
    'its shell is nologin',
  ),
  noShell(
    'a restricted shell',
    async (site) =>
      root(site, 'ln -s bash /bin/rbash 2>/dev/null || true; usermod -s /bin/rbash nicolas'),
    'a restricted one',
  ),
  noShell(
    'sftp only',
    async (site) => sshd(site, 'ForceCommand internal-sftp'),
    'transfer files and nothing else',
  ),
  noShell(
    'a key for one command',
    async (site) =>
      nicolas(site, `sed -i 's/^/command="echo only backups" /' ~/.ssh/authorized_keys`),
    'only backups',
  ),
  {
    name: 'login with one session for each connection',
    prepare: async (site) => sshd(site, 'MaxSessions 1'),
    outcome: 'deployed',
    errors: [],
  },
  {
    name: 'login with no session at all',
    prepare: async (site) => sshd(site, 'MaxSessions 0'),
    outcome: 'refused',
    errors: ['ssh-no-session'],
    says: 'MaxSessions',
  },
  {
    name: 'the home directory may be written by everybody, so sshd believes no key in it',
    prepare: async (site) => root(site, 'chmod 777 /home/nicolas'),
    outcome: 'refused',
    errors: ['ssh-auth-failed'],
    says: 'while others may write to the home directory',
  },
  {
    name: 'the login wants a second factor',
    prepare: async (site) =>
      sshd(
        site,
        'KbdInteractiveAuthentication yes\nAuthenticationMethods publickey,keyboard-interactive',
      ),
    outcome: 'refused',
    errors: ['ssh-auth-failed'],
    says: 'second factor',
  },
  {
    name: 'the key was pasted with \\n for its line feeds, and with quotes',
    inputs: ({ machine }) => ({
      'ssh-key': `"${machine.privateKey.trim().replaceAll('\n', '\\n')}"`,
    }),
    outcome: 'deployed',
    errors: [],
  },
  {
    name: 'the key was pasted as Base64',
    inputs: ({ machine }) => ({
      'ssh-key': Buffer.from(machine.privateKey).toString('base64'),
    }),
    outcome: 'deployed',
    errors: [],
  },
  {
    name: 'the key was pasted as a file of PuTTY',
    inputs: () => ({ 'ssh-key': 'PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\n' }),
    outcome: 'refused',
    errors: ['ssh-key-not-readable'],
    says: 'PuTTY',
  },
  {
    name: 'login where .bashrc asks once',
    prepare: async (site) => bashrc(site, 'read -p "Go on? " answer'),
    outcome: 'deployed',
    errors: [],
  },
  {
    name: 'login while the server goes down',
    prepare: async (site) => root(site, "echo 'Back at six' >/etc/nologin"),
    inputs: () => ({ 'connect-timeout': '5s' }),
    outcome: 'refused',
    errors: ['ssh-connection-closed'],
    says: 'Back at six',
  },
  {
    name: 'sudo wants a terminal',
    prepare: async (site) => root(site, "sed -i '1i Defaults:nicolas requiretty' /etc/sudoers"),
    outcome: 'refused',
    errors: ['reload-not-allowed'],
    says: 'a tty',
  },
];
