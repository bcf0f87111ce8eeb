import ssh2 from 'ssh2';
import type { Secret } from '../../secret.ts';
import { fingerprint } from '../host-keys.ts';

/** A private key as the library wants it, or why it cannot be used. */
export interface ReadKey {
  readonly key: string | null;
  /** `SHA256:...` of its public half, for the message when the server does not know it. */
  readonly print: string | undefined;
  readonly fault: string | null;
}

/** Reads a private key; line ends of Windows and blanks around it are what secrets often gain when they are pasted. */
export function readKey(secret: Secret | null, passphrase: Secret | null): ReadKey {
  if (secret === null) return { key: null, print: undefined, fault: null };
  const key = `${secret.reveal().replace(/\r\n?/g, '\n').trim()}\n`;
  if (/^(ssh-|ecdsa-)/.test(key))
    return unusable('it is the public key; the private one begins with -----BEGIN.');
  if (!key.startsWith('-----BEGIN'))
    return unusable('it does not begin with -----BEGIN ... PRIVATE KEY-----.');
  if (/^-----BEGIN (ENCRYPTED )?PRIVATE KEY-----/.test(key)) {
    return unusable(
      'it is in the format PKCS #8; convert a copy of it first: ssh-keygen -p -f <file>',
    );
  }
  const parsed = ssh2.utils.parseKey(key, passphrase?.reveal());
  if (parsed instanceof Error) return unusable(explain(parsed.message, passphrase));
  return { key, print: fingerprint(parsed.getPublicSSH()), fault: null };
}

function unusable(fault: string): ReadKey {
  return { key: null, print: undefined, fault };
}

function explain(message: string, passphrase: Secret | null): string {
  if (/no passphrase given/i.test(message)) {
    return 'it is protected by a passphrase: set input ssh-key-passphrase.';
  }
  if (/integrity check|bad passphrase|decrypt/i.test(message) && passphrase !== null) {
    return 'the passphrase in ssh-key-passphrase does not open it.';
  }
  return `it is damaged or of an unknown kind (${message}).`;
}
