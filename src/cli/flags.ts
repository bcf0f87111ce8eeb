import type { Finding } from '../finding.ts';
import { advice } from '../remedy.ts';

// An input that a workflow sets by itself comes from the folder here, and a secret from a file.
const toGive: Readonly<Record<string, string>> = {
  host: 'Give --host USER@HOST.',
  user: 'Give --host USER@HOST, or --user.',
  'ssh-key': 'Give --ssh-key-file FILE with your private key, or --password-file FILE.',
  'ssh-key-passphrase': 'Give --ssh-key-passphrase-file FILE.',
  commit: 'Stand in a clone of the repository, or give --commit.',
  branch: 'Stand in a clone with that branch checked out, or give --branch.',
};

/** A finding about an input that is missing, with what a person types to give it. */
export function inFlags(finding: Finding): Finding {
  if (finding.name !== 'input') return finding;
  const [, name = ''] = /^Input (\S+) is missing: /.exec(finding.message) ?? [];
  const give = toGive[name];
  return give === undefined ? finding : { ...finding, remedies: [[advice(give)]] };
}
