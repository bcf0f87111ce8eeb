import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from '../../src/config/config.ts';
import { login } from '../../src/login.ts';
import { finding } from '../../src/report/failure.ts';
import { WorkflowLog } from '../../src/report/log.ts';
import { command } from '../../src/server/command.ts';
import { FakeWorkflow } from '../fakes/workflow.ts';
import { boot, type Machine } from '../rig/machine.ts';
import { remedyText } from '../../src/remedy.ts';

const never = new AbortController().signal;
let machine: Machine;
let key: string;

// Three hosts to who looks: the same machine by its address, and from there by two names of its own.
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
    'proxy-jump': `${user}${machine.address},${user}${gate}`,
    'ssh-key': machine.privateKey,
    'known-hosts': `${machine.address},[127.0.0.1]:2222,127.0.0.2 ${key}`,
    commit: 'a'.repeat(40),
    branch: 'main',
    ...changes,
  };
  const config = parse(new Map(Object.entries(inputs)));
  try {
    await using server = await login(
      config,
      new WorkflowLog(new FakeWorkflow(), () => 0),
      'x',
      never,
    );
    const [output] = await server.round([command('hostname', [])], 'every', never);
    return `in at ${output?.stdout.trim() ?? ''}`;
  } catch (failure) {
    return finding(failure)
      .map(({ name, message, remedies: all = [] }) => `${name}: ${message}\n${remedyText(all)}`)
      .join('\n');
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
    expect(said).toContain('ssh-host-key-refused');
    expect(said).toContain(`${who()} is not in known-hosts`);
  });

  test('the login at the second is refused', async () => {
    const said = await through({ 'proxy-jump': `nicolas@${machine.address},root@${gate}` });
    expect(said).toMatch(/^ssh-auth-failed: root@127\.0\.0\.1:2222 does not accept our login/);
  });

  test.each([
    ['a port where nobody listens', 'nicolas@127.0.0.1:2', /refused/],
    ['a name nobody knows', 'nicolas@no-such-host.invalid:22', /./],
  ])(
    'the second is %s',
    async (_, second, words) => {
      const said = await through({ 'proxy-jump': `nicolas@${machine.address},${second}` });
      expect(said).toContain(
        `ssh-jump-failed: nicolas@${machine.address}:22 opened no connection to ${second}: `,
      );
      expect(said).toMatch(words);
      // A server without a name server takes ten seconds to know that it does not know.
    },
    60_000,
  );
});

describe('a fingerprint belongs to one host', () => {
  // A second sshd with a key of its own: the server behind the gate.
  const other = '127.0.0.1:2223';
  let print: string;

  beforeAll(async () => {
    const key = '/etc/ssh/other_host_key';
    await machine.exec(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', key]);
    const { stdout } = await machine.exec(['ssh-keygen', '-lf', key]);
    print = stdout.split(' ')[1] ?? '';
    await machine.exec(['/usr/sbin/sshd', '-h', key, '-p', '2223', '-o', 'PidFile=none']);
  });

  const prints = (lines: string, host = other): Record<string, string> => ({
    host: `nicolas@${host}`,
    'proxy-jump': `nicolas@${machine.address}`,
    'known-hosts': '',
    'host-fingerprint': lines,
  });
  const ofTheGate = (): string => `${machine.address}=${machine.hostFingerprint}`;

  test('each host with its own is gone through', async () => {
    expect(await through(prints(`${print}\n${ofTheGate()}`))).toBe('in at kayart');
    expect(await through(prints(`127.0.0.1:2223=${print}, ${ofTheGate()}`))).toBe('in at kayart');
  });

  test('the gate cannot pass for the server', async () => {
    // At port 2222 the gate answers with its own key, where the server was meant.
    const said = await through(prints(`${print}\n${ofTheGate()}`, gate));
    expect(said).toMatch(/^ssh-host-key-refused: nicolas@127\.0\.0\.1:2222 shows another host key/);
  });

  test('without a host it is not the gate, and the line to add lets us through', async () => {
    const said = await through(prints(print));
    expect(said).toContain(`nicolas@${machine.address}:22 is not in host-fingerprint`);
    const line = said.split('host-fingerprint: ').at(-1) ?? '';
    expect(line).toBe(ofTheGate());
    expect(await through(prints(`${print}\n${line}`))).toBe('in at kayart');
  });
});

describe('a password belongs to one host', () => {
  const record = '/run/passwords';

  beforeAll(async () => {
    await machine.exec(['useradd', '-m', 'porter']);
    await machine.exec(['chpasswd'], { stdin: 'nicolas:of-the-server\nporter:of-the-gate\n' });
    // What sshd is given, as a gate that is an attacker's would see it.
    await machine.writeFile(
      '/usr/local/bin/record',
      `#!/bin/sh\nprintf '%s ' "$PAM_USER" >>${record}; tr -d '\\0' >>${record}; echo >>${record}\n`,
    );
    await machine.exec(['chmod', '755', '/usr/local/bin/record']);
    const pam = (await machine.exec(['cat', '/etc/pam.d/sshd'])).stdout;
    const line = 'auth optional pam_exec.so expose_authtok /usr/local/bin/record\n';
    await machine.writeFile('/etc/pam.d/sshd', line + pam);
  });

  test('the gate sees its own alone', async () => {
    const inputs = {
      'proxy-jump': `porter@${machine.address}`,
      'ssh-key': '',
      password: 'of-the-server',
      'proxy-jump-password': 'of-the-gate',
    };
    expect(await through(inputs)).toBe('in at kayart');
    const wrong = { ...inputs, 'proxy-jump-password': 'wrong' };
    expect(await through(wrong)).toMatch(/^ssh-auth-failed: porter@[\s\S]*proxy-jump-password/);
    const { stdout } = await machine.exec(['cat', record]);
    const seen = new Set(stdout.trim().split('\n'));
    expect(seen).toEqual(new Set(['porter of-the-gate', 'nicolas of-the-server', 'porter wrong']));
  });
});
