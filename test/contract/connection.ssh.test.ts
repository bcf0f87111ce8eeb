import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Secret } from '../../src/secret.ts';
import { shell, type Output } from '../../src/server/command.ts';
import { ConnectionLost, LoginFailed } from '../../src/server/failures.ts';
import { hostKeys } from '../../src/server/host-keys.ts';
import type { Login } from '../../src/server/ssh/connect.ts';
import { logInTo } from '../rig/login.ts';
import { boot, type Machine } from '../rig/machine.ts';

const never = new AbortController().signal;
let machine: Machine;

beforeAll(async () => {
  machine = await boot({ flavour: 'debian12' });
}, 120_000);

afterAll(async () => machine.stop());

async function root(script: string, stdin?: string): Promise<string> {
  const { code, stdout, stderr } = await machine.exec(
    ['sh', '-e', '-c', script],
    stdin === undefined ? {} : { stdin },
  );
  if (code !== 0) throw new Error(`${script}: ${stderr}`);
  return stdout.trim();
}

/** Something that is tried with other settings of sshd. */
async function withSettings(lines: string, work: () => Promise<void>): Promise<void> {
  const file = '/etc/ssh/sshd_config.d/0-test.conf';
  await machine.writeFile(file, `${lines}\n`);
  try {
    await root(restart);
    await work();
  } finally {
    await root(`rm ${file}; ${restart}`);
  }
}

// systemd calls it a failure when a service is started too often in ten seconds.
const restart = 'systemctl reset-failed ssh; systemctl restart ssh';

async function gets(changes: Partial<Login> = {}): Promise<'in' | LoginFailed> {
  try {
    await using server = await logInTo(machine, changes);
    expect(server.roundTrips).toBe(1);
    return 'in';
  } catch (failure) {
    if (failure instanceof LoginFailed) return failure;
    throw failure;
  }
}

describe('lines of known_hosts', () => {
  let key: string;

  beforeAll(() => {
    key = machine.knownHostsLine.split(' ').slice(1).join(' ');
  });

  async function knows(lines: string): Promise<'in' | LoginFailed> {
    return gets({ hostKeys: hostKeys(lines) });
  }

  test('hashed by ssh-keygen -H', async () => {
    const hash = 'cat >/tmp/known; ssh-keygen -q -H -f /tmp/known >/dev/null 2>&1; cat /tmp/known';
    const hashed = await root(hash, `${machine.knownHostsLine}\n`);
    expect(hashed).toMatch(/^\|1\|/);
    expect(await knows(hashed)).toBe('in');
  });

  test.each([
    [
      'with a wildcard',
      (line: string, rest: string) => `*.example.org,${line.slice(0, 4)}* ${rest}`,
    ],
    [
      'with a comment and a carriage return',
      (line: string) => `# ours\r\n${line} root@www # old\r\n`,
    ],
    ['among others', (line: string, rest: string) => `elsewhere.example ${rest}\n\n${line}`],
  ])('a line of known_hosts written %s is understood', async (_, write) => {
    expect(await knows(write(machine.knownHostsLine, key))).toBe('in');
  });

  test('for another port', async () => {
    await withSettings('Port 22\nPort 2222', async () => {
      const there = { port: 2222, hostKeys: hostKeys(`[${machine.address}]:2222 ${key}`) };
      expect(await gets(there)).toBe('in');
      expect(await gets({ port: 2222 })).toMatchObject({ fault: { known: 'unknown host' } });
    });
  });

  test('revoked wins over everything', async () => {
    const lines = `${machine.knownHostsLine}\n@revoked * ${key}`;
    expect(await knows(lines)).toMatchObject({ fault: { known: 'revoked' } });
  });

  test('a negated name is not this host', async () => {
    expect(await knows(`*,!${machine.address} ${key}`)).toMatchObject({
      fault: { known: 'unknown host' },
    });
  });

  test('a certificate authority is refused by name', async () => {
    expect(await knows(`@cert-authority * ${key}`)).toMatchObject({
      fault: {
        known: 'unknown host',
        unusable: ['Line 1 of known-hosts is a certificate authority, which is not supported.'],
      },
    });
  });

  test('a server that prefers another kind of key is asked for the one we know', async () => {
    await withSettings(
      'HostKeyAlgorithms rsa-sha2-512,ecdsa-sha2-nistp256,ssh-ed25519',
      async () => {
        expect(await gets()).toBe('in');
      },
    );
  });
});

describe('passwords', () => {
  const password = new Secret('s3same ö"\'\\');

  beforeAll(async () => {
    await root('chpasswd', `${machine.user}:${password.reveal()}\n`);
  });

  test.each([
    ['password alone', 'KbdInteractiveAuthentication no\nPasswordAuthentication yes', false],
    ['keyboard-interactive', 'KbdInteractiveAuthentication yes\nPasswordAuthentication no', false],
    ['a key and then a password', 'AuthenticationMethods publickey,password', true],
  ])('a server that wants %s lets us in', async (_, settings, withKey) => {
    await withSettings(settings, async () => {
      expect(await gets({ password, ...(withKey ? {} : { key: null }) })).toBe('in');
      const wrong = await gets({ password: new Secret('x'), ...(withKey ? {} : { key: null }) });
      expect(wrong).toMatchObject({ fault: { kind: 'login refused' } });
    });
  });
});

describe('a server that is slow to be there', () => {
  test('is tried again', async () => {
    await root('systemctl stop ssh');
    const late = pause(1500).then(async () =>
      root('systemctl reset-failed ssh; systemctl start ssh'),
    );
    expect(await gets()).toBe('in');
    await late;
  }, 30_000);

  test('a refusal is not tried again', async () => {
    await root('journalctl --rotate >/dev/null; journalctl --vacuum-time=1s >/dev/null');
    const other = machine.privateKey;
    expect(await gets({ user: 'nobody', key: new Secret(other) })).toMatchObject({
      fault: { kind: 'login refused' },
    });
    const seen = await root('journalctl -u ssh -o cat --no-pager | grep -c "user nobody" || true');
    expect(Number(seen)).toBeLessThanOrEqual(2);
  });

  test('one that is lost takes those with it that go through it, and nobody waits for them', async () => {
    const server = await logInTo(machine);
    const idle = await server.open({ host: '127.0.0.1', port: 22 }, never);
    const closed = once(idle, 'close');
    await machine.exec(['pkill', '-KILL', '-f', `sshd: ${machine.user}`]);
    await closed;
    expect(idle.writable).toBe(false);
    await server[Symbol.asyncDispose]();
  }, 30_000);

  test('after it was lost, all who ask at once share one login', async () => {
    const server = await logInTo(machine);
    await server.round([shell('true')], 'every', never);
    await machine.exec(['pkill', '-KILL', '-f', `sshd: ${machine.user}`]);
    await pause(200);
    const to = { host: '127.0.0.1', port: 22 };
    const opened = await Promise.all([server.open(to, never), server.open(to, never)]);
    const { stdout } = await machine.exec(['pgrep', '-fc', `sshd: ${machine.user} .priv.`]);
    expect(stdout.trim()).toBe('1');
    for (const channel of opened) channel.destroy();
    await server[Symbol.asyncDispose]();
  }, 30_000);

  test('one that vanishes without a word is lost, not waited for', async () => {
    const server = await logInTo(machine);
    const asked = server.round([shell('sleep 300')], 'every', never);
    const lost = expect(asked).rejects.toBeInstanceOf(ConnectionLost);
    await pause(500);
    await root(
      'ip link set "$(ip -o -4 route show | sed -n \'s/.* dev \\([^ ]*\\).*/\\1/p\' | head -n 1)" down',
    );
    await lost;
    await server[Symbol.asyncDispose]();
    await machine.stop();
    machine = await boot({ flavour: 'debian12' });
  }, 120_000);
});

describe('what commands say', () => {
  async function said(script: string, limit = 20): Promise<Output> {
    await using server = await logInTo(machine);
    const [output] = await server.round([shell(script, [], { limit })], 'every', never);
    if (output === undefined) throw new Error('no answer');
    return output;
  }

  test('any byte, and the next command is still heard', async () => {
    const { stdout, exit } = await said(
      "awk 'BEGIN { for (i = 1; i < 256; i++) printf \"%c\", i }' | LC_ALL=C cat; printf 'end\\0end'",
    );
    expect(exit).toEqual({ code: 0 });
    expect(stdout).toMatch(/end\0end$/);
  });

  test('both streams at once, five megabytes each', async () => {
    const flood = 'yes out | head -c 5000000 & yes err | head -c 5000000 >&2; wait';
    const { stdout, stderr } = await said(flood);
    expect([stdout.length, stderr.length]).toEqual([5_000_000, 5_000_000]);
  }, 30_000);

  const flood = (stream: string): string => `yes "$0" | head -c 70000000 >&${stream}; exit 3`;

  test.each(['1', '2'])(
    'more than 64 MiB through stream %s are their own failure, and the connection goes on',
    async (stream) => {
      await using server = await logInTo(machine);
      const commands = [shell('echo one'), shell(flood(stream)), shell('echo three')];
      const answer = server.round(commands, 'every', never);
      await expect(answer).rejects.toMatchObject({
        name: 'OutputTooLarge',
        command: expect.stringMatching(/head -c/),
      });
      const [next] = await server.round([shell('echo next')], 'every', never);
      expect(next?.stdout).toBe('next\n');
    },
    60_000,
  );

  test('a change that prints more than 64 MiB ends as it ends, and the next command is heard', async () => {
    await using server = await logInTo(machine);
    const change = shell(flood('1'), [], { survives: true });
    const outputs = await server.round([change, shell('echo next')], 'every', never);
    expect(outputs.map(({ exit }) => exit)).toEqual([{ code: 3 }, { code: 0 }]);
    expect(outputs[0]?.stdout.length).toBeGreaterThan(64 * 1024 * 1024 - 100);
    expect(outputs[1]?.stdout).toBe('next\n');
  }, 60_000);

  test('one that closes its streams at once ends as it ends', async () => {
    expect((await said('exec >&- 2>&- <&-; exit 7')).exit).toEqual({ code: 7 });
  });

  test('at the limit its whole family is gone, deaf or not', async () => {
    const { exit } = await said("trap '' TERM; sh -c 'trap \"\" TERM; sleep 5678' & sleep 5678", 1);
    expect(exit).toBe('timed out');
    const { stdout } = await machine.exec(['pgrep', '-f', '^sleep 5678']);
    expect(stdout).toBe('');
  }, 30_000);
});
