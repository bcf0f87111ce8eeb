import { errorFinding, type Finding, type Given } from '../finding.ts';
import { giveShell, keepAccount, keepPassword, seeLogin } from '../remedies/account.ts';
import { allowSessions } from '../remedies/ssh.ts';
import { asRoot } from '../remedy.ts';
import type { NoShell, ShellFault } from '../server/failures.ts';

/** What a server says of an account that may not run commands, and what lets it. */
interface Known {
  readonly says: RegExp;
  /** The cause, as the end of a sentence. */
  readonly because: string;
  readonly remedy: (user: string) => Given;
}

// Words of PAM (Linux-PAM, pam_unix), of sshd (session.c), of nologin(8) and of bash in the C locale.
const known: readonly Known[] = [
  {
    says: /password change required|password has expired|required to change your password/i,
    because: 'its password has run out',
    remedy: keepPassword,
  },
  { says: /account has expired/i, because: 'the account has run out', remedy: keepAccount },
  {
    says: /account is currently not available/i,
    because: 'its shell is nologin',
    remedy: giveShell,
  },
  { says: /restricted/i, because: 'its shell is a restricted one', remedy: giveShell },
  {
    says: /sftp/i,
    because: 'sshd lets it transfer files and nothing else (ForceCommand internal-sftp)',
    remedy: (user) =>
      asRoot(
        `Take ${user} out of the Match block with ForceCommand in sshd_config, or deploy as another account.`,
      ),
  },
];

/** Why nothing runs on a server that let us in, with what to do about it. */
export function shellFinding({ server, fault }: NoShell): Finding {
  const [user = ''] = server.split('@');
  if (fault.kind === 'no session') {
    return errorFinding(
      'ssh-no-session',
      `Logged in to ${server}, but sshd opens no session (MaxSessions in its sshd_config).`,
      allowSessions(),
    );
  }
  const said = fault.kind === 'ended' ? fault.said : '';
  const cause = known.find(({ says }) => says.test(said));
  const why = cause === undefined ? ended(fault) : cause.because;
  const quoted = said === '' ? '' : ` The server said: ${said.slice(0, 500)}`;
  return errorFinding(
    'ssh-no-shell',
    `Logged in to ${server}, but no shell ran our commands: ${why}.${quoted}`,
    cause === undefined ? seeLogin(user) : cause.remedy(user),
  );
}

function ended(fault: Exclude<ShellFault, { kind: 'no session' }>): string {
  if (fault.kind === 'silent')
    return `none answered within ${fault.seconds} s, so something that starts at the login asks a question or stays open`;
  return fault.status === null
    ? 'it ended at once'
    : `it ended at once with exit status ${fault.status}`;
}
