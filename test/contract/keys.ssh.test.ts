import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Secret } from '../../src/secret.ts';
import { LoginFailed } from '../../src/server/failures.ts';
import { must } from '../rig/host.ts';
import { logInTo } from '../rig/login.ts';
import { boot, type Machine } from '../rig/machine.ts';

const kinds = [
  { kind: 'ed25519', made: ['-t', 'ed25519'] },
  { kind: 'ecdsa 256', made: ['-t', 'ecdsa', '-b', '256'] },
  { kind: 'ecdsa 384', made: ['-t', 'ecdsa', '-b', '384'] },
  { kind: 'ecdsa 521', made: ['-t', 'ecdsa', '-b', '521'] },
  { kind: 'rsa', made: ['-t', 'rsa', '-b', '2048'] },
  { kind: 'ecdsa as PEM', made: ['-t', 'ecdsa', '-b', '256', '-m', 'PEM'] },
  { kind: 'rsa as PEM', made: ['-t', 'rsa', '-b', '2048', '-m', 'PEM'] },
] as const;

const passphrases = [
  { protection: 'without a passphrase', passphrase: '' },
  { protection: 'with a passphrase', passphrase: 'öffne dich!' },
] as const;

const pasted = [
  { way: 'as it is', paste: (text: string) => text },
  { way: 'with line ends of Windows', paste: (text: string) => text.replaceAll('\n', '\r\n') },
  { way: 'with blanks around it', paste: (text: string) => `\n  ${text.trimEnd()}  \n\n` },
] as const;

describe.each(kinds)('a key of the kind $kind', ({ made }) => {
  describe.each(passphrases)('$protection', ({ passphrase }) => {
    let machine: Machine;
    let key: string;

    beforeAll(async () => {
      machine = await shared();
      key = await accepted(machine, made, passphrase);
    }, 120_000);

    test.each(pasted)('logs in, pasted $way', async ({ paste }) => {
      await using server = await logInTo(machine, {
        key: new Secret(paste(key)),
        passphrase: passphrase === '' ? null : new Secret(passphrase),
      });
      expect(server.roundTrips).toBe(1);
    });

    if (passphrase === '') return;
    test.each([
      ['no passphrase', null, /protected by a passphrase, and ssh-key-passphrase is not set/],
      ['another passphrase', new Secret('wrong'), /does not open it/],
    ])('with %s it says what is wrong', async (_, given, words) => {
      const attempt = logInTo(machine, { key: new Secret(key), passphrase: given });
      const failure = await attempt.catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(LoginFailed);
      expect((failure as LoginFailed).fault).toMatchObject({
        kind: 'key not readable',
        problem: expect.stringMatching(words),
      });
    });
  });
});

test('a key in the format of PKCS #8 is reported with the command that converts it', async () => {
  const pem = '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA==\n-----END PRIVATE KEY-----\n';
  const failure = await logInTo(await shared(), { key: new Secret(pem) }).catch(
    (error: unknown) => error,
  );
  expect((failure as LoginFailed).fault).toMatchObject({
    problem: 'it is in the format PKCS #8.',
    remedy: [{ lines: [expect.stringContaining('ssh-keygen -p -f')] }, { where: 'github' }],
  });
});

let one: Promise<Machine> | undefined;

async function shared(): Promise<Machine> {
  one ??= boot({ flavour: 'debian13' });
  return one;
}

afterAll(async () => {
  await (await one)?.stop();
});

/** A new key that the server accepts beside the others. */
async function accepted(
  machine: Machine,
  made: readonly string[],
  passphrase: string,
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ci4-deploy-key-'));
  try {
    const file = join(folder, 'key');
    await must(['ssh-keygen', '-q', ...made, '-N', passphrase, '-f', file]);
    const stdin = await readFile(`${file}.pub`, 'utf8');
    const append = `cat >>/home/${machine.user}/.ssh/authorized_keys`;
    await machine.exec(['sh', '-c', append], { stdin });
    return await readFile(file, 'utf8');
  } finally {
    await rm(folder, { recursive: true });
  }
}
