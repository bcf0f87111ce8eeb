import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { must } from './host.ts';

/** A new key pair, as ssh-keygen writes it. */
export async function makeKey(
  passphrase = '',
  type: 'ed25519' | 'rsa' = 'ed25519',
): Promise<{ readonly privateKey: string; readonly publicKey: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'ci4-deploy-key-'));
  try {
    const file = join(folder, 'key');
    await must(['ssh-keygen', '-q', '-t', type, '-N', passphrase, '-C', 'test', '-f', file]);
    const privateKey = await readFile(file, 'utf8');
    const publicKey = (await readFile(`${file}.pub`, 'utf8')).trim();
    return { privateKey, publicKey };
  } finally {
    await rm(folder, { recursive: true });
  }
}
