import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Secret } from '../../src/secret.ts';
import { LoginFailed, type LoginFault } from '../../src/server/failures.ts';
import { connect, type Login } from '../../src/server/ssh/connect.ts';
import { makeKey } from '../rig/key.ts';
import { loginTo, logInTo } from '../rig/login.ts';
import { boot, type Machine } from '../rig/machine.ts';
import { oddSshd } from '../rig/odd-sshd.ts';
import { withSshd } from '../rig/sshd.ts';

async function faultOf(login: Login): Promise<LoginFault> {
  try {
    (await connect(login, null, new AbortController().signal)).dispose();
    throw new Error('logged in');
  } catch (failure) {
    if (failure instanceof LoginFailed) return failure.fault;
    throw failure;
  }
}

describe('a server that asks', () => {
  const hidden = (prompt: string): { prompt: string; echo: boolean } => ({ prompt, echo: false });

  test.each(['Password: ', 'password:', "nicolas@www's password: ", '(nicolas@www) Password: '])(
    '%j is given the password',
    async (prompt) => {
      await using server = await oddSshd([[hidden(prompt)]]);
      expect(await faultOf(server.login)).toMatchObject({ unanswered: [] });
      expect(server.heard).toEqual(['s3same']);
    },
  );

  test.each([
    ['what would be shown', [{ prompt: 'Password: ', echo: true }]],
    ['something else', [hidden('Name of your first pet: ')]],
    ['a code', [hidden('Verification code: ')]],
    ['a password that is used once', [hidden('One-time password (OATH) for nicolas: ')]],
    ['a new password', [hidden('New password: ')]],
    ['two things at once', [hidden('Password: '), hidden('Code: ')]],
  ])('%s is not answered, and named', async (_, prompts) => {
    await using server = await oddSshd([prompts]);
    expect(await faultOf(server.login)).toMatchObject({
      kind: 'login refused',
      unanswered: prompts.map(({ prompt }) => prompt.trim()),
    });
    expect(server.heard).toEqual([]);
  });

  test('a second time it is not answered', async () => {
    await using server = await oddSshd([[hidden('Password: ')], [hidden('Password: ')]]);
    expect(await faultOf(server.login)).toMatchObject({ unanswered: ['Password:'] });
    expect(server.heard).toEqual(['s3same']);
  });
});

test('a server that hangs up is not called silent', async () => {
  await using server = await oddSshd('hangs up');
  const fault = await faultOf(server.login);
  expect(fault).toEqual({ kind: 'connection closed', early: false, said: '' });
});

test('a server that names no newer signature gets none over SHA-1 from an RSA key', async () => {
  await using server = await oddSshd([]);
  const key = new Secret((await makeKey('', 'rsa')).privateKey);
  expect(await faultOf({ ...server.login, key, password: null })).toEqual({
    kind: 'no common algorithm',
    what: 'PubkeyAcceptedAlgorithms',
    ours: ['rsa-sha2-512', 'rsa-sha2-256'],
    theirs: ['ssh-rsa'],
  });
  expect(server.heard).toEqual([]);
});

describe('a real server', () => {
  let machine: Machine;
  const password = new Secret('s3same');

  beforeAll(async () => {
    machine = await boot({ flavour: 'debian12' });
    await machine.exec(['chpasswd'], { stdin: `${machine.user}:${password.reveal()}\n` });
  }, 120_000);

  afterAll(async () => machine.stop());

  test('gets the password, and no new one when it has expired', async () => {
    const settings = 'KbdInteractiveAuthentication yes\nPasswordAuthentication no';
    const only = { key: null, password };
    await withSshd(machine, settings, async () => {
      await using server = await logInTo(machine, only);
      expect(server.roundTrips).toBe(1);
      await machine.exec(['chage', '-d', '0', machine.user]);
      const fault = await faultOf(loginTo(machine, only));
      expect(fault).toMatchObject({
        kind: 'login refused',
        unanswered: [expect.stringMatching(/(current|new) password/i)],
      });
    });
  }, 60_000);
});
