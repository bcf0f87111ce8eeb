import type { FindingName } from '../findings/registry.ts';
import { errorFinding, type Finding, type Given } from '../finding.ts';
import { authorize, keyIsEnough, ownFingerprint } from '../remedies/ssh.ts';
import { asRoot, inInputs, onGitHub, toSee, toSeeAsRoot } from '../remedy.ts';
import type { AlgorithmKind, LoginFailed, LoginFault } from '../server/failures.ts';

type Fault<Kind extends LoginFault['kind']> = Extract<LoginFault, { kind: Kind }>;

/** What went wrong, and what to do about it. */
type Said = readonly [message: string, ...given: readonly Given[]];

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
  const [message, ...given] = said(server, fault);
  return errorFinding(names[fault.kind], message, ...given);
}

function said(server: string, fault: LoginFault): Said {
  if (isUnreached(fault)) return unreached(server, fault);
  switch (fault.kind) {
    case 'host key refused':
      return hostKey(server, fault);
    case 'login refused':
      return loginRefused(server, fault);
    case 'no common algorithm':
      return noCommon(server, fault);
    case 'key not readable':
      return [`Input ssh-key cannot be used: ${fault.problem}`, fault.remedy];
    case 'other':
      return [
        `The login to ${server} failed: ${fault.problem}`,
        toSeeAsRoot('Read what sshd says of it', 'sudo journalctl -u ssh -n 20'),
      ];
  }
}

function loginRefused(
  server: string,
  { fingerprint, publicKey, methods, partial, unanswered }: Fault<'login refused'>,
): Said {
  if (partial) return secondFactor(server, methods);
  const ours = fingerprint === undefined ? '' : ` (key ${fingerprint})`;
  const asked =
    unanswered.length === 0
      ? ''
      : ` It asked for more than a password, which was not answered: ${unanswered.join(' ')}`;
  const strict =
    publicKey === undefined
      ? ''
      : ' sshd also refuses a key that it knows while others may write to the home directory.';
  const message = `${server} does not accept our login${ours}. It allows: ${methods.join(', ') || 'nothing more'}.${asked}${strict}`;
  const [user = ''] = server.split('@');
  return publicKey === undefined
    ? [
        message,
        inInputs('Check user and password.'),
        inInputs('A host in between has a password of its own, proxy-jump-password.'),
      ]
    : [message, authorize(user, publicKey), onGitHub('Put another private key into the secret.')];
}

function secondFactor(server: string, methods: readonly string[]): Said {
  const [user = ''] = server.split('@');
  return [
    `${server} accepts our login, and then asks for a second factor (${methods.join(', ')}), which no workflow can answer.`,
    keyIsEnough(user),
  ];
}

const common: Readonly<Record<AlgorithmKind, readonly [string, string]>> = {
  KexAlgorithms: ['key exchange', '+curve25519-sha256,diffie-hellman-group14-sha256'],
  HostKeyAlgorithms: ['kind of host key', '+ssh-ed25519,rsa-sha2-512,rsa-sha2-256'],
  Ciphers: ['cipher', '+aes256-ctr,aes128-ctr'],
  MACs: ['message authentication code', '+hmac-sha2-512,hmac-sha2-256'],
  PubkeyAcceptedAlgorithms: ['signature of an RSA key', '+rsa-sha2-512,rsa-sha2-256'],
};

function noCommon(server: string, { what, ours, theirs }: Fault<'no common algorithm'>): Said {
  const [name, added] = common[what];
  const instead =
    what === 'PubkeyAcceptedAlgorithms' ? ' A key of the kind ed25519 needs no change there.' : '';
  return [
    `${server} and ci4-deploy have no ${name} in common. The server offers: ${theirs.join(', ') || 'none'}. ci4-deploy offers: ${ours.join(', ')}. What is broken (SHA-1, CBC and older) is not offered.${instead}`,
    asRoot(
      `In /etc/ssh/sshd_config of that server this line replaces the one with ${what}. Then reload sshd.`,
      `${what} ${added}`,
    ),
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

function unreached(server: string, fault: Unreached): Said {
  switch (fault.kind) {
    case 'name not found':
      return [`The name of ${server} is not known.`, inInputs('Check host for a typing error.')];
    case 'port closed':
      return [
        `Nothing listens at ${server}.`,
        inInputs('Check host and port.'),
        toSee('See where sshd listens', 'ss -ltn'),
      ];
    case 'no route':
      return [
        `${fault.before} opened no connection to ${server}: ${fault.problem}`,
        inInputs(`Check host and port as ${fault.before} sees them.`),
        asRoot('sshd of that host has to allow it: AllowTcpForwarding yes in its sshd_config.'),
      ];
    case 'no answer':
      return [
        `${server} did not answer within ${fault.seconds} s.`,
        inInputs('Check host and port, and the firewall of the server.'),
        inInputs('Wait longer', `connect-timeout: ${fault.seconds * 2}s`),
      ];
    case 'connection closed':
      return [
        fault.said === ''
          ? `${server} ended the connection during the login, without a word. Often it is MaxStartups, AllowUsers, fail2ban, or a password that has expired.`
          : `${server} ended the connection during the login, after these words: ${fault.said.slice(0, 500)}`,
        toSeeAsRoot(
          'Read what sshd says of it, and whether logins are closed for a while',
          'sudo journalctl -u ssh -n 20',
          'ls -l /etc/nologin /run/nologin',
        ),
      ];
  }
}

function hostKey(
  server: string,
  { offered, type, source, line, known, unusable }: Fault<'host key refused'>,
): Said {
  const why = {
    'other key': `${server} shows another host key (${offered}) than the one you trust. The server was reinstalled, or the connection is being intercepted.`,
    'unknown host': `${server} is not in ${source}; it shows the key ${offered}.`,
    revoked: `${server} shows the host key ${offered}, which known-hosts calls revoked.`,
  };
  return [
    [why[known], ...unusable].join(' '),
    [
      toSee(`That server itself has to print ${offered}`, ownFingerprint(type)),
      inInputs(`If it does, add this line to those of ${source}`, `${source}: ${yaml(line)}`),
    ],
  ];
}

/** A scalar of YAML; one that begins with a bracket would be read as a list. */
function yaml(text: string): string {
  return text.startsWith('[') ? JSON.stringify(text) : text;
}
