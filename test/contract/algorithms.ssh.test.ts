import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Finding } from '../../src/finding.ts';
import { finding } from '../../src/report/failure.ts';
import { Secret } from '../../src/secret.ts';
import { hostKeys } from '../../src/server/host-keys.ts';
import type { Login } from '../../src/server/ssh/connect.ts';
import { makeKey } from '../rig/key.ts';
import { logInTo } from '../rig/login.ts';
import { boot, type Machine } from '../rig/machine.ts';
import { withSshd } from '../rig/sshd.ts';
import { pasted } from '../fakes/remedies.ts';

let machine: Machine;
let ed25519: string;
let rsa: string;

beforeAll(async () => {
  machine = await boot({ flavour: 'debian12' });
  ed25519 = machine.hostFingerprint;
  const { stdout } = await machine.exec(['ssh-keygen', '-lf', '/etc/ssh/ssh_host_rsa_key.pub']);
  rsa = stdout.split(' ')[1] ?? '';
}, 120_000);

afterAll(async () => machine.stop());

/** How a login ends: null when we are in. */
async function refusal(changes: Partial<Login> = {}): Promise<Finding | null> {
  try {
    await using server = await logInTo(machine, changes);
    expect(server.roundTrips).toBe(1);
    return null;
  } catch (failure) {
    return finding(failure)[0] ?? null;
  }
}

describe('a server that has only what is broken', () => {
  test.each([
    ['KexAlgorithms', 'diffie-hellman-group14-sha1,diffie-hellman-group-exchange-sha1'],
    ['HostKeyAlgorithms', 'ssh-rsa'],
    ['Ciphers', 'aes256-cbc,3des-cbc'],
    ['MACs', 'hmac-sha1,hmac-md5,hmac-sha1-etm@openssh.com'],
  ])(
    '%s: both lists are said, and the remedy, pasted, lets us in',
    async (what, weak) => {
      const prints = [ed25519, rsa].map((print) => ({ host: machine.address, port: 22, print }));
      const known = { hostKeys: hostKeys('', prints) };
      // Only these ciphers have need of a MAC.
      const others = what === 'MACs' ? 'Ciphers aes256-ctr' : '';
      let remedy = '';
      await withSshd(machine, `${what} ${weak}\n${others}`, async () => {
        const found = await refusal(known);
        expect(found?.name).toBe('ssh-no-common-algorithm');
        expect(found?.message).toContain(`The server offers: ${weak.replaceAll(',', ', ')}. ci4`);
        expect(found?.message).toMatch(/ci4-deploy offers: \S/);
        remedy = pasted(found ?? undefined);
      });
      expect(remedy.startsWith(`${what} +`)).toBe(true);
      await withSshd(machine, `${remedy}\n${others}`, async () => {
        expect(await refusal(known)).toBeNull();
      });
    },
    60_000,
  );

  test('an RSA key of ours signs nothing over SHA-1', async () => {
    const key = new Secret(await rsaKey());
    expect(await refusal({ key })).toBeNull();
    await withSshd(machine, 'PubkeyAcceptedAlgorithms ssh-rsa', async () => {
      expect((await refusal({ key }))?.name).toBe('ssh-auth-failed');
    });
  }, 60_000);
});

/** A new RSA key that the server accepts. */
async function rsaKey(): Promise<string> {
  const { privateKey, publicKey } = await makeKey('', 'rsa');
  const append = `cat >>/home/${machine.user}/.ssh/authorized_keys`;
  await machine.exec(['sh', '-c', append], { stdin: `${publicKey}\n` });
  return privateKey;
}
