import type { FindingName } from '../findings/registry.ts';
import { HandoverFailed } from '../app/handover.ts';
import { DatabaseRefused } from '../schema/database.ts';
import {
  addressText,
  Cancelled,
  CommandFailed,
  ComposerFailed,
  ConnectionLost,
  ForwardRefused,
  LockLost,
  LoginFailed,
  type LoginFault,
} from '../server/failures.ts';
import { ended } from './log.ts';
import type { Finding } from '../finding.ts';
import { Stopped } from './stages.ts';

function error(name: FindingName<'error'>, message: string, remedy: string): Finding {
  return { name, severity: 'error', message, remedy };
}

/**
 * The one place that turns what was thrown into a sentence with a remedy.
 * Nothing for a cancelled run and for errors that are findings already.
 */
export function finding(failure: unknown): readonly Finding[] {
  if (failure === undefined || failure instanceof Stopped || failure instanceof Cancelled)
    return [];
  if (failure instanceof LoginFailed) return [login(failure.server, failure.fault)];
  if (failure instanceof CommandFailed) return [command(failure)];
  if (failure instanceof ConnectionLost) {
    return [
      error(
        'connection-lost',
        `The connection to ${failure.server} was lost during this step, so how it ended there is not known.`,
        'Run the deploy again: it finds out what was done.',
      ),
    ];
  }
  if (failure instanceof LockLost) {
    return [
      error(
        'lock-lost',
        `${failure.message} It had heard nothing from this one for more than a minute, and takes back what this one had begun.`,
        'Look at the other run; then run this one again.',
      ),
    ];
  }
  return [ofTheSite(failure)];
}

function ofTheSite(failure: unknown): Finding {
  if (failure instanceof DatabaseRefused) {
    return error('database-refused', failure.message, 'Look at the database of the application.');
  }
  if (failure instanceof HandoverFailed) return handover(failure);
  if (failure instanceof ForwardRefused) return forward(failure);
  return unknown(failure);
}

function command(failure: CommandFailed): Finding {
  const { server, command: text, exit, tail } = failure;
  const disk = diskFault(server, tail);
  if (disk !== null) return disk;
  if (failure instanceof ComposerFailed) return composer(failure);
  return error(
    'command-failed',
    `On ${server} this failed (${ended(exit)}): ${text}${tail === '' ? '' : `: ${tail}`}`,
    'The log shows the command with its whole output.',
  );
}

function composer({ server, exit, tail }: CommandFailed): Finding {
  return error(
    'composer-failed',
    `Composer could not install what composer.lock wants (${ended(exit)}), so the live site was not touched. On ${server} it said: ${tail}`,
    'Commit the composer.lock that composer update writes, and see that the server reaches the packages in it: composer install --dry-run',
  );
}

/** The commonest reasons why nothing works any more on a server, in the words of strerror(3); commands run in the C locale. */
function diskFault(server: string, tail: string): Finding | null {
  if (tail.includes('No space left on device') || tail.includes('Out of diskspace')) {
    return error(
      'disk-full',
      `The disk of ${server} is full: ${tail}`,
      'Make room there (df -h; df -i), then run the deploy again.',
    );
  }
  if (tail.includes('Read-only file system')) {
    return error(
      'file-system-read-only',
      `A file system of ${server} is read-only: ${tail}`,
      'Linux does that when a disk fails: look at dmesg, repair it (mount -o remount,rw), then run the deploy again.',
    );
  }
  return null;
}

function forward({ to, reason }: ForwardRefused): Finding {
  if (reason === 'no answer') {
    return error(
      'forward-refused',
      `Nothing answers at ${addressText(to)} on the server, as far as sshd can reach it.`,
      'Is the database running? If it is: AllowStreamLocalForwarding yes in /etc/ssh/sshd_config, for sockets.',
    );
  }
  return error(
    'forward-refused',
    `sshd opened no connection to ${addressText(to)}.`,
    'In /etc/ssh/sshd_config: AllowTcpForwarding yes, AllowStreamLocalForwarding yes.',
  );
}

function handover({ message }: HandoverFailed): Finding {
  return error(
    'handover-failed',
    `The sessions could not be handed over; ${message}`,
    'Run the deploy again; input carry-sessions: off goes on without (visitors then log in again).',
  );
}

function unknown(failure: unknown): Finding {
  const text = failure instanceof Error ? (failure.stack ?? failure.message) : String(failure);
  return error(
    'unexpected',
    `Something that ci4-deploy does not know: ${text}`,
    'Please report it with this message.',
  );
}

const loginNames: Readonly<Record<LoginFault['kind'], FindingName<'error'>>> = {
  'name not found': 'login-name-not-found',
  'port closed': 'login-port-closed',
  'no way': 'login-no-way',
  'no answer': 'login-no-answer',
  'host key refused': 'login-host-key-refused',
  'login refused': 'login-login-refused',
  'key not readable': 'login-key-not-readable',
  other: 'login-other',
};

function login(server: string, fault: LoginFault): Finding {
  const [message, remedy] = loginSentence(server, fault);
  return error(loginNames[fault.kind], message, remedy);
}

function loginSentence(server: string, fault: LoginFault): readonly [string, string] {
  switch (fault.kind) {
    case 'name not found':
      return [`The name of ${server} is not known.`, 'Check input host for a typing error.'];
    case 'port closed':
      return [`Nothing listens at ${server}.`, 'Check inputs host and port; is sshd running?'];
    case 'no way':
    case 'no answer':
      return unreached(server, fault);
    case 'host key refused':
      return hostKey(server, fault);
    case 'login refused':
      return loginRefused(server, fault);
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
  { fingerprint, methods }: Extract<LoginFault, { kind: 'login refused' }>,
): readonly [string, string] {
  const ours = fingerprint === undefined ? '' : ` (key ${fingerprint})`;
  return [
    `${server} does not accept our login${ours}. It allows: ${methods.join(', ') || 'nothing more'}.`,
    'Append the public key to ~/.ssh/authorized_keys of that user on the server.',
  ];
}

function unreached(
  server: string,
  fault: Extract<LoginFault, { kind: 'no way' | 'no answer' }>,
): readonly [string, string] {
  return fault.kind === 'no way'
    ? [
        `${fault.before} opened no connection to ${server}: ${fault.problem}`,
        'Check host and port as they are seen from there; its sshd has to have AllowTcpForwarding yes.',
      ]
    : [
        `${server} did not answer within ${fault.seconds} s.`,
        'Check host, port and the firewall, or raise input connect-timeout.',
      ];
}

function hostKey(
  server: string,
  { offered, line, known, unusable }: Extract<LoginFault, { kind: 'host key refused' }>,
): readonly [string, string] {
  const why = {
    'other key': `${server} shows another host key (${offered}) than the one you trust. It was installed anew, or somebody stands in between.`,
    'unknown host': `${server} is not in known-hosts; it shows the key ${offered}.`,
    revoked: `${server} shows the host key ${offered}, which known-hosts calls revoked.`,
  };
  return [
    [why[known], ...unusable].join(' '),
    `First compare on the server itself: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub\nIf it is the same, set input known-hosts to:\n${line}`,
  ];
}
