import type { Config } from 'node-ssh';
import type { AlgorithmKind, LoginFault } from '../failures.ts';

/** The signatures of RSA keys that are offered: none with SHA-1. */
export const rsaSignatures = ['rsa-sha2-512', 'rsa-sha2-256'] as const;

type HostKeyAlgorithm = Extract<
  NonNullable<NonNullable<Config['algorithms']>['serverHostKey']>,
  readonly string[]
>[number];

const hostKeyAlgorithms: readonly HostKeyAlgorithm[] = [
  ...(['ssh-ed25519', 'ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp384'] as const),
  ...(['ecdsa-sha2-nistp521', ...rsaSignatures] as const),
];

/**
 * What is offered to a server: nothing with SHA-1, MD5, CBC, 3DES or RC4. The library's own choice goes without most of
 * these; what is left of them is taken out here.
 * @param types those of the keys that are known for the host. They come first, so that the server shows one that can be
 * judged; the others last, for a clear refusal
 */
export function algorithms(types: readonly string[]): NonNullable<Config['algorithms']> {
  const known = hostKeyAlgorithms.filter((one) =>
    types.includes(one.startsWith('rsa-') ? 'ssh-rsa' : one),
  );
  return {
    serverHostKey: [...known, ...hostKeyAlgorithms.filter((one) => !known.includes(one))],
    hmac: { remove: ['hmac-sha1-etm@openssh.com', 'hmac-sha1'], append: [], prepend: [] },
  };
}

const kinds: Readonly<Record<string, AlgorithmKind>> = {
  'KEX method': 'KexAlgorithms',
  'Host key format': 'HostKeyAlgorithms',
  'C->S cipher': 'Ciphers',
  'S->C cipher': 'Ciphers',
  'C->S MAC': 'MACs',
  'S->C MAC': 'MACs',
};

// Extensions that travel in the list of key exchanges and are none (RFC 8308, 2.1; OpenSSH PROTOCOL, 1.10).
const noAlgorithm = /^(ext-info-|kex-strict-)/;

type NoCommon = Extract<LoginFault, { kind: 'no common algorithm' }>;

/** Hears what the library says of the negotiation. The last pair it compared is the one that did not fit. */
export class Negotiation {
  #what: AlgorithmKind = 'KexAlgorithms';
  #ours: readonly string[] = [];
  #theirs: readonly string[] = [];

  hear(text: string): void {
    const [, side, kind = '', list = ''] =
      /^Handshake: \((local|remote)\) ([^:]+): (.*)$/.exec(text) ?? [];
    const names = list.split(',').filter((name) => name !== '' && !noAlgorithm.test(name));
    if (side === 'remote') this.#theirs = names;
    if (side !== 'local') return;
    this.#what = kinds[kind] ?? this.#what;
    this.#ours = names;
  }

  get fault(): NoCommon {
    const [what, ours, theirs] = [this.#what, this.#ours, this.#theirs];
    return { kind: 'no common algorithm', what, ours, theirs };
  }
}
