import ssh2, { type ParsedKey } from 'ssh2';
import { inInputs, onComputer, onGitHub, type Remedy } from '../../remedy.ts';
import type { Secret } from '../../secret.ts';
import { fingerprint } from '../host-keys.ts';
import { repaired } from './pasted.ts';

/** Why a key cannot be used: `problem` ends a sentence. */
export interface KeyFault {
  readonly problem: string;
  readonly remedy: Remedy;
}

/** A private key as the library wants it, or why it cannot be used. */
export interface ReadKey {
  readonly key: ParsedKey | null;
  /** `SHA256:...` of its public half, for the message when the server does not know it. */
  readonly print: string | undefined;
  /** Its public half as a line of authorized_keys. */
  readonly publicKey: string | undefined;
  readonly fault: KeyFault | null;
}

const wholeFile: Remedy = [
  onComputer('Print the private key', 'cat ~/.ssh/id_ed25519'),
  onGitHub('Put all of it into the secret, with its first and its last line.'),
];

/** Reads a private key, whatever it gained when it was pasted into a secret. */
export function readKey(secret: Secret | null, passphrase: Secret | null): ReadKey {
  if (secret === null) return { key: null, print: undefined, publicKey: undefined, fault: null };
  const key = repaired(secret.reveal());
  if (/^(ssh-|ecdsa-)/.test(key))
    return unusable('it is the public key; the private one begins with -----BEGIN.', wholeFile);
  if (key.startsWith('PuTTY-User-Key-File'))
    return unusable('it is a key of PuTTY (.ppk).', [
      onComputer(
        'Write it in the format of OpenSSH',
        'puttygen key.ppk -O private-openssh -o id_key',
      ),
      onGitHub('Put all of the file id_key into the secret.'),
    ]);
  if (!key.startsWith('-----BEGIN'))
    return unusable('it does not begin with -----BEGIN ... PRIVATE KEY-----.', wholeFile);
  if (/^-----BEGIN (ENCRYPTED )?PRIVATE KEY-----/.test(key)) {
    return unusable('it is in the format PKCS #8.', [
      onComputer(
        'Write the file of the key in the format of OpenSSH',
        'ssh-keygen -p -f ~/.ssh/id_rsa',
      ),
      onGitHub('Put all of it into the secret.'),
    ]);
  }
  const parsed = ssh2.utils.parseKey(key, passphrase?.reveal());
  if (parsed instanceof Error) return explained(parsed.message, passphrase);
  const blob = parsed.getPublicSSH();
  const publicKey = `${parsed.type} ${blob.toString('base64')} ci4-deploy`;
  return { key: withoutSha1(parsed), print: fingerprint(blob), publicKey, fault: null };
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

function unusable(problem: string, remedy: Remedy): ReadKey {
  return { key: null, print: undefined, publicKey: undefined, fault: { problem, remedy } };
}

function explained(message: string, passphrase: Secret | null): ReadKey {
  if (/no passphrase given/i.test(message)) {
    return unusable('it is protected by a passphrase, and ssh-key-passphrase is not set.', [
      onGitHub('Make a secret SSH_KEY_PASSPHRASE.'),
      inInputs('', 'ssh-key-passphrase: ${{ secrets.SSH_KEY_PASSPHRASE }}'),
    ]);
  }
  if (/integrity check|bad passphrase|decrypt/i.test(message) && passphrase !== null) {
    return unusable('the passphrase in ssh-key-passphrase does not open it.', [
      onGitHub('Correct the secret of ssh-key-passphrase.'),
    ]);
  }
  return unusable(`it is damaged or of an unknown kind (${message}).`, wholeFile);
}
