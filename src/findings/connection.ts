import { of } from './entry.ts';

/** Logging in. */
export const connection = {
  input: of(
    'an input is missing, unknown or mistyped; the report has all of them at once',
    'person',
    'error',
  ),
  'ssh-host-not-found': of('the host name is not known', 'person', 'error'),
  'ssh-port-closed': of('nothing listens at that port', 'person', 'error'),
  'ssh-jump-failed': of(
    'the host in between gets no connection to the next one',
    'person',
    'error',
  ),
  'ssh-no-answer': of('no answer within `connect-timeout`', 'person', 'error'),
  'ssh-connection-closed': of(
    'sshd ended the connection during the login, without a word',
    'person',
    'error',
  ),
  'ssh-no-common-algorithm': of(
    'the server offers only algorithms that are broken, such as SHA-1; its `sshd_config` has to allow others',
    'lines',
    'error',
  ),
  'ssh-host-key-refused': of(
    'the server shows another host key than the one you trust, or none is known for it',
    'lines',
    'error',
  ),
  'ssh-auth-failed': of('the server does not accept the key or the password', 'lines', 'error'),
  'ssh-key-not-readable': of(
    '`ssh-key` is no private key, or needs another passphrase',
    'person',
    'error',
  ),
  'ssh-login-failed': of('sshd ended the login for another reason', 'person', 'error'),
  'ssh-no-shell': of(
    'the login works, but no shell runs our commands: another program runs in its place, or the account may not',
    'lines',
    'error',
  ),
  'ssh-no-session': of('sshd opens no session on the connection (`MaxSessions`)', 'lines', 'error'),
  'connection-lost': of('the connection ended while it was needed', 'again', 'error'),
  'forward-refused': of('sshd opened no connection to an address on the server', 'lines', 'error'),
  'forwarding-prohibited': of(
    'sshd forbids forwarding, so the database cannot be reached',
    'lines',
    'error',
  ),
};
