import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createServer } from 'node:net';
import { Secret } from '../../src/secret.ts';
import { command, shell } from '../../src/server/command.ts';
import { ConnectionLost, LoginFailed, type LoginFault } from '../../src/server/failures.ts';
import { fingerprint, hostKeys } from '../../src/server/host-keys.ts';
import type { Login } from '../../src/server/ssh/connect.ts';
import { makeKey } from '../rig/key.ts';
import { logInTo } from '../rig/login.ts';
import { boot, type Machine } from '../rig/machine.ts';
import { serverContract } from './server.ts';

const never = new AbortController().signal;
const echo =
  'php -r \'$s = stream_socket_server("tcp://127.0.0.1:7777"); while ($c = stream_socket_accept($s, -1)) { while (($d = fread($c, 8192)) !== "" && $d !== false) fwrite($c, $d); }\'';

serverContract('a server over SSH', async () => {
  const machine = await boot({ flavour: 'debian12' });
  await machine.exec(['sh', '-c', `setsid ${echo} >/dev/null 2>&1 &`]);
  const server = await logInTo(machine);
  return {
    server,
    echo: { host: '127.0.0.1', port: 7777 },
    nobody: { host: '127.0.0.1', port: 7778 },
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await machine.stop();
    },
  };
});

describe('over SSH alone', () => {
  let machine: Machine;
  beforeAll(async () => {
    machine = await boot({ flavour: 'debian12' });
  }, 120_000);
  afterAll(async () => machine.stop());

  async function fault(changes: Partial<Login>): Promise<LoginFault> {
    try {
      await using server = await logInTo(machine, changes);
      throw new Error(`logged in to ${server.name}`);
    } catch (error) {
      if (error instanceof LoginFailed) return error.fault;
      throw error;
    }
  }

  test('a login shell that prints of its own accord changes no output', async () => {
    await machine.writeFile('/home/nicolas/.bashrc', 'echo noise; echo noise >&2\n', 'nicolas');
    await using server = await logInTo(machine);
    const [output] = await server.round([command('printf', ['%s', 'x'])], 'every', never);
    expect(output).toEqual({ exit: { code: 0 }, stdout: 'x', stderr: '' });
    await machine.exec(['rm', '/home/nicolas/.bashrc']);
  });

  test('30 MB of output arrive whole', async () => {
    await using server = await logInTo(machine);
    const [output] = await server.round(
      [shell('yes 0123456789abcde | head -c 30000000')],
      'every',
      never,
    );
    expect(output?.stdout.length).toBe(30_000_000);
  }, 60_000);

  test('no word of a round stands in the process list', async () => {
    await using server = await logInTo(machine);
    const hidden = command('cat', [], { stdin: 'hidden-in-stdin' });
    const [, list] = await server.round([hidden, command('ps', ['axww'])], 'every', never);
    expect(list?.stdout).not.toContain('hidden-in-stdin');
  });

  test('nothing of our environment reaches the server', async () => {
    process.env['LC_SECRET'] = 'ours';
    await using server = await logInTo(machine);
    const [output] = await server.round([command('env', [])], 'every', never);
    expect(output?.stdout).not.toContain('LC_SECRET');
    expect(output?.stdout).toContain('LC_ALL=C.UTF-8');
  });

  test('what an abort stops is really gone', async () => {
    await using server = await logInTo(machine);
    const stop = new AbortController();
    const sleeping = server.round([shell('sleep 4321 & wait')], 'every', stop.signal);
    setTimeout(() => {
      stop.abort(new Error('enough'));
    }, 500);
    await expect(sleeping).rejects.toThrow('enough');
    const [left] = await server.round([command('pgrep', ['-f', 'sleep 432[1]'])], 'every', never);
    expect(left?.stdout).toBe('');
  }, 20_000);

  test('a connection that breaks in the middle of a round is reported as that', async () => {
    const server = await logInTo(machine);
    const asked = server.round([command('sleep', ['30'])], 'every', never);
    const seen = expect(asked).rejects.toBeInstanceOf(ConnectionLost);
    await new Promise((resolve) => setTimeout(resolve, 500));
    await machine.exec(['pkill', '-9', '-u', 'nicolas', 'sshd']);
    await seen;
    await server[Symbol.asyncDispose]();
  }, 30_000);

  test('a shell that stands still is given up, and the next round has another one', async () => {
    await using server = await logInTo(machine);
    // Those above it only: another one may be ready for what comes next.
    const above =
      'p=$PPID; while [ "$p" -gt 1 ]; do case $(ps -o comm= -p $p) in sh) s="$s $p";; sshd) break;; esac; p=$(ps -o ppid= -p $p | tr -d " "); done; kill -STOP $s';
    const still = shell(above, [], { limit: 1 });
    await expect(server.round([still], 'every', never)).rejects.toBeInstanceOf(ConnectionLost);
    const [output] = await server.round([command('echo', ['on'])], 'every', never);
    expect(output?.stdout).toBe('on\n');
    await machine.exec(['pkill', '-9', '-u', 'nicolas', '-x', 'sh']);
  }, 30_000);

  test('a login whose shell runs something else says what it printed', async () => {
    await machine.writeFile('/home/nicolas/.bashrc', 'echo closed today; exit 7\n', 'nicolas');
    await using server = await logInTo(machine);
    await expect(server.round([command('id', [])], 'every', never)).rejects.toMatchObject({
      fault: { kind: 'ended', said: 'closed today', status: 7 },
    });
    await machine.exec(['rm', '/home/nicolas/.bashrc']);
  });

  test('rounds side by side have a shell each, and one after the other share one', async () => {
    await using server = await logInTo(machine);
    const pid = shell('echo $PPID; sleep 0.3');
    const parent = async (): Promise<string> =>
      (await server.round([pid], 'every', never))[0]?.stdout ?? '';
    const [one, other] = await Promise.all([parent(), parent()]);
    expect(one).not.toBe(other);
    const before = server.roundTrips;
    await parent();
    expect(server.roundTrips).toBe(before + 1);
  });

  test('a host key other than the known one: the offered key and the line to paste', async () => {
    const other = (await makeKey()).publicKey.split(' ').slice(0, 2).join(' ');
    const reported = await fault({ hostKeys: hostKeys(`${machine.address} ${other}`) });
    expect(reported).toEqual({
      kind: 'host key refused',
      known: 'other key',
      offered: machine.hostFingerprint,
      type: 'ed25519',
      source: 'known-hosts',
      line: machine.knownHostsLine,
      unusable: [],
    });
  });

  test('a host nobody knows', async () => {
    const reported = await fault({ hostKeys: hostKeys('elsewhere.example ssh-ed25519 AAAA') });
    expect(reported).toMatchObject({ kind: 'host key refused', known: 'unknown host' });
  });

  test('a fingerprint is enough', async () => {
    await using server = await logInTo(machine, {
      hostKeys: hostKeys('', [
        { host: machine.address, port: undefined, print: machine.hostFingerprint },
      ]),
    });
    expect(server.roundTrips).toBe(1);
  });

  test('known by its RSA key alone, the server is asked for that one', async () => {
    const { stdout } = await machine.exec(['cat', '/etc/ssh/ssh_host_rsa_key.pub']);
    const line = `${machine.address} ${stdout.split(' ').slice(0, 2).join(' ')}`;
    await using server = await logInTo(machine, { hostKeys: hostKeys(line) });
    expect(server.roundTrips).toBe(1);
  });

  test('a key the server does not accept: its fingerprint and what the server allows', async () => {
    const { privateKey, publicKey } = await makeKey();
    const reported = await fault({ key: new Secret(privateKey) });
    const blob = Buffer.from(publicKey.split(' ')[1] ?? '', 'base64');
    expect(reported).toEqual({
      kind: 'login refused',
      fingerprint: fingerprint(blob),
      publicKey: `ssh-ed25519 ${blob.toString('base64')} ci4-deploy`,
      methods: ['publickey', 'password'],
      partial: false,
      unanswered: [],
    });
  });

  test('a key that lost its line end and got Windows ones still works', async () => {
    const key = new Secret(machine.privateKey.trim().replaceAll('\n', '\r\n'));
    await using server = await logInTo(machine, { key });
    expect(server.roundTrips).toBe(1);
  });

  test.each([
    ['a public key', async () => (await makeKey()).publicKey, /public key/],
    [
      'a protected key without its passphrase',
      async () => (await makeKey('x1')).privateKey,
      /ssh-key-passphrase/,
    ],
    ['something else', async () => 'hello', /BEGIN/],
    ['half a key', async () => (await makeKey()).privateKey.slice(0, 150), /damaged/],
  ])('%s is reported as that', async (_, key, words) => {
    const reported = await fault({ key: new Secret(await key()) });
    expect(reported).toMatchObject({
      kind: 'key not readable',
      problem: expect.stringMatching(words),
    });
  });

  test('a password works where there is no key', async () => {
    await machine.exec(['chpasswd'], { stdin: 'nicolas:s3same open\n' });
    await using server = await logInTo(machine, { key: null, password: new Secret('s3same open') });
    expect(server.roundTrips).toBe(1);
  });

  test('a name that is not known', async () => {
    expect(await fault({ host: 'no-such-host.invalid' })).toEqual({ kind: 'name not found' });
  });

  test('a port where nobody listens', async () => {
    expect(await fault({ port: 2 })).toEqual({ kind: 'port closed' });
  }, 20_000);

  test('a port that never says a word', async () => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    await new Promise((resolve) => silent.once('listening', resolve));
    const { port } = silent.address() as { port: number };
    expect(await fault({ host: '127.0.0.1', port, connectTimeout: 1 })).toEqual({
      kind: 'no answer',
      seconds: 1,
    });
    silent.close();
  }, 20_000);

  test('forwarding that sshd forbids', async () => {
    await machine.writeFile('/etc/ssh/sshd_config.d/0.conf', 'AllowTcpForwarding no\n');
    await machine.exec(['systemctl', 'reload', 'ssh']);
    await using server = await logInTo(machine);
    const opened = server.open({ host: '127.0.0.1', port: 22 }, never);
    await expect(opened).rejects.toMatchObject({ name: 'ForwardRefused', reason: 'prohibited' });
  });
});
