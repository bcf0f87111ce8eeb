import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from '../../src/config/config.ts';
import { login } from '../../src/login.ts';
import { finding } from '../../src/report/failure.ts';
import { Log } from '../../src/report/log.ts';
import { command } from '../../src/server/command.ts';
import { FakeWorkflow } from '../fakes/workflow.ts';
import { boot, type Machine } from '../rig/machine.ts';

const never = new AbortController().signal;
let machine: Machine;
let key: string;

// Three hosts to whoever looks: the same machine by its address, and from there by two names of its own.
const gate = '127.0.0.1:2222';
const inner = '127.0.0.2:22';

beforeAll(async () => {
  machine = await boot({ flavour: 'debian12' });
  await machine.writeFile('/etc/ssh/sshd_config.d/0-ports.conf', 'Port 22\nPort 2222\n');
  await machine.exec(['systemctl', 'restart', 'ssh']);
  key = machine.knownHostsLine.split(' ').slice(1).join(' ');
}, 120_000);

afterAll(async () => machine.stop());

/** Through two hosts; answers whose sentence it is when one of them does not let us through. */
async function through(changes: Readonly<Record<string, string>> = {}): Promise<string> {
  const user = `${machine.user}@`;
  const inputs = {
    host: `${user}${inner}`,
    jump: `${user}${machine.address},${user}${gate}`,
    'ssh-key': machine.privateKey,
    'known-hosts': `${machine.address},[127.0.0.1]:2222,127.0.0.2 ${key}`,
    commit: 'a'.repeat(40),
    branch: 'main',
    ...changes,
  };
  const config = parse(new Map(Object.entries(inputs)));
  try {
    await using server = await login(config, new Log(new FakeWorkflow(), () => 0), 'x', never);
    const [output] = await server.round([command('hostname', [])], 'every', never);
    return `in at ${output?.stdout.trim() ?? ''}`;
  } catch (failure) {
    const [found] = finding(failure);
    return `${found?.name ?? ''}: ${found?.message ?? String(failure)}`;
  }
}

describe('a chain of hosts in between', () => {
  test('is gone through', async () => {
    expect(await through()).toBe('in at kayart');
  });

  test.each([
    ['first', () => `[127.0.0.1]:2222,127.0.0.2`, () => `nicolas@${machine.address}:22`],
    ['second', () => `${machine.address},127.0.0.2`, () => `nicolas@${gate}`],
    ['third', () => `${machine.address},[127.0.0.1]:2222`, () => `nicolas@${inner}`],
  ])('the host key of the %s is not known', async (_, names, who) => {
    const said = await through({ 'known-hosts': `${names()} ${key}` });
    expect(said).toContain('login-host-key-refused');
    expect(said).toContain(`${who()} is not in known-hosts`);
  });

  test('the login at the second is refused', async () => {
    const said = await through({ jump: `nicolas@${machine.address},root@${gate}` });
    expect(said).toMatch(/^login-login-refused: root@127\.0\.0\.1:2222 does not accept our login/);
  });

  test.each([
    ['a port where nobody listens', 'nicolas@127.0.0.1:2', /refused/],
    ['a name nobody knows', 'nicolas@no-such-host.invalid:22', /./],
  ])(
    'the second is %s',
    async (_, second, words) => {
      const said = await through({ jump: `nicolas@${machine.address},${second}` });
      expect(said).toContain(
        `login-no-way: nicolas@${machine.address}:22 opened no connection to ${second}: `,
      );
      expect(said).toMatch(words);
      // A server without a name server takes ten seconds to know that it does not know.
    },
    60_000,
  );
});
