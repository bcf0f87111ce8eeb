import ssh2, { type ParsedKey } from 'ssh2';
import type { Secret } from '../../secret.ts';
import { fingerprint } from '../host-keys.ts';

/** A private key as the library wants it, or why it cannot be used. */
export interface ReadKey {
  readonly key: ParsedKey | null;
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
  return { key: withoutSha1(parsed), print: fingerprint(parsed.getPublicSSH()), fault: null };
}

/** A server would take the RSA key with a signature over SHA-1 alone. */
export class Sha1Wanted extends Error {
  override readonly name = 'Sha1Wanted';
}

/** The library falls back to SHA-1 where the server names nothing newer; this key then does not sign. */
function withoutSha1(key: ParsedKey): ParsedKey {
  const sign = key.sign.bind(key);
  key.sign = (data, hash) =>
    // The library takes an error as the answer, whatever its types say.
    hash === 'sha1' ? (new Sha1Wanted('no SHA-1') as never) : sign(data, hash);
  return key;
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
