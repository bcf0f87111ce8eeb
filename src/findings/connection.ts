import { of } from './entry.ts';

/** Logging in. */
export const connection = {
  input: of('an input is missing, unknown or mistyped; all of them are said at once', 'error'),
  'login-name-not-found': of('the host name is not known', 'error'),
  'login-port-closed': of('nothing listens at that port', 'error'),
  'login-no-way': of('the host in between gets no connection to the next one', 'error'),
  'login-no-answer': of('no answer within `connect-timeout`', 'error'),
  'login-host-key-refused': of(
    'the server shows another host key than the one you trust, or none is known for it',
    'error',
  ),
  'login-login-refused': of('the server does not accept the key or the password', 'error'),
  'login-key-not-readable': of('`ssh-key` is no private key, or needs another passphrase', 'error'),
  'login-other': of('sshd ended the login for another reason', 'error'),
  'connection-lost': of('the connection ended while it was needed', 'error'),
  'forward-refused': of('sshd opened no connection to an address on the server', 'error'),
  'forwarding-prohibited': of(
    'sshd forbids forwarding, so the database cannot be reached',
    'error',
  ),
};
