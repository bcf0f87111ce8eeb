import { of } from './entry.ts';

/** Logging in. */
export const connection = {
  input: of('an input is missing, unknown or mistyped; all of them are said at once', 'error'),
  'ssh-host-not-found': of('the host name is not known', 'error'),
  'ssh-port-closed': of('nothing listens at that port', 'error'),
  'ssh-jump-failed': of('the host in between gets no connection to the next one', 'error'),
  'ssh-no-answer': of('no answer within `connect-timeout`', 'error'),
  'ssh-connection-closed': of(
    'sshd ended the connection during the login, without a word',
    'error',
  ),
  'ssh-no-common-algorithm': of(
    'the server offers only algorithms that are broken, such as SHA-1; its `sshd_config` has to allow others',
    'error',
  ),
  'ssh-host-key-refused': of(
    'the server shows another host key than the one you trust, or none is known for it',
    'error',
  ),
  'ssh-auth-failed': of('the server does not accept the key or the password', 'error'),
  'ssh-key-not-readable': of('`ssh-key` is no private key, or needs another passphrase', 'error'),
  'ssh-login-failed': of('sshd ended the login for another reason', 'error'),
  'connection-lost': of('the connection ended while it was needed', 'error'),
  'forward-refused': of('sshd opened no connection to an address on the server', 'error'),
  'forwarding-prohibited': of(
    'sshd forbids forwarding, so the database cannot be reached',
    'error',
  ),
};
