import type { FindingName } from '../findings/registry.ts';
import { errorFinding, type Finding } from '../finding.ts';
import type { AlgorithmKind, LoginFailed, LoginFault } from '../server/failures.ts';

type Fault<Kind extends LoginFault['kind']> = Extract<LoginFault, { kind: Kind }>;

const names: Readonly<Record<LoginFault['kind'], FindingName<'error'>>> = {
  'name not found': 'ssh-host-not-found',
  'port closed': 'ssh-port-closed',
  'no route': 'ssh-jump-failed',
  'no answer': 'ssh-no-answer',
  'connection closed': 'ssh-connection-closed',
  'host key refused': 'ssh-host-key-refused',
  'login refused': 'ssh-auth-failed',
  'no common algorithm': 'ssh-no-common-algorithm',
  'key not readable': 'ssh-key-not-readable',
  other: 'ssh-login-failed',
};

/** Why a login failed, with what to do about it. */
export function loginFinding({ server, fault }: LoginFailed): Finding {
  const [message, remedy] = sentence(server, fault);
  return errorFinding(names[fault.kind], message, remedy);
}

function sentence(server: string, fault: LoginFault): readonly [string, string] {
  if (isUnreached(fault)) return unreached(server, fault);
  switch (fault.kind) {
    case 'host key refused':
      return hostKey(server, fault);
    case 'login refused':
      return loginRefused(server, fault);
    case 'no common algorithm':
      return noCommon(server, fault);
    case 'key not readable':
      return [
        `Input ssh-key cannot be used: ${fault.problem}`,
        'Paste the whole private key file.',
      ];
    case 'other':
      return [`The login to ${server} failed: ${fault.problem}`, 'The log of sshd may say more.'];
  }
}

function loginRefused(
  server: string,
  { fingerprint, methods, unanswered }: Fault<'login refused'>,
): readonly [string, string] {
  const ours = fingerprint === undefined ? '' : ` (key ${fingerprint})`;
  const asked =
    unanswered.length === 0
      ? ''
      : ` It asked for more than a password, which was not answered: ${unanswered.join(' ')}`;
  return [
    `${server} does not accept our login${ours}. It allows: ${methods.join(', ') || 'nothing more'}.${asked}`,
    fingerprint === undefined
      ? 'Check inputs user and password. A host in between has a password of its own, input proxy-jump-password.'
      : 'Append the public key to ~/.ssh/authorized_keys of that user on the server.',
  ];
}

const common: Readonly<Record<AlgorithmKind, readonly [string, string]>> = {
  KexAlgorithms: ['key exchange', '+curve25519-sha256,diffie-hellman-group14-sha256'],
  HostKeyAlgorithms: ['kind of host key', '+ssh-ed25519,rsa-sha2-512,rsa-sha2-256'],
  Ciphers: ['cipher', '+aes256-ctr,aes128-ctr'],
  MACs: ['message authentication code', '+hmac-sha2-512,hmac-sha2-256'],
  PubkeyAcceptedAlgorithms: ['signature of an RSA key', '+rsa-sha2-512,rsa-sha2-256'],
};

function noCommon(
  server: string,
  { what, ours, theirs }: Fault<'no common algorithm'>,
): readonly [string, string] {
  const [name, added] = common[what];
  const instead =
    what === 'PubkeyAcceptedAlgorithms' ? ' A key of the kind ed25519 needs no change there.' : '';
  return [
    `${server} and ci4-deploy have no ${name} in common. The server offers: ${theirs.join(', ') || 'none'}. ci4-deploy offers: ${ours.join(', ')}. What is broken (SHA-1, CBC and older) is not offered.${instead} In /etc/ssh/sshd_config of that server the remedy goes in place of its line ${what}. Then reload sshd.`,
    `${what} ${added}`,
  ];
}

type Unreached = Fault<
  'name not found' | 'port closed' | 'no route' | 'no answer' | 'connection closed'
>;

function isUnreached(fault: LoginFault): fault is Unreached {
  return ['name not found', 'port closed', 'no route', 'no answer', 'connection closed'].includes(
    fault.kind,
  );
}

function unreached(server: string, fault: Unreached): readonly [string, string] {
  switch (fault.kind) {
    case 'name not found':
      return [`The name of ${server} is not known.`, 'Check input host for a typing error.'];
    case 'port closed':
      return [`Nothing listens at ${server}.`, 'Check inputs host and port; is sshd running?'];
    case 'no route':
      return [
        `${fault.before} opened no connection to ${server}: ${fault.problem}`,
        'Check host and port as they are seen from there; its sshd has to have AllowTcpForwarding yes.',
      ];
    case 'no answer':
      return [
        `${server} did not answer within ${fault.seconds} s.`,
        'Check host, port and the firewall, or raise input connect-timeout.',
      ];
    case 'connection closed':
      return [
        `${server} ended the connection during the login, without a word. Its log may say why: journalctl -u ssh`,
        'Look there for MaxStartups, AllowUsers, fail2ban, or a password that has expired.',
      ];
  }
}

function hostKey(
  server: string,
  { offered, type, source, line, known, unusable }: Fault<'host key refused'>,
): readonly [string, string] {
  const why = {
    'other key': `${server} shows another host key (${offered}) than the one you trust. The server was reinstalled, or the connection is being intercepted.`,
    'unknown host': `${server} is not in ${source}; it shows the key ${offered}.`,
    revoked: `${server} shows the host key ${offered}, which known-hosts calls revoked.`,
  };
  return [
    [why[known], ...unusable].join(' '),
    `# on that server itself, to compare: it has to print ${offered}
ssh-keygen -lf /etc/ssh/ssh_host_${type}_key.pub
# if it does, add this line to input ${source}
${line}`,
  ];
}
